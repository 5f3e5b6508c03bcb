package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a virtual MAC address does to its host, and what is left of it afterwards: nothing. */
@RootTest
class VirtualMacHostIT {
    private static final String VIP = "10.9.0.100";
    private static final String SECOND_VIP = "10.9.0.101";

    private VirtualMacLan net;

    @BeforeEach
    void open() throws Exception {
        net = new VirtualMacLan();
    }

    @AfterEach
    void close() throws Exception {
        net.close();
    }

    @ParameterizedTest(name = "arp_ignore {0}, arp_announce {1}")
    @CsvSource({"0, 0, 1", "0, 1, 1", "1, 2, 1", "2, 0, 2", "8, 0, 8"})
    void theSettingsOfTheHostAreAfterTheCloseWhatTheyWereBefore(
            int arpIgnore, int arpAnnounce, int arpIgnoreMeanwhile) throws Exception {
        sysctl("eth0.arp_ignore=" + arpIgnore);
        sysctl("eth0.arp_announce=" + arpAnnounce);
        String before = settings();
        VrrpService service = net.start(1, VirtualMacLan.router(100, VIP).build());
        net.awaitOwner(1, VIP, "vrrp.51");
        assertEquals(arpIgnoreMeanwhile, value("ipv4", "eth0/arp_ignore"));
        assertEquals(2, value("ipv4", "eth0/arp_announce"));
        assertEquals(1, value("ipv4", "vrrp.51/arp_ignore"));
        assertEquals(2, value("ipv4", "vrrp.51/rp_filter"));
        assertEquals(0, value("ipv6", "vrrp.51/accept_ra"));
        assertEquals(1, value("ipv6", "vrrp.51/addr_gen_mode"));
        service.close();
        assertEquals(before, settings());
    }

    @Test
    void whatAnAdministratorChangesMeanwhileStays() throws Exception {
        VrrpService service = net.start(1, VirtualMacLan.router(100, VIP).build());
        net.awaitOwner(1, VIP, "vrrp.51");
        sysctl("eth0.arp_ignore=2");
        service.close();
        assertEquals(2, value("ipv4", "eth0/arp_ignore"));
        assertEquals(0, value("ipv4", "eth0/arp_announce"));
    }

    @Test
    void whatAKilledProcessLeftBehindIsSweptAndItsHostPutRightInTheEnd() throws Exception {
        String before = settings();
        VirtualRouterConfig router = VirtualMacLan.router(100, VIP).build();
        net.lan.host(1).call(() -> leaveBehind(router));
        assertEquals(1, value("ipv4", "eth0/arp_ignore"));
        assertTrue(net.isSwitchedOn(1, "vrrp.51"));
        int old = index("vrrp.51");
        VrrpService service = net.start(1, router);
        net.awaitOwner(1, VIP, "vrrp.51");
        assertTrue(index("vrrp.51") != old);
        service.close();
        assertEquals(before, settings());
    }

    @Test
    void anInterfaceThatWasNotMarkedYetIsSweptToo() throws Exception {
        String before = settings();
        net.lan
                .host(1)
                .ip(
                        "link add vrrp.51 link eth0 address 00:00:5e:00:01:33 type macvlan mode bridge");
        VrrpService service = net.start(1, VirtualMacLan.router(100, VIP).build());
        net.awaitOwner(1, VIP, "vrrp.51");
        service.close();
        assertEquals(before, settings());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "link add vrrp.51 type bridge, the interface vrrp.51 exists already and is not Evenkeel's",
        "link add vrrp.51 link eth0 address 00:00:5e:00:01:33 up type macvlan, the interface vrrp.51 exists already",
        "link add vrrp.51 link eth0 type macvlan, the interface vrrp.51 exists already",
        "link add other link eth0 address 00:00:5e:00:01:33 type macvlan, other on eth0 has the virtual MAC address of VRID 51 already",
        "addr add 10.9.0.100/24 dev eth0, 10.9.0.100 is an address of this host already",
    })
    void whatIsSomebodyElsesIsRefusedAndLeftAlone(String command, String reason) throws Exception {
        net.lan.host(1).ip(command);
        String before = settings();
        VrrpStartException refused =
                assertThrows(
                        VrrpStartException.class,
                        () -> net.start(1, VirtualMacLan.router(100, VIP).build()));
        assertEquals("VI_1", refused.router());
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains(reason), message);
        assertEquals(before, settings());
    }

    @Test
    void anOwnersAddressHasToBeTakenOffItsInterface() throws Exception {
        net.lan.host(1).ip("addr add 10.9.0.100/24 dev eth0");
        VrrpStartException refused =
                assertThrows(
                        VrrpStartException.class,
                        () -> net.start(1, VirtualMacLan.router(255, VIP).build()));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("10.9.0.100 is on eth0, which has a MAC address"), message);
    }

    @Test
    void aParentThatCannotCarryAMacvlanIsRefused() throws Exception {
        net.lan.host(1).ip("link add br9 type bridge");
        net.lan.host(1).ip("link set eth0 master br9");
        String before = settings();
        VrrpStartException refused =
                assertThrows(
                        VrrpStartException.class,
                        () -> net.start(1, VirtualMacLan.router(100, VIP).build()));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("RTM_NEWLINK of the macvlan vrrp.51 on eth0"), message);
        assertEquals(before, settings());
    }

    @Test
    void anInterfaceThatIsDeletedAndMadeAnewGetsItsMacAgain() throws Exception {
        VrrpService high = net.start(1, VirtualMacLan.router(100, VIP).build());
        VrrpService low = net.start(2, VirtualMacLan.router(90, VIP).build());
        net.awaitOwner(1, VIP, "vrrp.51");
        VirtualMacLan.awaitState(low, VrrpState.BACKUP);
        net.lan.host(1).ip("link del eth0");
        VirtualMacLan.awaitState(high, VrrpState.FAULT);
        net.awaitOwner(2, VIP, "vrrp.51");
        net.lan.plugIn(1);
        net.awaitOwner(1, VIP, "vrrp.51");
        net.awaitReachable(VIP);
        assertEquals(VirtualMacLan.MAC, net.knownMac(VIP));
    }

    @ParameterizedTest(name = "ip link {0}")
    @CsvSource({"del vrrp.51", "set vrrp.51 down"})
    void anInterfaceThatSomebodyTakesAwayIsPutBack(String command) throws Exception {
        String before = settings();
        VrrpService service = net.start(1, VirtualMacLan.router(100, VIP).build());
        net.awaitOwner(1, VIP, "vrrp.51");
        net.lan.host(1).ip("link " + command);
        Conditions.await(
                "vrrp.51 with its address",
                () ->
                        net.lan.host(1).ip("-o link show").contains("vrrp.51@")
                                && net.isSwitchedOn(1, "vrrp.51"));
        net.awaitOwner(1, VIP, "vrrp.51");
        net.awaitReachable(VIP);
        service.close();
        assertEquals(before, settings());
    }

    @Test
    void aBackupsInterfaceThatSomebodySwitchesOnIsSwitchedOff() throws Exception {
        net.start(1, VirtualMacLan.router(100, VIP).build());
        VrrpService low = net.start(2, VirtualMacLan.router(90, VIP).build());
        net.awaitOwner(1, VIP, "vrrp.51");
        VirtualMacLan.awaitState(low, VrrpState.BACKUP);
        net.lan.host(2).ip("link set vrrp.51 up");
        Conditions.await("vrrp.51 to be off", () -> !net.isSwitchedOn(2, "vrrp.51"));
    }

    @Test
    void theParentIsPutRightWhenTheLastOfItsMacsGoes() throws Exception {
        String before = settings();
        VirtualRouterConfig first = VirtualMacLan.router(100, VIP).build();
        VirtualRouterConfig second = second(VirtualMac.on("vrrp.52"));
        VrrpService service = net.start(1, first, second);
        net.awaitOwner(1, VIP, "vrrp.51");
        net.awaitOwner(1, SECOND_VIP, "vrrp.52");
        service.reconfigure(List.of(second));
        // Removed apart from the VRRP thread.
        Conditions.await(
                "vrrp.51 to be gone",
                () -> !net.lan.host(1).ip("-o link show").contains("vrrp.51"));
        assertEquals(1, value("ipv4", "eth0/arp_ignore"));
        net.awaitOwner(1, SECOND_VIP, "vrrp.52");
        service.close();
        assertEquals(before, settings());
    }

    @Test
    void aRunningRouterGetsAVirtualMacAndLosesIt() throws Exception {
        String before = settings();
        VirtualRouterConfig with = VirtualMacLan.router(100, VIP).build();
        VirtualRouterConfig without = with.toBuilder().host(HostSettings.NONE).build();
        VrrpService service = net.start(1, without);
        net.awaitOwner(1, VIP, "eth0");
        service.reconfigure(List.of(with));
        net.awaitOwner(1, VIP, "vrrp.51");
        VirtualMac fromParent = VirtualMac.on("vrrp.51").sendingFromParent();
        service.reconfigure(
                List.of(
                        with.toBuilder()
                                .host(HostSettings.NONE.withVirtualMac(fromParent))
                                .build()));
        net.awaitOwner(1, VIP, "vrrp.51");
        service.reconfigure(List.of(without));
        net.awaitOwner(1, VIP, "eth0");
        Conditions.await("no macvlan", () -> macvlans().isEmpty());
        service.close();
        assertEquals(before, settings());
    }

    @Test
    void aNameThatIsStillAnotherRoutersIsRefusedAndNothingChanges() throws Exception {
        VrrpService service = net.start(1, VirtualMacLan.router(100, VIP).build());
        net.awaitOwner(1, VIP, "vrrp.51");
        String before = settings();
        VirtualRouterConfig other = VirtualMacLan.router(100, VIP).virtualRouterId(77).build();
        VrrpStartException refused =
                assertThrows(VrrpStartException.class, () -> service.reconfigure(List.of(other)));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("The interface vrrp.51 cannot be that of VI_1"), message);
        assertEquals(before, settings());
        VirtualMacLan.awaitState(service, VrrpState.ACTIVE);
    }

    @Test
    void anAddressWithTheParentsPrefixLeavesTheParentsRouteTheFirst() throws Exception {
        net.start(
                1,
                VirtualMacLan.router(100, VIP)
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse(VIP), 24)))
                        .build());
        net.awaitOwner(1, VIP, "vrrp.51");
        String route = net.lan.host(1).ip("route get 10.9.0.3");
        assertTrue(route.contains("dev eth0 src 10.9.0.1"), route);
        net.awaitReachable(VIP);
        assertEquals(VirtualMacLan.MAC, net.knownMac(VIP));
    }

    private static VirtualRouterConfig second(VirtualMac mac) {
        return VirtualRouterConfig.builder("VI_2")
                .virtualRouterId(52)
                .interfaceName("eth0")
                .addresses(List.of(FakeKernel.virtual(SECOND_VIP)))
                .host(HostSettings.NONE.withVirtualMac(mac))
                .build();
    }

    /** Does what a process has done that is killed while it is Active. */
    private static boolean leaveBehind(VirtualRouterConfig router) {
        try (NetlinkConnection netlink = new NetlinkConnection(new LibcNetlink(new JnaLibc()))) {
            Macvlans macvlans =
                    new Macvlans(netlink, Sysctls.ofKernel(), Runnable::run, Runnable::run);
            macvlans.open(List.of(router));
            Macvlan macvlan = macvlans.of("vrrp.51");
            macvlan.raise();
            return netlink.addAddress(
                            macvlan.index(), FakeKernel.virtual(VIP), 600, Netlink.NLM_F_EXCL)
                    == 0;
        }
    }

    /** Everything of host 1 that a router may change: interfaces, addresses, settings. */
    private String settings() throws Exception {
        Namespace host = net.lan.host(1);
        String links =
                host.ip("-o link show")
                        .lines()
                        .map(line -> line.split(": ")[1])
                        .collect(Collectors.joining(" "));
        return links + host.run("sysctl -a --pattern net\\.ipv[46]\\.conf\\.(all|default|eth0|lo)");
    }

    private List<String> macvlans() throws Exception {
        return net.lan.host(1).ip("-o -d link show type macvlan").lines().toList();
    }

    private int index(String name) throws Exception {
        return Integer.parseInt(net.lan.host(1).ip("-o link show " + name).split(":")[0]);
    }

    private void sysctl(String assignment) throws Exception {
        net.lan.host(1).run("sysctl -q -w net.ipv4.conf." + assignment);
    }

    private int value(String family, String setting) throws Exception {
        return Integer.parseInt(
                net.lan.host(1).run("cat /proc/sys/net/" + family + "/conf/" + setting).strip());
    }
}

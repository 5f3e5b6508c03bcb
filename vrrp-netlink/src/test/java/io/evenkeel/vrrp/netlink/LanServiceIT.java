package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.PeerSnapshot;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Services on a LAN of network namespaces: real sockets, real addresses, real ARP. */
@RootTest(programs = "/usr/bin/tcpdump")
class LanServiceIT extends LanFixture {
    private static final String VIP = "10.9.0.100";

    @Test
    void theHighestPriorityHasTheAddressAndCloseHandsItOver() throws Exception {
        VrrpService high = start(1, config(100).build());
        VrrpService low = start(2, config(90).build());
        lan.awaitAddress(1, VIP, true);
        awaitState(low, VrrpState.BACKUP);
        assertFalse(lan.hasAddress(2, VIP));
        high.close();
        assertFalse(lan.hasAddress(1, VIP));
        lan.awaitAddress(2, VIP, true);
        low.close();
        assertFalse(lan.hasAddress(2, VIP));
    }

    @Test
    void theAddressIsLeasedAndCarriesOurOrigin() throws Exception {
        start(1, config(100).build());
        lan.awaitAddress(1, VIP, true);
        InterfaceAddress address =
                netlink(1, netlink -> netlink.addresses()).stream()
                        .filter(a -> a.local().equals(IpAddress.parse(VIP)))
                        .findFirst()
                        .orElseThrow();
        assertEquals(Netlink.EVENKEEL_ORIGIN, address.origin());
        assertEquals(32, address.prefixLength());
        assertTrue(address.validSeconds() > 0 && address.validSeconds() <= 2);
    }

    @Test
    void aLeaseThatNobodyRenewsIsEndedByTheKernel() throws Exception {
        VirtualAddress vip = VirtualAddress.of(IpAddress.parse(VIP));
        int index = eth0(1).index();
        int added = netlink(1, n -> n.addAddress(index, vip, 6, Netlink.NLM_F_EXCL));
        assertEquals(0, added);
        assertTrue(lan.hasAddress(1, VIP));
        lan.awaitAddress(1, VIP, false);
    }

    @Test
    void anAddressThatACrashLeftBehindIsRemovedAtTheStart() throws Exception {
        VirtualAddress vip = VirtualAddress.of(IpAddress.parse(VIP), 24);
        int index = eth0(1).index();
        netlink(1, n -> n.addAddress(index, vip, 600, Netlink.NLM_F_EXCL));
        assertTrue(lan.hasAddress(1, VIP));
        start(1, config(100).advertisementInterval(Duration.ofSeconds(5)).build());
        assertFalse(lan.hasAddress(1, VIP));
    }

    @Test
    void anAddressOfTheHostIsRefusedAndLeftAlone() throws Exception {
        lan.host(1).ip("addr add 10.9.0.100/24 dev eth0");
        VrrpService service = service(config(100).build());
        VrrpStartException refused = refused(1, service);
        assertEquals("VI_1", refused.router());
        String message = String.valueOf(refused.getMessage());
        assertTrue(
                message.contains("10.9.0.100 is an address of this host already, on eth0"),
                message);
        service.close();
        assertTrue(lan.hasAddress(1, VIP));
    }

    @Test
    void theOwnersAddressStaysOnTheHost() throws Exception {
        lan.host(1).ip("addr add 10.9.0.100/24 dev eth0");
        VrrpService owner = start(1, config(255).build());
        VrrpService other = start(2, config(100).build());
        awaitState(owner, VrrpState.ACTIVE);
        awaitState(other, VrrpState.BACKUP);
        owner.close();
        assertTrue(lan.hasAddress(1, VIP));
    }

    @Test
    void anInterfaceThatDoesNotExistIsNamed() throws Exception {
        VrrpStartException refused =
                refused(1, service(config(100).interfaceName("bond7").build()));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("interface bond7 does not exist"), message);
        assertTrue(message.contains("lo, eth0"), message);
    }

    @Test
    void aPulledCableIsAFaultAndThePeerTakesOver() throws Exception {
        VrrpService high = start(1, config(100).build());
        VrrpService low = start(2, config(90).build());
        lan.awaitAddress(1, VIP, true);
        awaitState(low, VrrpState.BACKUP);
        lan.cut(1);
        awaitState(high, VrrpState.FAULT);
        lan.awaitAddress(1, VIP, false);
        lan.awaitAddress(2, VIP, true);
        lan.mend(1);
        awaitState(high, VrrpState.ACTIVE);
        lan.awaitAddress(1, VIP, true);
        lan.awaitAddress(2, VIP, false);
    }

    @Test
    void aConfiguredSourceAddressAndGroupAreUsed() throws Exception {
        Destinations group = Destinations.multicast(IpAddress.parse("224.0.0.99"));
        IpAddress source = IpAddress.parse("10.9.0.77");
        VirtualRouterConfig config = config(100).destinations(group).sourceAddress(source).build();
        VrrpStartException refused = refused(1, service(config));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .contains("its source address 10.9.0.77 is no address of this host"),
                refused.getMessage());
        lan.host(1).ip("addr add 10.9.0.77/24 dev eth0");
        start(1, config);
        VrrpService low = start(2, config(90).destinations(group).build());
        Conditions.await(
                "advertisements from the source address",
                () ->
                        router(low).peers().stream()
                                .map(PeerSnapshot::address)
                                .toList()
                                .equals(List.of(source)));
        lan.awaitOwner(1, VIP);
    }

    @Test
    void aServiceThatStartsWithoutCarrierWaitsForIt() throws Exception {
        lan.cut(1);
        Conditions.await("no carrier", () -> !eth0(1).isUp());
        VrrpService service = start(1, config(100).build());
        awaitState(service, VrrpState.FAULT);
        lan.mend(1);
        lan.awaitAddress(1, VIP, true);
    }

    @Test
    void theSteadyStateAllocatesNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        HostSettings host =
                HostSettings.NONE
                        .withRoutes(List.of(RouteKeeperTest.VIA_7))
                        .withRules(List.of(RouteKeeperTest.RULE));
        // Not faster, since on a busy machine each advertisement would be late, which is an event.
        start(1, config(100).host(host).build());
        lan.awaitAddress(1, VIP, true);
        Thread vrrp =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("evenkeel-vrrp"))
                        .findFirst()
                        .orElseThrow();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 10 && least > 0; attempt++) {
            long before = threads.getThreadAllocatedBytes(vrrp.getId());
            // Longer than it takes to renew the lease of 2 s.
            TimeUnit.MILLISECONDS.sleep(800);
            least = Math.min(least, threads.getThreadAllocatedBytes(vrrp.getId()) - before);
        }
        assertEquals(
                0,
                least,
                "bytes allocated while Active, a renewal of address, route and rule included");
    }

    @Test
    void anInterfaceThatIsDeletedAndMadeAnewIsTakenUpAgain() throws Exception {
        VrrpService high = start(1, config(100).build());
        VrrpService low = start(2, config(90).build());
        lan.awaitAddress(1, VIP, true);
        lan.host(1).ip("link del eth0");
        awaitState(high, VrrpState.FAULT);
        awaitState(low, VrrpState.ACTIVE);
        lan.plugIn(1);
        awaitState(high, VrrpState.ACTIVE);
        awaitState(low, VrrpState.BACKUP);
        lan.awaitAddress(1, VIP, true);
    }

    @Test
    void tcpdumpReadsTheAdvertisementsAndTheAnnouncements() throws Exception {
        Process tcpdump =
                lan.bridge()
                        .start(
                                List.of(
                                        "timeout",
                                        "20",
                                        "tcpdump",
                                        "-i",
                                        "br0",
                                        "-n",
                                        "-vv",
                                        "-l",
                                        "-c",
                                        "12",
                                        "proto 112 or arp"));
        // tcpdump says when it listens.
        var output = tcpdump.inputReader();
        Conditions.await(
                "tcpdump to listen",
                () -> String.valueOf(output.readLine()).contains("listening on"));
        start(1, config(100).build());
        String text = String.join("\n", output.lines().toList());
        assertTrue(text.contains("10.9.0.1 > 224.0.0.18"), text);
        assertTrue(text.contains("VRRPv3, Advertisement, vrid 51, prio 100"), text);
        assertTrue(text.contains("tos 0xc0, ttl 255"), text);
        assertFalse(text.contains("bad"), text);
        assertTrue(
                text.contains("Request who-has 10.9.0.100 (ff:ff:ff:ff:ff:ff) tell 10.9.0.100"),
                text);
        tcpdump.destroy();
    }

    private VrrpStartException refused(int host, VrrpService service) throws Exception {
        return assertThrows(VrrpStartException.class, () -> start(host, service));
    }

    private Link eth0(int host) throws Exception {
        return netlink(host, NetlinkConnection::links).stream()
                .filter(link -> link.name().equals("eth0"))
                .findFirst()
                .orElseThrow();
    }

    private <T> T netlink(int host, Function<NetlinkConnection, T> use) throws Exception {
        return lan.host(host)
                .call(
                        () -> {
                            try (NetlinkConnection netlink =
                                    new NetlinkConnection(new LibcNetlink(new JnaLibc()))) {
                                return use.apply(netlink);
                            }
                        });
    }

    private static VirtualRouterConfig.Builder config(int priority) {
        return router("VI_1", "eth0", 51, VIP).priority(priority);
    }
}

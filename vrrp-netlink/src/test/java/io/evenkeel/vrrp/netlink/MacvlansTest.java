package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Interfaces with virtual MAC addresses, on a kernel of messages. */
class MacvlansTest {
    private static final long MAC = 0x00005e000133L;

    @TempDir private Path proc;
    private final FakeLinks kernel = new FakeLinks();
    private final Queue<Runnable> later = new ArrayDeque<>();
    private final NetlinkConnection netlink = new NetlinkConnection(kernel);
    private Macvlans macvlans;

    @BeforeEach
    void open() {
        kernel.put("eth0", 0x02420a090001L);
        macvlans = newProcess();
    }

    @Test
    void anInterfaceIsMadeSwitchedOffAndMarkedAndItsParentKeepsStill() {
        assertTrue(macvlans.open(List.of(router(51, "vrrp.51"))));
        LinkSettings made = kernel.get("vrrp.51");
        assertEquals(MAC, made.mac());
        assertEquals(kernel.get("eth0").index(), made.parentIndex());
        assertEquals(Netlink.MACVLAN_MODE_BRIDGE, made.macvlanMode());
        assertEquals("Evenkeel VRID 51; eth0 had arp_ignore 0, arp_announce 0", made.alias());
        assertFalse(made.isSwitchedOn());
        assertEquals(1, made.ipv4(Ipv4Settings.ARP_IGNORE));
        assertEquals(2, made.ipv4(Ipv4Settings.RP_FILTER));
        assertEquals(1, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
        assertEquals(2, kernel.get("eth0").ipv4(Ipv4Settings.ARP_ANNOUNCE));
        assertFalse(macvlans.open(List.of(router(51, "vrrp.51"))), "it is there already");
    }

    @Test
    void aParentThatForwardsHasAMacvlanThatForwards() {
        kernel.setIpv4("eth0", Ipv4Settings.FORWARDING, 1);
        macvlans.open(List.of(router(51, "vrrp.51")));
        assertEquals(1, kernel.get("vrrp.51").ipv4(Ipv4Settings.FORWARDING));
    }

    @Test
    void theLastOneGivesTheParentItsSettingsBack() {
        kernel.setIpv4("eth0", Ipv4Settings.ARP_ANNOUNCE, 1);
        macvlans.open(List.of(router(51, "vrrp.51"), router(52, "vrrp.52")));
        macvlans.retain(Set.of("vrrp.52"));
        runLater();
        assertFalse(kernel.has("vrrp.51"));
        assertEquals(1, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
        macvlans.close();
        assertFalse(kernel.has("vrrp.52"));
        assertEquals(0, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
        assertEquals(1, kernel.get("eth0").ipv4(Ipv4Settings.ARP_ANNOUNCE));
    }

    @Test
    void anotherThreadThanTheCallerRemovesWhatIsNoLongerWanted() {
        macvlans.open(List.of(router(51, "vrrp.51"), router(52, "vrrp.52")));
        macvlans.retain(Set.of());
        assertTrue(kernel.has("vrrp.51"));
        assertEquals(Set.of(), macvlans.names());
        assertFalse(macvlans.follow(kernel.view()), "it is not made anew");
        runLater();
        assertFalse(kernel.has("vrrp.51"));
        assertFalse(kernel.has("vrrp.52"));
        assertEquals(0, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
    }

    @Test
    void whatIsWantedAgainBeforeItIsRemovedIsMadeAnewAndStays() {
        macvlans.open(List.of(router(51, "vrrp.51")));
        int before = kernel.get("vrrp.51").index();
        macvlans.retain(Set.of());
        assertTrue(macvlans.open(List.of(router(51, "vrrp.51"))));
        runLater();
        assertTrue(kernel.get("vrrp.51").index() != before);
        assertEquals(1, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
        macvlans.close();
        assertEquals(0, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
    }

    @Test
    void theCloseRemovesWhatIsNotRemovedYet() {
        macvlans.open(List.of(router(51, "vrrp.51")));
        macvlans.retain(Set.of());
        macvlans.close();
        assertFalse(kernel.has("vrrp.51"));
        assertEquals(0, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
    }

    @Test
    void theSettingsAreGivenBackByTheLastOfTwoProcesses() {
        Macvlans other = newProcess();
        macvlans.open(List.of(router(51, "vrrp.51")));
        other.open(List.of(router(52, "vrrp.52")));
        macvlans.close();
        assertEquals(1, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
        other.close();
        assertEquals(0, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
        assertEquals(0, kernel.get("eth0").ipv4(Ipv4Settings.ARP_ANNOUNCE));
    }

    @Test
    void theProcessAfterOneThatWasKilledKnowsHowTheParentWas() {
        newProcess().open(List.of(router(51, "vrrp.51")));
        int leftBehind = kernel.get("vrrp.51").index();
        macvlans.open(List.of(router(51, "vrrp.51")));
        assertTrue(kernel.get("vrrp.51").index() != leftBehind);
        macvlans.close();
        assertEquals(0, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
    }

    @Test
    void oneThatWasLeftBehindUnderAnotherNameIsSweptToo() {
        newProcess().open(List.of(router(51, "vmac0")));
        macvlans.open(List.of(router(51, "vrrp.51")));
        assertFalse(kernel.has("vmac0"));
        macvlans.close();
        assertEquals(0, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
    }

    @Test
    void ifOneCannotBeMadeNoneIsThere() {
        kernel.refuse("change vrrp.52", Errno.EPERM);
        NativeCallException failed =
                assertThrows(
                        NativeCallException.class,
                        () -> macvlans.open(List.of(router(51, "vrrp.51"), router(52, "vrrp.52"))));
        assertTrue(
                String.valueOf(failed.getMessage()).startsWith("RTM_SETLINK of vrrp.52 failed"),
                failed.getMessage());
        assertFalse(kernel.has("vrrp.51"));
        assertFalse(kernel.has("vrrp.52"));
        assertEquals(0, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
    }

    @Test
    void anActiveIsSwitchedOnAtOnceAndABackupSoonAfter() {
        Macvlan macvlan = made();
        assertEquals(0, macvlan.raise());
        assertEquals(List.of("on vrrp.51"), kernel.takeLog());
        assertEquals(0, macvlan.raise());
        assertEquals(List.of(), kernel.takeLog(), "nothing is asked in the steady state");
        macvlan.lower();
        assertTrue(kernel.get("vrrp.51").isSwitchedOn());
        runLater();
        assertFalse(kernel.get("vrrp.51").isSwitchedOn());
    }

    @Test
    void whoIsActiveAgainBeforeItIsSwitchedOffStaysOn() {
        Macvlan macvlan = made();
        macvlan.raise();
        macvlan.lower();
        macvlan.raise();
        runLater();
        assertTrue(kernel.get("vrrp.51").isSwitchedOn());
    }

    @Test
    void whatAnotherProgramSwitchesIsPutRightButNotForEver() {
        Macvlan macvlan = made();
        macvlan.raise();
        kernel.takeLog();
        assertFalse(macvlans.follow(kernel.view()));
        assertEquals(List.of(), kernel.takeLog(), "nothing is wrong");
        for (int i = 0; i < 5; i++) {
            netlink.switchLink(macvlan.index(), false);
            kernel.takeLog();
            macvlans.follow(kernel.view());
            assertEquals(List.of("on vrrp.51"), kernel.takeLog());
        }
        netlink.switchLink(macvlan.index(), false);
        kernel.takeLog();
        macvlans.follow(kernel.view());
        assertEquals(List.of(), kernel.takeLog());
    }

    @Test
    void whatIsSeenBeforeItIsSwitchedOffIsNotPutRight() {
        Macvlan macvlan = made();
        macvlan.raise();
        HostView before = kernel.view();
        macvlan.lower();
        macvlans.follow(before);
        runLater();
        kernel.takeLog();
        macvlans.follow(before);
        assertEquals(List.of(), kernel.takeLog());
    }

    @Test
    void oneThatIsGoneIsMadeAnewAndSwitchedAsItWas() {
        made().raise();
        kernel.take("vrrp.51");
        assertTrue(macvlans.follow(kernel.view()));
        assertTrue(kernel.get("vrrp.51").isSwitchedOn());
        macvlans.close();
        assertEquals(0, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE), "as before the first");
    }

    @Test
    void oneThatIsGoneAtTheEndLeavesItsParentAsItWas() {
        made();
        kernel.take("vrrp.51");
        macvlans.close();
        assertEquals(0, kernel.get("eth0").ipv4(Ipv4Settings.ARP_IGNORE));
    }

    @Test
    void withoutItsParentItIsNotThere() {
        Macvlan macvlan = made();
        kernel.take("vrrp.51");
        kernel.take("eth0");
        assertFalse(macvlans.follow(kernel.view()));
        assertFalse(macvlan.isThere());
        assertEquals(-Errno.ENODEV, macvlan.raise());
        kernel.put("eth0", 0x02420a090001L);
        assertTrue(macvlans.follow(kernel.view()));
        assertEquals(0, macvlan.raise());
    }

    @Test
    void routerAdvertisementsAreForTheParent() throws Exception {
        setting("ipv6/conf/vrrp.51/accept_ra", "1");
        setting("ipv6/conf/vrrp.51/forwarding", "0");
        setting("ipv6/conf/eth0/forwarding", "1");
        macvlans.open(List.of(router(51, "vrrp.51")));
        assertEquals("0", Files.readString(proc.resolve("ipv6/conf/vrrp.51/accept_ra")));
        assertEquals("1", Files.readString(proc.resolve("ipv6/conf/vrrp.51/forwarding")));
    }

    @Test
    void aSettingThatCannotBeSetIsASentence() throws Exception {
        Sysctls sysctls = new Sysctls(proc);
        assertNull(sysctls.set("ipv6", "vrrp.51", "accept_ra", 0), "there is no IPv6");
        setting("ipv6/conf/vrrp.51/accept_ra", "0\n");
        assertNull(sysctls.set("ipv6", "vrrp.51", "accept_ra", 0));
        assertEquals(0, sysctls.get("ipv6", "vrrp.51", "accept_ra"));
    }

    @Test
    void theCheckNamesWhatWouldNotWork() throws Exception {
        macvlans.open(List.of(router(51, "vrrp.51")));
        MacvlanIdentity identity = MacvlanIdentity.of(router(51, "vrrp.51"));
        assertEquals(List.of(), shortfalls(identity));
        kernel.setIpv4("eth0", Ipv4Settings.ARP_IGNORE, 0);
        kernel.setIpv4("eth0", Ipv4Settings.ARP_ANNOUNCE, 1);
        kernel.setIpv4("vrrp.51", Ipv4Settings.RP_FILTER, 1);
        kernel.setIpv4("vrrp.51", Ipv4Settings.ARP_IGNORE, 0);
        List<String> sentences = shortfalls(identity);
        assertEquals(4, sentences.size(), sentences::toString);
        sentences.forEach(s -> assertTrue(s.startsWith("The virtual MAC of VI_51: "), s));
        kernel.setIpv4("vrrp.51", Ipv4Settings.RP_FILTER, 2);
        setting("ipv4/conf/all/arp_ignore", "3");
        setting("ipv4/conf/all/arp_announce", "2");
        assertEquals(2, shortfalls(identity).size(), "the larger value counts");
        MacvlanIdentity other = new MacvlanIdentity("vrrp.51", "eth0", MAC + 1);
        assertTrue(
                shortfalls(other)
                        .get(0)
                        .contains("has the MAC address 00:00:5e:00:01:33 instead of"));
    }

    @Test
    void anotherProgramsInterfacesAreRefusedAndOursAreNot() throws Exception {
        List<VirtualRouterConfig> routers = List.of(router(51, "vrrp.51"));
        HostCheck.requireMacvlans(routers, netlink.linkSettings());
        newProcess().open(routers);
        HostCheck.requireMacvlans(routers, netlink.linkSettings());
        kernel.take("vrrp.51");
        kernel.putMacvlan("vrrp.51", "eth0", MAC, false, "");
        HostCheck.requireMacvlans(routers, netlink.linkSettings());
        kernel.take("vrrp.51");
        kernel.putMacvlan("vrrp.51", "eth0", MAC, true, "");
        refused(routers, "the interface vrrp.51 exists already and is not Evenkeel's");
        kernel.take("vrrp.51");
        kernel.putMacvlan("other", "eth0", MAC, true, "");
        refused(routers, "other on eth0 has the virtual MAC address of VRID 51 already");
        kernel.take("other");
        kernel.take("eth0");
        kernel.put("eth0", 0);
        refused(routers, "eth0 has no Ethernet address");
    }

    private void refused(List<VirtualRouterConfig> routers, String reason) {
        VrrpStartException refused =
                assertThrows(
                        VrrpStartException.class,
                        () -> HostCheck.requireMacvlans(routers, netlink.linkSettings()));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }

    private List<String> shortfalls(MacvlanIdentity identity) {
        return new MacvlanCheck(netlink.linkSettings(), new Sysctls(proc))
                .shortfalls(identity, "VI_51");
    }

    private Macvlan made() {
        macvlans.open(List.of(router(51, "vrrp.51")));
        kernel.takeLog();
        return macvlans.of("vrrp.51");
    }

    private Macvlans newProcess() {
        return new Macvlans(netlink, new Sysctls(proc), later::add, Runnable::run);
    }

    private void runLater() {
        while (!later.isEmpty()) {
            later.remove().run();
        }
    }

    private void setting(String path, String value) throws Exception {
        Path file = proc.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value);
    }

    private static VirtualRouterConfig router(int vrid, String name) {
        return VirtualRouterConfig.builder("VI_" + vrid)
                .virtualRouterId(vrid)
                .interfaceName("eth0")
                .addresses(List.of(FakeKernel.virtual("10.9.0." + vrid)))
                .host(HostSettings.NONE.withVirtualMac(VirtualMac.on(name)))
                .build();
    }
}

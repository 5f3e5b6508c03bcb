package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.UnicastPeer;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the interfaces and the settings of a host's network do to virtual routers. */
class HostSettingsCheckTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final String CONF = "/proc/sys/net/ipv4/conf/";

    private final FakeHost host = new FakeHost();
    private final Findings findings = new Findings();

    @Test
    void anOrdinaryHostIsRight() {
        host.link("eth0", true, "10.9.0.1/24").file("/proc/sys/net/ipv4/ip_nonlocal_bind", "1");
        look(FakeHost.router(SECOND, "10.9.0.100"));
        assertEquals(
                List.of("OK VI_1: eth0 is up and has 10.9.0.1 to send from."),
                FakeHost.lines(findings));
    }

    @Test
    void aHostThatTheServiceWouldRefuseIsAnErrorWithTheSameSentence() {
        host.link("eth0", true);
        look(FakeHost.router(SECOND, "10.9.0.100"));
        assertFinding(
                "ERROR VI_1: Virtual router VI_1 cannot start because the interface eth0 has no IPv4 address");
    }

    @Test
    void anInterfaceWithoutACarrierIsAWarning() {
        host.link("eth0", false, "10.9.0.1/24");
        look(FakeHost.router(SECOND, "10.9.0.100"));
        assertFinding("WARNING VI_1: The interface eth0 is down or has no carrier");
    }

    @Test
    void anAddressOutsideOfEveryNetworkOfTheInterfaceIsNoted() {
        host.link("eth0", true, "10.9.0.1/24");
        look(FakeHost.router(SECOND, "10.8.0.100"));
        assertFinding("NOTE VI_1: 10.8.0.100/32 is in no network of eth0");
    }

    @Test
    void twoInterfacesOnOneLanBothAnswerForTheAddress() {
        host.link("eth0", true, "10.9.0.1/24")
                .link("eth1", true, "10.9.0.7/24")
                .file(CONF + "all/arp_ignore", "0");
        look(FakeHost.router(SECOND, "10.9.0.100"));
        assertFinding(
                "WARNING arp_ignore on eth0: eth1 has an address of the same network as eth0, and arp_ignore is 0");
        findings().forEach(line -> assertTrue(!line.contains("rp_filter on"), line));
    }

    @Test
    void withArpIgnoreTheyDoNot() {
        host.link("eth0", true, "10.9.0.1/24")
                .link("eth1", true, "10.9.0.7/24")
                .file(CONF + "all/arp_ignore", "1");
        look(FakeHost.router(SECOND, "10.9.0.100"));
        assertTrue(findings().stream().noneMatch(line -> line.startsWith("WARNING")));
    }

    @Test
    void strictReversePathFilteringBitesAPeerBehindAnotherInterface() {
        host.link("eth0", true, "10.9.0.1/24").file(CONF + "eth0/rp_filter", "1");
        look(FakeHost.router(SECOND, "10.9.0.100"));
        assertTrue(findings().stream().noneMatch(line -> line.startsWith("WARNING")));
        look(
                FakeHost.builder(SECOND, "10.9.0.100")
                        .destinations(
                                Destinations.unicast(
                                        List.of(UnicastPeer.of(IpAddress.parse("10.7.0.2")))))
                        .build());
        assertFinding("WARNING rp_filter on eth0: rp_filter is 1 (strict) on eth0");
        assertTrue(findings().toString().contains("because of the peer 10.7.0.2."));
    }

    @Test
    void anAddressThatNobodyCanAskForIsAWarning() {
        host.link("eth0", true, "10.9.0.1/24").file(CONF + "eth0/arp_ignore", "8");
        look(FakeHost.router(SECOND, "10.9.0.100"));
        assertFinding("WARNING arp_ignore on eth0: arp_ignore is 8 on eth0");
        host.file(CONF + "eth0/arp_ignore", "2");
        look(FakeHost.router(SECOND, "10.8.0.100"));
        assertFinding(
                "WARNING arp_ignore on eth0: arp_ignore is 2 on eth0, and 10.8.0.100/32 is in no network of it");
    }

    @Test
    void aPrimaryVirtualAddressTakesTheOthersAlong() {
        host.link("eth0", true, "10.9.0.1/24").file(CONF + "eth0/promote_secondaries", "0");
        look(FakeHost.router(SECOND, "10.8.0.100/24", "10.8.0.101/24"));
        assertFinding(
                "WARNING promote_secondaries on eth0: 10.8.0.100/24 and 10.8.0.101/24 are of one network");
        Findings promoted = new Findings();
        host.file(CONF + "all/promote_secondaries", "1");
        new SysctlCheck(
                        host,
                        host.view(),
                        List.of(FakeHost.router(SECOND, "10.8.0.100/24", "10.8.0.101/24")))
                .look(promoted);
        assertTrue(FakeHost.lines(promoted).stream().noneMatch(l -> l.startsWith("WARNING")));
    }

    @Test
    void aBridgeThatSnoopsWithoutAQuerierBitesGroupsThatItDoesNotFlood() {
        host.file("/sys/class/net/eth0/brport/bridge", "../../../br0")
                .file("/sys/class/net/br0/bridge/multicast_snooping", "1")
                .file("/sys/class/net/br0/bridge/multicast_querier", "0");
        KernelCheck kernel = new KernelCheck(host);
        kernel.lookAtSnooping(List.of(FakeHost.router(SECOND, "10.9.0.100")), findings);
        assertEquals(List.of(), findings());
        kernel.lookAtSnooping(List.of(FakeHost.router(SECOND, "fe80::100")), findings);
        assertFinding("NOTE bridge br0: VI_1 speaks to ff02::12 through the bridge br0");
    }

    @Test
    void programsThatTakeAddressesAwayAreNamedForTheInterfacesThatTheyManage() {
        host.link("eth0", true, "10.9.0.1/24")
                .link("eth1", true, "10.8.0.1/24")
                .file("/proc/thread-self/ns/net", "net:[1]")
                .file("/proc/11/comm", "systemd-network")
                .file("/proc/11/ns/net", "net:[1]")
                .file("/proc/12/comm", "NetworkManager")
                .file("/proc/12/ns/net", "net:[2]")
                .file("/run/systemd/netif/links/2", "ADMIN_STATE=configured\n")
                .file("/run/systemd/netif/links/3", "ADMIN_STATE=unmanaged\n")
                .file("/run/NetworkManager/devices/2", "[device]\nmanaged=true\n");
        new NetworkManagerCheck(host, host.view()).look(List.of("eth0", "eth1"), findings);
        assertEquals(1, findings().size(), findings().toString());
        assertFinding("WARNING systemd-networkd: systemd-networkd manages eth0 and removes");
    }

    private void look(VirtualRouterConfig router) {
        HostView view = host.view();
        new InterfaceCheck(view, List.of(router)).look(findings);
        new SysctlCheck(host, view, List.of(router)).look(findings);
    }

    private List<String> findings() {
        return FakeHost.lines(findings);
    }

    private void assertFinding(String start) {
        assertTrue(
                findings().stream().anyMatch(line -> line.startsWith(start)),
                "nothing starts with " + start + " in " + String.join("\n", findings()));
    }
}

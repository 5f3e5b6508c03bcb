package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Virtual MAC addresses as the neighbours on the LAN see them. */
@RootTest(programs = "/usr/bin/tcpdump")
class VirtualMacIT {
    private static final String VIP = "10.9.0.100";
    private static final String VIP_6 = "fe80::100";
    private static final String GLOBAL_VIP_6 = "fd09::100";

    private VirtualMacLan net;

    @BeforeEach
    void open() throws Exception {
        net = new VirtualMacLan();
    }

    @AfterEach
    void close() throws Exception {
        net.close();
    }

    @ParameterizedTest(name = "rp_filter {0}")
    @ValueSource(ints = {0, 1})
    void aNeighbourKnowsTheIpv4AddressByTheSameMacBeforeAndAfterAFailover(int rpFilter)
            throws Exception {
        for (int host = 1; host <= 2; host++) {
            net.lan.host(host).run("sysctl -q -w net.ipv4.conf.all.rp_filter=" + rpFilter);
            net.lan.host(host).run("sysctl -q -w net.ipv4.conf.eth0.rp_filter=" + rpFilter);
        }
        VrrpService high = net.start(1, VirtualMacLan.router(100, VIP).build());
        VrrpService low = net.start(2, VirtualMacLan.router(90, VIP).build());
        net.awaitOwner(1, VIP, "vrrp.51");
        VirtualMacLan.awaitState(low, VrrpState.BACKUP);
        assertTrue(net.isSwitchedOn(1, "vrrp.51"));
        Conditions.await(
                "the MAC address of the Backup to be off", () -> !net.isSwitchedOn(2, "vrrp.51"));
        assertKnown(VIP, VirtualMacLan.MAC, "10.9.0.1", "10.9.0.2");

        net.lan.cut(1);
        net.awaitOwner(2, VIP, "vrrp.51");
        assertEquals(VirtualMacLan.MAC, net.knownMac(VIP), "the entry from before");
        net.awaitReachable(VIP);
        assertEquals(VirtualMacLan.MAC, net.knownMac(VIP));
        assertKnown(VIP, VirtualMacLan.MAC, "10.9.0.2");

        net.lan.mend(1);
        net.awaitOwner(1, VIP, "vrrp.51");
        assertKnown(VIP, VirtualMacLan.MAC, "10.9.0.1", "10.9.0.2");
        high.close();
        net.awaitOwner(2, VIP, "vrrp.51");
        net.awaitReachable(VIP);
        assertEquals(VirtualMacLan.MAC, net.knownMac(VIP));
        low.close();
    }

    @Test
    void aNeighbourKnowsTheIpv6AddressesByTheSameMacBeforeAndAfterAFailover() throws Exception {
        VrrpService high = net.start(1, router6(100));
        VrrpService low = net.start(2, router6(90));
        net.awaitOwner(1, VIP_6, "vrrp6.51");
        VirtualMacLan.awaitState(low, VrrpState.BACKUP);
        assertKnown(VIP_6, VirtualMacLan.MAC_6, "fe80::1", "fe80::2");
        assertKnown(GLOBAL_VIP_6, VirtualMacLan.MAC_6, "fd09::1", "fd09::2");

        net.awaitReachable(VIP_6);

        net.lan.cut(1);
        net.awaitOwner(2, VIP_6, "vrrp6.51");
        net.awaitOwner(2, GLOBAL_VIP_6, "vrrp6.51");
        for (String address : List.of(VIP_6, GLOBAL_VIP_6)) {
            assertEquals(VirtualMacLan.MAC_6, net.knownMac(address), "the entry from before");
            net.awaitReachable(address);
            assertEquals(VirtualMacLan.MAC_6, net.knownMac(address));
        }
        assertKnown(VIP_6, VirtualMacLan.MAC_6, "fe80::2", "fd09::2");
        net.lan.mend(1);
        net.awaitOwner(1, VIP_6, "vrrp6.51");
        net.awaitReachable(GLOBAL_VIP_6);
        high.close();
        net.awaitOwner(2, VIP_6, "vrrp6.51");
        net.awaitReachable(VIP_6);
    }

    /** While the host asks for its neighbours, it must not make them believe that the address has the MAC of eth0. */
    @Test
    void theActiveDoesNotSpoilWhatItsNeighbourKnowsWhenItAsksForIt() throws Exception {
        net.start(1, VirtualMacLan.router(100, VIP).build());
        net.awaitOwner(1, VIP, "vrrp.51");
        net.awaitReachable(VIP);
        for (int i = 0; i < 3; i++) {
            net.lan.host(1).ip("neigh flush all");
            net.awaitReachable(VIP);
            assertEquals(VirtualMacLan.MAC, net.knownMac(VIP));
        }
    }

    @Test
    void whatIsSentToTheVirtualMacIsForwardedIfTheInterfaceForwards() throws Exception {
        // A network behind host 2 that the neighbour reaches by way of the virtual router.
        net.lan.host(2).ip("addr add 10.77.0.2/32 dev lo");
        net.lan.host(1).run("sysctl -q -w net.ipv4.conf.eth0.forwarding=1");
        net.lan.host(1).ip("route add 10.77.0.2/32 via 10.9.0.2");
        net.lan.host(VirtualMacLan.NEIGHBOUR).ip("route add 10.77.0.0/24 via " + VIP);
        net.start(1, VirtualMacLan.router(100, VIP).build());
        net.awaitOwner(1, VIP, "vrrp.51");
        net.awaitReachable("10.77.0.2");
        assertEquals(VirtualMacLan.MAC, net.knownMac(VIP));
    }

    @ParameterizedTest(name = "from the parent {0}")
    @ValueSource(booleans = {false, true})
    void theFramesHaveTheRightSources(boolean fromParent) throws Exception {
        try (Capture capture = new Capture(net.lan.bridge(), "ip proto 112 or arp", 14)) {
            VirtualMac mac = VirtualMac.on("vrrp.51");
            net.start(
                    1,
                    VirtualMacLan.router(100, VIP)
                            .host(
                                    HostSettings.NONE.withVirtualMac(
                                            fromParent ? mac.sendingFromParent() : mac))
                            .build());
            String text = capture.text();
            String sender = fromParent ? net.macOf(1) : VirtualMacLan.MAC;
            assertTrue(text.contains(sender + " > 01:00:5e:00:00:12, ethertype IPv4"), text);
            assertTrue(text.contains("10.9.0.1 > 224.0.0.18: VRRPv3"), text);
            assertTrue(text.contains("tos 0xc0, ttl 255"), text);
            assertTrue(
                    text.contains(VirtualMacLan.MAC + " > ff:ff:ff:ff:ff:ff, ethertype ARP"), text);
            assertTrue(text.contains("Request who-has 10.9.0.100"), text);
            String other = fromParent ? VirtualMacLan.MAC : net.macOf(1);
            assertFalse(text.contains(other + " > 01:00:5e:00:00:12"), text);
            assertFalse(text.contains("bad"), text);
        }
    }

    @Test
    void theFramesOfIpv6HaveTheRightSources() throws Exception {
        String filter = "ip6 proto 112 or icmp6[0] == 136";
        try (Capture capture = new Capture(net.lan.bridge(), filter, 14)) {
            net.start(1, router6(100));
            String text = capture.text();
            String sender = VirtualMacLan.MAC_6 + " > 33:33:00:00:00:12, ethertype IPv6";
            assertTrue(text.contains(sender), text);
            assertTrue(text.contains("fe80::1 > ff02::12"), text);
            assertTrue(text.contains("hlim 255, next-header VRRP (112)"), text);
            assertTrue(text.contains(VirtualMacLan.MAC_6 + " > 33:33:00:00:00:01"), text);
            assertTrue(
                    text.contains("destination link-address option (2), length 8 (1): 00:00:5e"),
                    text);
            assertFalse(text.contains(net.macOf(1) + " > 33:33:00:00:00:12"), text);
        }
    }

    /** What comes with the MAC address of one's own macvlan is swallowed by some of its modes. */
    @Test
    void twoActivesHearEachOtherThoughTheyHaveTheSameMac() throws Exception {
        net.lan.bridge().run("bridge link set dev port1 isolated on");
        net.lan.bridge().run("bridge link set dev port2 isolated on");
        VrrpService high = net.start(1, VirtualMacLan.router(100, VIP).build());
        VrrpService low = net.start(2, VirtualMacLan.router(90, VIP).build());
        VirtualMacLan.awaitState(high, VrrpState.ACTIVE);
        VirtualMacLan.awaitState(low, VrrpState.ACTIVE);
        net.lan.bridge().run("bridge link set dev port1 isolated off");
        net.lan.bridge().run("bridge link set dev port2 isolated off");
        VirtualMacLan.awaitState(low, VrrpState.BACKUP);
        net.awaitOwner(1, VIP, "vrrp.51");
        VirtualMacLan.awaitState(high, VrrpState.ACTIVE);
        Conditions.await("the MAC to be off", () -> !net.isSwitchedOn(2, "vrrp.51"));
        net.awaitReachable(VIP);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"10.9.0.100, vrrp.51", "fe80::100, vrrp6.51"})
    void theSteadyStateAllocatesNothing(String vip, String interfaceName) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        net.start(1, VirtualMacLan.router(100, vip).build());
        net.awaitOwner(1, vip, interfaceName);
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
        assertEquals(0, least, "bytes allocated while Active, a renewal included");
    }

    /** The addresses of the hosts stay reachable with the MAC addresses of their interfaces. */
    private void assertKnown(String virtual, String mac, String... hosts) throws Exception {
        net.forgetNeighbours();
        net.awaitReachable(virtual);
        assertEquals(mac, net.knownMac(virtual));
        for (String host : hosts) {
            net.awaitReachable(host);
            int number = Integer.parseInt(host.substring(host.length() - 1));
            assertEquals(net.macOf(number), net.knownMac(host), host);
        }
    }

    private static VirtualRouterConfig router6(int priority) {
        return VirtualMacLan.router(priority, VIP_6, GLOBAL_VIP_6).build();
    }
}

package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.evenkeel.vrrp.HmacAuthentication;
import io.evenkeel.vrrp.HmacKey;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Services on a LAN that speak IPv6: real sockets, addresses and neighbour discovery. */
@RootTest(programs = "/usr/bin/tcpdump")
class Ipv6LanIT extends LanFixture {
    private static final String LINK_LOCAL_VIP = "fe80::100";
    private static final String VIP = "fd09::100";
    private static final String IPV4_VIP = "10.9.0.100";

    @ParameterizedTest(name = "forwarding {0}")
    @ValueSource(booleans = {false, true})
    void tcpdumpReadsTheAdvertisementsAndTheAnnouncements(boolean forwarding) throws Exception {
        lan.host(1).run("sysctl -q -w net.ipv6.conf.eth0.forwarding=" + (forwarding ? 1 : 0));
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
                                        "16",
                                        "ip6 proto 112 or arp or icmp6[0] == 136"));
        // tcpdump says when it listens.
        var output = tcpdump.inputReader();
        Conditions.await(
                "tcpdump to listen",
                () -> String.valueOf(output.readLine()).contains("listening on"));
        start(1, config(100).build());
        String text = String.join("\n", output.lines().toList());
        assertTrue(text.contains("fe80::1 > ff02::12"), text);
        assertTrue(text.contains("class 0xc0"), text);
        assertTrue(text.contains("hlim 255, next-header VRRP (112)"), text);
        assertTrue(text.contains("fe80::100 > ff02::1: [icmp6 sum ok]"), text);
        String flags = forwarding ? "Flags [router, override]" : "Flags [override]";
        assertTrue(text.contains("tgt is fd09::100, " + flags), text);
        // The excluded address of the other family.
        assertTrue(text.contains("Request who-has 10.9.0.100"), text);
        tcpdump.destroy();
    }

    @Test
    void theHigherRouterHasTheAddressesOfBothFamiliesAndACableMovesThem() throws Exception {
        start(1, config(100).build());
        VrrpService low = start(2, config(90).build());
        awaitOwner(1);
        awaitState(low, VrrpState.BACKUP);
        lan.cut(1);
        awaitOwner(2);
        lan.mend(1);
        awaitOwner(1);
        assertEquals(List.of(IpAddress.parse("fe80::1")), peers(low));
    }

    @Test
    void aRouterWaitsUntilItsLinkLocalAddressIsFoundToBeUnique() throws Exception {
        lan.host(1).run("sysctl -q -w net.ipv6.conf.eth0.dad_transmits=3");
        lan.host(1).ip("addr del fe80::1/64 dev eth0");
        lan.host(1).ip("addr add fe80::7/64 dev eth0");
        VrrpService service = start(1, config(100).build());
        lan.awaitOwner(1, VIP);
        assertTrue(router(service).counters().promotionsHeldBack() > 0);
        assertFalse(lan.host(1).ip("addr show dev eth0").contains("tentative"));
        VrrpService low = start(2, config(90).build());
        Conditions.await("a peer", () -> peers(low).equals(List.of(IpAddress.parse("fe80::7"))));
    }

    @Test
    void aLeaseThatNobodyRenewsIsEndedByTheKernel() throws Exception {
        VirtualAddress vip = VirtualAddress.of(IpAddress.parse(VIP));
        int added =
                lan.host(1)
                        .call(
                                () -> {
                                    try (NetlinkConnection netlink =
                                            new NetlinkConnection(new LibcNetlink(new JnaLibc()))) {
                                        Link eth0 = HostView.of(netlink).link("eth0");
                                        int index = Objects.requireNonNull(eth0).index();
                                        return netlink.addAddress(
                                                index, vip, 6, Netlink.NLM_F_EXCL);
                                    }
                                });
        assertEquals(0, added);
        assertTrue(lan.hasAddress(1, VIP));
        lan.awaitAddress(1, VIP, false);
    }

    @Test
    void anInterfaceWithoutALinkLocalAddressIsRefused() throws Exception {
        lan.host(1).ip("addr del fe80::1/64 dev eth0");
        VrrpService service = service(config(100).build());
        VrrpStartException refused =
                assertThrows(VrrpStartException.class, () -> start(1, service));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("eth0 has no link-local IPv6 address"), message);
    }

    @Test
    void anInterfaceThatIsDeletedAndMadeAnewIsTakenUpAgain() throws Exception {
        VrrpService high = start(1, config(100).build());
        VrrpService low = start(2, config(90).build());
        awaitOwner(1);
        awaitState(low, VrrpState.BACKUP);
        lan.host(1).ip("link del eth0");
        awaitState(high, VrrpState.FAULT);
        awaitOwner(2);
        lan.plugIn(1);
        awaitOwner(1);
        awaitState(low, VrrpState.BACKUP);
    }

    @Test
    void theSteadyStateOfASignedRouterAllocatesNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        HmacAuthentication hmac = HmacAuthentication.enforcing(HmacKey.of(1, new byte[32]));
        start(1, config(100).advertisementInterval(Duration.ofMillis(10)).hmac(hmac).build());
        awaitOwner(1);
        Thread vrrp =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().equals("evenkeel-vrrp"))
                        .findFirst()
                        .orElseThrow();
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < 10 && least > 0; attempt++) {
            long before = threads.getThreadAllocatedBytes(vrrp.getId());
            // Longer than it takes to look at the wall clock.
            TimeUnit.MILLISECONDS.sleep(1_200);
            least = Math.min(least, threads.getThreadAllocatedBytes(vrrp.getId()) - before);
        }
        assertEquals(0, least, "bytes allocated while Active");
    }

    private void awaitOwner(int host) throws Exception {
        lan.awaitOwner(host, LINK_LOCAL_VIP);
        lan.awaitOwner(host, VIP);
        lan.awaitOwner(host, IPV4_VIP);
    }

    private static List<IpAddress> peers(VrrpService service) {
        return router(service).peers().stream().map(peer -> peer.address()).toList();
    }

    private static VirtualRouterConfig.Builder config(int priority) {
        return router("VI_6", "eth0", 51, LINK_LOCAL_VIP, VIP)
                .priority(priority)
                .excludedAddresses(addresses(IPV4_VIP));
    }
}

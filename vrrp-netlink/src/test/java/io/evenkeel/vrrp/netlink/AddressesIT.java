package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.AddressOptions;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.io.BufferedReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code ip address} shows of virtual addresses, and how soon one that somebody took off is back. */
@RootTest(programs = "/usr/bin/tcpdump")
class AddressesIT {
    private static final AddressOptions USUAL = AddressOptions.DEFAULT;

    private Lan lan;
    private Lan second;

    @BeforeEach
    void open() throws Exception {
        lan = new Lan(1);
        second = lan.second();
    }

    @AfterEach
    void close() throws Exception {
        second.close();
        lan.close();
    }

    @Test
    void everyOptionReachesTheKernelAndNothingElseIsRemoved() throws Exception {
        VirtualAddress labelled =
                new VirtualAddress(
                        IpAddress.parse("10.9.0.100"),
                        25,
                        null,
                        "eth0:vip",
                        IpAddress.parse("10.9.0.127"),
                        USUAL.withScope(253).withoutPrefixRoute());
        VirtualAddress peer =
                VirtualAddress.of(IpAddress.parse("10.9.0.101"))
                        .withOptions(USUAL.withPeer(IpAddress.parse("10.9.0.201")));
        VirtualAddress elsewhere =
                VirtualAddress.of(IpAddress.parse("10.10.0.100"), 24).withDevice("eth1");
        VirtualAddress deprecated =
                VirtualAddress.of(IpAddress.parse("fd09::100"))
                        .withOptions(USUAL.withDeprecated(true));
        VirtualAddress ipv6 =
                VirtualAddress.of(IpAddress.parse("fd09::101"), 64)
                        .withOptions(USUAL.withoutPrefixRoute());
        VirtualRouterConfig config =
                config(labelled, peer)
                        .excludedAddresses(List.of(elsewhere, deprecated, ipv6))
                        .build();
        try (VrrpService service = start(config)) {
            lan.awaitAddress(1, "10.9.0.100", true);
            lan.awaitAddress(1, "fd09::101", true);
            awaitShown("10.9.0.100", "/25 brd 10.9.0.127 scope link .*noprefixroute eth0:vip.*");
            awaitShown("10.9.0.101", " peer 10.9.0.201/32 scope global .*");
            awaitShown("10.10.0.100", "/24 scope global secondary .*");
            awaitShown(
                    "fd09::100",
                    "/128 scope global (?=.*nodad)(?=.*deprecated).*preferred_lft 0sec");
            awaitShown("fd09::101", "/64 scope global (?=.*nodad).*noprefixroute.*");
            assertFalse(lan.host(1).ip("route show").contains("10.9.0.0/25"));
            // Somebody else's, of the same address.
            lan.host(1).ip("addr add 10.9.0.100/26 dev eth0");
            assertEquals(1, service.snapshot().routers().size());
        }
        String shown = lan.host(1).ip("-o addr show");
        assertTrue(shown.contains("10.9.0.100/26"), shown);
        for (String gone : List.of("0.100/25", "0.101", "10.10.0.100", "::100/", "::101/")) {
            assertFalse(shown.contains(gone), shown);
        }
    }

    @Test
    void whatACrashLeftOnAPointToPointLinkIsRemovedAtTheStart() throws Exception {
        VirtualAddress peer =
                VirtualAddress.of(IpAddress.parse("10.9.0.101"))
                        .withOptions(USUAL.withPeer(IpAddress.parse("10.9.0.201")));
        int added = request(netlink -> netlink.addAddress(eth0(netlink), peer, 600, 0));
        assertEquals(0, added);
        try (VrrpService service =
                start(config(peer).advertisementInterval(Duration.ofSeconds(5)).build())) {
            assertFalse(lan.host(1).ip("-o addr show").contains("10.9.0.101"));
            assertEquals(1, service.snapshot().routers().size());
        }
    }

    @Test
    void theKernelSaysWhyItRefuses() throws Exception {
        // Of one network all addresses have one scope.
        VirtualAddress link =
                VirtualAddress.of(IpAddress.parse("10.9.0.100"), 24)
                        .withOptions(USUAL.withScope(253));
        String explanation =
                request(
                        netlink -> {
                            int result = netlink.addAddress(eth0(netlink), link, 3, 0);
                            assertEquals(-Errno.EINVAL, result);
                            return netlink.explanation();
                        });
        assertTrue(explanation.contains("scope"), explanation);
    }

    @Test
    void anAddressThatSomebodyTakesOffIsSoonBackAndAnnounced() throws Exception {
        // Case 103: within 50 ms on a machine that has the time.
        VirtualAddress vip = VirtualAddress.of(IpAddress.parse("10.9.0.100"));
        try (VrrpService service = start(config(vip).build())) {
            lan.awaitAddress(1, "10.9.0.100", true);
            BufferedReader arps =
                    lan.host(1)
                            .start(
                                    List.of(
                                            "timeout",
                                            "30",
                                            "tcpdump",
                                            "-i",
                                            "eth0",
                                            "-n",
                                            "-tt",
                                            "-l",
                                            "arp and host 10.9.0.100"))
                            .inputReader();
            Conditions.await(
                    "tcpdump to listen",
                    () -> String.valueOf(arps.readLine()).contains("listening on"));
            for (int i = 0; i < 3; i++) {
                double deleted = now();
                double back =
                        request(
                                netlink -> {
                                    int eth0 = eth0(netlink);
                                    netlink.removeAddress(eth0, vip);
                                    while (!HostView.of(netlink).has(eth0, vip.address())) {
                                        Thread.onSpinWait();
                                    }
                                    return now();
                                });
                // The kernel's time of the packet.
                double announced = Double.NEGATIVE_INFINITY;
                while (announced < deleted) {
                    announced = Double.parseDouble(arps.readLine().split(" ")[0]);
                }
                System.out.printf(
                        "deleted by another program: back after %.1f ms, announced after %.1f ms%n",
                        (back - deleted) * 1000, (announced - deleted) * 1000);
                assertTrue(back - deleted < 3 && announced - deleted < 3);
            }
            assertEquals(1, service.snapshot().routers().size());
        }
    }

    /** In seconds since 1970, as tcpdump counts. */
    private static double now() {
        Instant now = Instant.now();
        return now.getEpochSecond() + now.getNano() / 1e9;
    }

    private void awaitShown(String address, String pattern) throws Exception {
        // They are put on one after the other.
        Conditions.await(
                address + pattern,
                () ->
                        lan.host(1)
                                .ip("-o addr show")
                                .lines()
                                .anyMatch(
                                        line ->
                                                line.matches(
                                                        ".* inet6? " + address + pattern + ".*")));
    }

    private interface Use<T> {
        T of(NetlinkConnection netlink);
    }

    private <T> T request(Use<T> use) throws Exception {
        return lan.host(1)
                .call(
                        () -> {
                            try (NetlinkConnection netlink =
                                    new NetlinkConnection(new LibcNetlink(new JnaLibc()))) {
                                return use.of(netlink);
                            }
                        });
    }

    private static int eth0(NetlinkConnection netlink) {
        return netlink.links().stream()
                .filter(link -> link.name().equals("eth0"))
                .findFirst()
                .orElseThrow()
                .index();
    }

    private VrrpService start(VirtualRouterConfig config) throws Exception {
        VrrpService service = VrrpService.builder().router(config).build();
        return lan.host(1)
                .call(
                        () -> {
                            service.start();
                            return service;
                        });
    }

    private static VirtualRouterConfig.Builder config(VirtualAddress... addresses) {
        return VirtualRouterConfig.builder("VI_1")
                .virtualRouterId(51)
                .interfaceName("eth0")
                .priority(150)
                .advertisementInterval(Duration.ofMillis(100))
                .addresses(List.of(addresses));
    }
}

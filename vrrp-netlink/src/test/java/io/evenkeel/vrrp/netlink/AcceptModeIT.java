package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpState;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Who may talk to the virtual addresses of a router with and without Accept_Mode (RFC 9568, section 6.4.3). Host 1 is the router, host 2
 * its client, and host 3 is on another LAN behind it.
 */
@RootTest(programs = {AcceptModeIT.NFT, "/usr/bin/ping"})
class AcceptModeIT {
    static final String NFT = "/usr/sbin/nft";

    private static final String VIP = "10.9.0.100";
    private static final String EXCLUDED = "10.9.0.110";
    private static final String LINK_LOCAL = "fe80::100";
    private static final String GLOBAL = "fd09::100";
    private static final String RULESET = "--stateless list ruleset";

    @TempDir private Path directory;
    private final List<VrrpService> services = new ArrayList<>();
    private final List<EvenkeelProcess> processes = new ArrayList<>();
    private Lan lan;
    private Lan behind;

    @BeforeEach
    void open() throws Exception {
        lan = new Lan(3);
        behind = lan.second();
    }

    @AfterEach
    void close() throws Exception {
        services.forEach(VrrpService::close);
        for (EvenkeelProcess process : processes) {
            process.close();
        }
        behind.close();
        lan.close();
    }

    @Test
    void withAcceptModeTheAddressesAnswerAndNoTableIsMade() throws Exception {
        VrrpService service = start(ipv4(true).build(), ipv6(true).build());
        awaitActive(service);
        for (String address : List.of(VIP, EXCLUDED, LINK_LOCAL, GLOBAL)) {
            awaitAnswer(address);
            assertTrue(canConnect(address, 10_000), address);
        }
        assertEquals("", nft(RULESET));
    }

    @Test
    void withoutAcceptModeNothingIsAcceptedAndTheRulesetSaysWhy() throws Exception {
        VrrpService service = start(ipv4(false).build(), ipv6(false).build());
        awaitActive(service);
        for (String address : List.of(VIP, EXCLUDED, LINK_LOCAL, GLOBAL)) {
            assertRefused(address);
            assertFalse(canConnect(address, 500), address);
        }
        // Its own addresses are its own.
        awaitAnswer("10.9.0.1");
        awaitAnswer("fe80::1");
        assertEquals(
                """
                table inet evenkeel {
                flags owner
                comment "%s"
                set virtual_ipv4 {
                type ipv4_addr
                elements = { 10.9.0.100 comment "VI_4", 10.9.0.110 comment "VI_4" }
                }
                set virtual_ipv6 {
                type ipv6_addr
                elements = { fd09::100 comment "VI_6" }
                }
                set virtual_link_local {
                type ipv6_addr . ifname
                elements = { fe80::100 . "eth0" comment "VI_6" }
                }
                chain input {
                type filter hook input priority filter - 1; policy accept;
                icmpv6 type nd-neighbor-solicit accept
                icmpv6 type nd-neighbor-advert accept
                ip daddr @virtual_ipv4 counter drop
                ip6 daddr @virtual_ipv6 counter drop
                ip6 daddr . iifname @virtual_link_local counter drop
                }
                }
                """
                        .formatted(FilterBatch.COMMENT),
                nft(RULESET));
        assertFalse(
                nft("list ruleset").contains("counter packets 0"), "each rule has dropped some");
        service.close();
        assertEquals("", nft(RULESET));
    }

    @Test
    void arpAndNeighbourDiscoveryGoOn() throws Exception {
        VrrpService service = start(ipv4(false).build(), ipv6(false).build());
        awaitActive(service);
        lan.host(2).ip("neigh flush all");
        for (String address : List.of(VIP, LINK_LOCAL, GLOBAL)) {
            assertRefused(address);
            awaitKnown(address);
            // Now the client asks the address itself whether it is there still, not all of them.
            lan.host(2).ip("neigh change " + address + " dev eth0 nud probe");
            awaitKnown(address);
        }
    }

    @Test
    void packetsThroughTheRouterPass() throws Exception {
        lan.host(1).run("sysctl -q -w net.ipv4.ip_forward=1 net.ipv6.conf.all.forwarding=1");
        lan.host(3).ip("link set eth0 down");
        lan.host(3).ip("route add 10.9.0.0/24 via 10.10.0.1");
        lan.host(3).ip("-6 route add fd09::/64 via fd00::1");
        lan.host(2).ip("link set eth1 down");
        lan.host(2).ip("route add 10.10.0.0/24 via " + VIP);
        lan.host(2).ip("-6 route add fd00::/64 via " + LINK_LOCAL + " dev eth0");
        VrrpService service = start(ipv4(false).build(), ipv6(false).build());
        awaitActive(service);
        awaitAnswer("10.10.0.3");
        awaitAnswer("fd00::3");
        assertRefused(VIP);
        assertRefused(LINK_LOCAL);
    }

    @Test
    void theOwnerAccepts() throws Exception {
        VrrpService service = start(ipv4(false).priority(255).build());
        awaitActive(service);
        awaitAnswer(VIP);
    }

    @Test
    void whoeverBecomesTheOwnerAcceptsAndWhoeverNoLongerIsItDoesNot() throws Exception {
        VrrpService service = start(ipv4(false).build());
        awaitActive(service);
        assertRefused(VIP);
        service.setPriority("VI_4", 255);
        awaitAnswer(VIP);
        service.setPriority("VI_4", 100);
        Conditions.await("a rule for " + VIP, () -> nft(RULESET).contains(VIP));
        assertRefused(VIP);
    }

    @Test
    void anAddressThatAnotherRouterAcceptsIsAccepted() throws Exception {
        VrrpService service =
                start(
                        ipv4(false).build(),
                        LanFixture.router("VI_9", "eth0", 59, "10.9.0.109")
                                .excludedAddresses(LanFixture.addresses(EXCLUDED))
                                .build());
        awaitActive(service);
        assertRefused(VIP);
        awaitAnswer(EXCLUDED);
    }

    @Test
    void aReconfigurationChangesWhatIsDropped() throws Exception {
        VrrpService service = start(ipv4(true).build());
        awaitActive(service);
        awaitAnswer(VIP);
        service.reconfigure(List.of(ipv4(false).build()));
        assertRefused(VIP);
        assertRefused(EXCLUDED);
        service.reconfigure(List.of(ipv4(false).excludedAddresses(List.of()).build()));
        assertTrue(nft(RULESET).contains("elements = { 10.9.0.100 comment \"VI_4\" }"));
        service.reconfigure(List.of(ipv4(true).build()));
        awaitAnswer(VIP);
        awaitAnswer(EXCLUDED);
        assertEquals("", nft(RULESET));
    }

    @Test
    void aReconfigurationThatTheHostRefusesChangesNothing() throws Exception {
        VrrpService service = start(ipv4(true).build());
        awaitActive(service);
        VirtualRouterConfig impossible = ipv4(false).interfaceName("eth7").build();
        assertThrows(VrrpStartException.class, () -> service.reconfigure(List.of(impossible)));
        awaitAnswer(VIP);
        assertEquals("", nft(RULESET));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {VIP, LINK_LOCAL})
    void anAddressWithAVirtualMacIsAcceptedAsLittle(String address) throws Exception {
        VirtualRouterConfig.Builder router =
                LanFixture.router("VI_1", "eth0", 51, address)
                        .host(HostSettings.NONE.withVirtualMac(VirtualMac.on("vrrp.51")));
        VrrpService service = start(router.acceptMode(false).build());
        awaitActive(service);
        assertRefused(address);
        awaitKnown(address);
        service.reconfigure(List.of(router.acceptMode(true).build()));
        awaitAnswer(address);
    }

    @Test
    void whoFlushesTheRulesetDoesNotTakeTheTable() throws Exception {
        VrrpService service = start(ipv4(false).build());
        awaitActive(service);
        nft("add table ip somebody");
        nft("flush ruleset");
        assertFalse(nft(RULESET).contains("somebody"));
        assertTrue(nft(RULESET).contains("table inet evenkeel {"), nft(RULESET));
        assertRefused(VIP);
    }

    @Test
    void twoServicesHaveATableEachAndATableOfSomebodyElseIsLeftAlone() throws Exception {
        nft("add table inet evenkeel");
        VrrpService first = start(ipv4(false).build());
        VrrpService second =
                start(
                        LanFixture.router("VI_9", "eth0", 59, "10.9.0.109")
                                .acceptMode(false)
                                .build());
        awaitActive(first);
        awaitActive(second);
        assertRefused(VIP);
        assertRefused("10.9.0.109");
        first.close();
        second.close();
        assertEquals("table inet evenkeel {\n}\n", nft(RULESET));
    }

    @Test
    void aProcessThatReloadsAnswersAndOneThatIsKilledLeavesNoTable() throws Exception {
        EvenkeelProcess node = new EvenkeelProcess(lan.host(1), directory);
        processes.add(node);
        node.start(instance("no_accept"));
        lan.awaitAddress(1, VIP, true);
        assertRefused(VIP);
        node.reload(instance("accept"));
        awaitAnswer(VIP);
        assertEquals("", nft(RULESET));
        node.reload(instance("strict_mode"));
        assertRefused(VIP);
        assertTrue(nft(RULESET).contains("table inet evenkeel {"), nft(RULESET));
        node.signal("KILL");
        assertEquals("", nft(RULESET));
    }

    @Test
    void anInspectionSaysThatPacketsWillBeDroppedAndMakesNoTable() throws Exception {
        HostReport report =
                lan.host(1)
                        .call(
                                () ->
                                        HostInspection.of(
                                                        List.of(
                                                                ipv4(false).build(),
                                                                ipv6(true).build()))
                                                .withListening(Duration.ZERO)
                                                .run());
        List<HostFinding> said =
                report.findings().stream().filter(f -> f.sentence().contains("no_accept")).toList();
        assertEquals(1, said.size(), report.toString());
        assertEquals("VI_4", said.get(0).subject());
        assertEquals(HostFinding.Severity.NOTE, said.get(0).severity());
        assertEquals("", nft(RULESET));
    }

    private static VirtualRouterConfig.Builder ipv4(boolean accept) {
        return LanFixture.router("VI_4", "eth0", 51, VIP)
                .excludedAddresses(LanFixture.addresses(EXCLUDED))
                .acceptMode(accept);
    }

    private static VirtualRouterConfig.Builder ipv6(boolean accept) {
        return LanFixture.router("VI_6", "eth0", 51, LINK_LOCAL, GLOBAL).acceptMode(accept);
    }

    private static String instance(String mode) {
        return Keepalived.globals(3)
                + Keepalived.instance(
                        "VI_1",
                        "eth0",
                        51,
                        100,
                        "0.1",
                        mode + "\nvirtual_ipaddress {\n" + VIP + "\n}");
    }

    private VrrpService start(VirtualRouterConfig... routers) throws Exception {
        VrrpServiceBuilder builder = VrrpService.builder();
        Stream.of(routers).forEach(builder::router);
        VrrpService service = builder.build();
        services.add(service);
        lan.host(1)
                .call(
                        () -> {
                            service.start();
                            return service;
                        });
        return service;
    }

    private static void awaitActive(VrrpService service) throws Exception {
        Conditions.await(
                "all routers to be Active",
                () ->
                        service.snapshot().routers().stream()
                                .allMatch(router -> router.state() == VrrpState.ACTIVE));
    }

    private void awaitAnswer(String address) throws Exception {
        Conditions.await(
                address + " to answer, with\n" + nft("list ruleset"), () -> ping(address, 1));
    }

    /** That a client gets no answer, although the router counts what it sent. */
    private void assertRefused(String address) throws Exception {
        long before = droppedPackets();
        assertFalse(ping(address, 2), address + " answers");
        // They wait in the client as long as the address is asked for.
        Conditions.await(
                "two packets to " + address + " to be dropped",
                () -> droppedPackets() >= before + 2);
    }

    private long droppedPackets() throws Exception {
        return nft("list ruleset")
                .lines()
                .filter(line -> line.contains("counter packets"))
                .mapToLong(line -> Long.parseLong(line.replaceAll(".*packets (\\d+) .*", "$1")))
                .sum();
    }

    private boolean ping(String address, int count) throws Exception {
        String target = address.startsWith("fe80") ? address + "%eth0" : address;
        return lan.host(2)
                        .start(
                                List.of(
                                        "ping",
                                        "-n",
                                        "-c",
                                        "" + count,
                                        "-i",
                                        "0.2",
                                        "-W",
                                        "1",
                                        target))
                        .waitFor()
                == 0;
    }

    private boolean canConnect(String address, int timeoutMillis) throws Exception {
        try (ServerSocket server = lan.host(1).call(() -> new ServerSocket(0));
                Socket client = lan.host(2).call(() -> new Socket())) {
            String index = lan.host(2).ip("-o link show eth0").split(":", 2)[0];
            String target = address.startsWith("fe80") ? address + "%" + index : address;
            InetSocketAddress there =
                    new InetSocketAddress(InetAddress.getByName(target), server.getLocalPort());
            return lan.host(2)
                    .call(
                            () -> {
                                try {
                                    client.connect(there, timeoutMillis);
                                    return true;
                                } catch (SocketTimeoutException e) {
                                    return false;
                                }
                            });
        }
    }

    /** Waits until the client knows the hardware address of this one, as of just now. */
    private void awaitKnown(String address) throws Exception {
        Conditions.await(
                address + " to be known",
                () ->
                        lan.host(2)
                                .ip("neigh show " + address + " dev eth0")
                                .matches("(?s).*lladdr .*REACHABLE.*"));
    }

    /** Runs {@code nft} on host 1; returns what it printed, without indentation, blank lines and whose process the table is. */
    private String nft(String arguments) throws Exception {
        return lan.host(1)
                .run(NFT + " " + arguments)
                .lines()
                .map(line -> line.strip().replaceAll(" # progname.*", ""))
                .filter(line -> !line.isEmpty())
                .reduce("", (all, line) -> all + line + "\n");
    }
}

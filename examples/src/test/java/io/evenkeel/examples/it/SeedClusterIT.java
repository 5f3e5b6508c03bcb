package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.OwnershipTimeline;
import io.evenkeel.examples.lab.OwnershipWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Three nodes, two servers and a client with the configuration files as users write them first: every
 * default stands, so version 2, an advertisement a second and a check every two.
 */
class SeedClusterIT extends LabTest {
    private static final String VIP = "192.168.1.100";
    private static final Duration SERVER_STATE = Duration.ofSeconds(30);

    private final List<Node> nodes = new ArrayList<>();
    private final List<WebServer> servers = new ArrayList<>();
    private Client client;
    private Client patient;
    private OwnershipWatch watch;
    private VrrpCapture capture;

    @BeforeAll
    void startCluster() {
        createLab("tcpdump");
        for (int i = 1; i <= 3; i++) {
            LabHost host = lab().addHost("node" + i, "bond0", "192.168.1.1" + i + "/24");
            nodes.add(
                    Nodes.ofChosenKind(
                            host,
                            Configs.resource("seed/keepalived-node" + i + ".conf"),
                            Configs.resource("seed/haproxy.cfg")));
        }
        for (int i = 1; i <= 2; i++) {
            LabHost host = lab().addHost("server" + i, "eth0", "192.168.1.10" + i + "/24");
            servers.add(closing(new WebServer(host, 80, null)));
        }
        LabHost clientHost = lab().addHost("client", "eth0", "192.168.1.50/24");
        client = Client.hasty(clientHost, VIP, 80);
        patient = Client.patient(clientHost, VIP, 80, null);
        watch =
                closing(
                        OwnershipWatch.start(
                                nodes.stream().map(Node::host).toList(),
                                List.of(VIP),
                                Duration.ofMillis(3)));
        capture = closing(VrrpCapture.start(node(2).host(), "tcpdump"));
        servers.forEach(WebServer::start);
        nodes.forEach(Node::start);
    }

    /** Every test begins with the first node Active and both servers in use. */
    @BeforeEach
    void settle() {
        Conditions.await(
                "node1 alone owns the address",
                ELECTION,
                () -> {
                    assertRunning(nodes);
                    return watch.owners(VIP).equals(Set.of("node1"));
                },
                this::evidence);
        Conditions.await(
                "both servers serve",
                SERVER_STATE,
                () -> Set.copyOf(answers(2)).equals(Set.of("server1", "server2")),
                this::evidence);
    }

    @Test
    void theHighestPriorityOwnsTheAddressAlone() {
        long start = System.nanoTime();
        Conditions.holds(
                "node1 alone owns the address",
                Duration.ofMillis(2_500),
                () -> watch.owners(VIP).equals(Set.of("node1")),
                this::evidence);
        long heardFrom = VrrpCapture.epochMicros() - (System.nanoTime() - start) / 1_000;
        Conditions.await(
                "two advertisements are heard",
                SOON,
                () -> capture.packets(p -> p.epochMicros() > heardFrom).size() >= 2,
                this::evidence);
        List<VrrpPacket> heard = capture.packets(p -> p.epochMicros() > heardFrom);
        long second = heard.get(1).epochMicros() - heardFrom;
        assertTrue(
                second * 1_000 < allowedNanos(Duration.ofMillis(2_500), start),
                () -> "An advertisement a second: " + heard + evidence());
        for (VrrpPacket packet : heard) {
            assertEquals("192.168.1.11", packet.source(), packet.text());
            assertEquals(100, packet.priority(), packet.text());
        }
        capture.assertSound("192.168.1.11", 51, 2);
    }

    @Test
    void theOwnerAnswersArp() {
        LabHost host = lab().hosts().get(5);
        host.forgetNeighbours();
        patient.request(1);
        assertEquals(node(1).host().macAddress(), host.neighbour(VIP));
    }

    @Test
    void requestsAlternateOverTheServers() {
        List<String> pages = answers(10);
        for (int i = 1; i < pages.size(); i++) {
            assertNotEquals(pages.get(i - 1), pages.get(i), () -> pages + evidence());
        }
    }

    @Test
    void aKilledServerIsOutAfterItsChecksAndBackInAfterRise() {
        WebServer server = servers.get(0);
        try (Client.Traffic traffic = patient.startTraffic()) {
            traffic.awaitFlow(this::evidence);
            server.kill();
            long killed = System.nanoTime();
            Supplier<String> story = () -> traffic.failures(killed) + evidence();
            long restarted;
            try {
                // Three checks, 2 s apart, and a second for a busy machine.
                long out = killed + Duration.ofSeconds(7).toNanos();
                Conditions.await(
                        "requests are answered",
                        SERVER_STATE,
                        () -> traffic.answeredSince(out + Duration.ofSeconds(1).toNanos()),
                        story);
                for (Client.Attempt attempt : traffic.attempts()) {
                    if (attempt.startNanos() > out) {
                        assertEquals("server2", attempt.page(), story);
                    }
                }
            } finally {
                restarted = System.nanoTime();
                server.start();
            }
            if (Nodes.areEvenkeel()) {
                // A request whose turn falls on the dead server goes to the other one at once.
                // Those that were under way died with it.
                assertEquals(0, traffic.failuresSince(killed), story);
            }
            Conditions.await(
                    "server1 is back in use",
                    SERVER_STATE,
                    () -> traffic.answeredSince(restarted, "server1"),
                    story);
            long back = System.nanoTime() - restarted;
            report("server back in use", back);
            // Two good checks, 2 s apart: the first at once or 2 s later.
            assertTrue(back > Duration.ofMillis(1_900).toNanos(), () -> back / 1e6 + story.get());
            assertTrue(
                    back < allowedNanos(Duration.ofSeconds(7), restarted),
                    () -> back / 1e6 + story.get());
        }
    }

    @Test
    void aCutLinkCostsClientsLessThanTheProtocolAllows() {
        try (Client.Traffic traffic = client.startTraffic()) {
            traffic.awaitFlow(this::evidence);
            long cut = System.nanoTime();
            Supplier<String> story =
                    () -> traffic.failures(cut) + watch.timeline(VIP).describe(cut) + evidence();
            node(1).host().isolate();
            try {
                awaitHolder(2, cut);
                Conditions.await(
                        "requests flow again",
                        SOON,
                        () -> traffic.answeredSince(cut + LONGEST_FAILOVER.toNanos()),
                        story);
                long gap = traffic.longestGapNanos(cut);
                report("link of the Active cut", gap);
                assertTrue(
                        gap < allowedNanos(LONGEST_FAILOVER, cut),
                        () -> gap / 1e6 + " ms" + story.get());
                assertTrue(gap > Duration.ofSeconds(2).toNanos(), () -> "Was cut? " + gap / 1e6);
            } finally {
                node(1).host().rejoin();
            }
            long rejoined = System.nanoTime();
            long rejoinedMicros = VrrpCapture.epochMicros();
            awaitOwner(1, SOON);
            // The second node is the one to yield, and it may from the first packet it hears on.
            long heard = capture.awaitHeardNanos("192.168.1.11", 51, rejoinedMicros);
            assertOverlap(heard, story);
            assertTrue(
                    heard - rejoined < allowedNanos(Duration.ofMillis(1_500), rejoined),
                    () -> "An advertisement a second: " + (heard - rejoined) / 1e6 + story.get());
        }
    }

    @Test
    void aPulledCableReleasesTheAddressAndItsReturnPreempts() {
        long pulled = System.nanoTime();
        Supplier<String> story = () -> "\n" + watch.timeline(VIP).describe(pulled) + evidence();
        node(1).host().unplug();
        try {
            awaitOwner(2, SOON);
        } finally {
            node(1).host().plugIn();
        }
        awaitOwner(1, SOON);
        assertOverlap(pulled, story);
    }

    @Test
    void aKilledActiveLeavesNoAddressBehindForLong() {
        long killed = System.nanoTime();
        Supplier<String> story = () -> "\n" + watch.timeline(VIP).describe(killed) + evidence();
        String lease = String.join("\n", node(1).host().addressLines());
        node(1).crash();
        try {
            awaitHolder(2, killed);
            if (Nodes.areEvenkeel()) {
                assertTrue(
                        lease.lines()
                                .anyMatch(
                                        l -> l.contains(VIP) && l.matches(".*valid_lft \\d+sec.*")),
                        () -> "The kernel removes the address by itself: " + lease);
                awaitOwner(2, Duration.ofSeconds(5));
                report("left behind by SIGKILL with another owner", overlap(killed));
            }
        } finally {
            node(1).start();
        }
        long restarted = System.nanoTime();
        awaitOwner(1, ELECTION);
        assertOverlap(restarted, story);
    }

    @Test
    void aStoppedActiveHandsOver() {
        try (Client.Traffic traffic = client.startTraffic()) {
            traffic.awaitFlow(this::evidence);
            long stopped = System.nanoTime();
            long stoppedMicros = VrrpCapture.epochMicros();
            Supplier<String> story =
                    () ->
                            traffic.failures(stopped)
                                    + watch.timeline(VIP).describe(stopped)
                                    + evidence();
            node(1).stop();
            try {
                awaitHolder(2, stopped);
                Conditions.await(
                        "requests flow again",
                        SOON,
                        () -> traffic.answeredSince(stopped + Duration.ofSeconds(2).toNanos()),
                        story);
                long gap = traffic.longestGapNanos(stopped);
                report("planned stop of the Active, version 2", gap);
                assertTrue(
                        gap < allowedNanos(LONGEST_FAILOVER, stopped),
                        () -> gap / 1e6 + " ms" + story.get());
                assertOverlap(stopped, story);
                capture.await(
                        "a priority 0 of node1",
                        SOON,
                        p ->
                                p.source().equals("192.168.1.11")
                                        && p.priority() == 0
                                        && p.epochMicros() > stoppedMicros);
            } finally {
                node(1).start();
            }
        }
    }

    private Node node(int number) {
        return nodes.get(number - 1);
    }

    private List<String> answers(int count) {
        return patient.pages(count).stream().map(page -> page == null ? "" : page).toList();
    }

    private void awaitOwner(int number, Duration limit) {
        Conditions.await(
                "node" + number + " alone owns the address",
                limit,
                () -> watch.owners(VIP).equals(Set.of("node" + number)),
                () -> "\n" + watch.timeline(VIP).describe(System.nanoTime()) + evidence());
    }

    /** Waits until a node has the address, whoever else thinks so. */
    private void awaitHolder(int number, long origin) {
        Conditions.await(
                "node" + number + " holds the address",
                SOON,
                () -> watch.owners(VIP).contains("node" + number),
                () -> "\n" + watch.timeline(VIP).describe(origin) + evidence());
    }

    private long overlap(long fromNanos) {
        OwnershipTimeline timeline = watch.timeline(VIP);
        return timeline.nanosWithOwners(2, fromNanos, System.nanoTime());
    }

    private void assertOverlap(long fromNanos, Supplier<String> story) {
        long overlap = overlap(fromNanos);
        report("two owners", overlap);
        assertTrue(
                overlap < allowedNanos(OVERLAP, fromNanos),
                () -> overlap / 1e6 + " ms" + story.get());
    }
}

package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.OwnershipWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Evenkeel and stock keepalived share three virtual routers, each of its own kind, so that one cut and
 * one stop try all of them.
 */
class InteropIT extends LabTest {
    /** A virtual router that both nodes take part in. */
    private record Router(int id, int version, String settings) {
        String address() {
            return "192.168.1." + id;
        }

        String config(int priority) {
            return """
            vrrp_instance VI_%d {
                interface eth0
                version %d
                virtual_router_id %d
                priority %d
                advert_int 1
                %s
                virtual_ipaddress {
                    %s
                }
            }
            """
                    .formatted(id, version, id, priority, settings, address());
        }

        @Override
        public String toString() {
            return "version " + version + (settings.isEmpty() ? "" : " with a password");
        }
    }

    private static final List<Router> ROUTERS =
            List.of(
                    new Router(62, 2, ""),
                    new Router(63, 3, ""),
                    new Router(64, 2, "authentication { \n auth_type PASS\n auth_pass s3cret\n }"));

    private LabHost stockHost;
    private LabHost evenkeelHost;
    private LabHost clientHost;
    private OwnershipWatch watch;
    private Node active;
    private Node backup;

    @BeforeAll
    void buildLan() {
        createLab("tcpdump", "keepalived");
        stockHost = lab().addHost("keepalived", "eth0", "192.168.1.21/24");
        evenkeelHost = lab().addHost("evenkeel", "eth0", "192.168.1.22/24");
        clientHost = lab().addHost("client", "eth0", "192.168.1.50/24");
        for (LabHost host : List.of(stockHost, evenkeelHost)) {
            closing(new WebServer(host, 80, null)).start();
        }
        watch =
                closing(
                        OwnershipWatch.start(
                                List.of(stockHost, evenkeelHost),
                                ROUTERS.stream().map(Router::address).toList(),
                                Duration.ofMillis(3)));
    }

    @AfterEach
    void stopNodes() {
        active.host().rejoin();
        active.stop();
        backup.stop();
    }

    @ParameterizedTest(name = "{0} is Active")
    @ValueSource(strings = {"keepalived", "evenkeel"})
    void theAddressesMoveAndComeBack(String activeName) throws Exception {
        active = node(activeName, 100);
        backup = node(activeName.equals("keepalived") ? "evenkeel" : "keepalived", 90);
        Path log = Path.of("keepalived.log");
        long logBegin = Files.exists(stockHost.directory().resolve(log)) ? stockLog().length() : 0;
        try (VrrpCapture capture = VrrpCapture.start(backup.host(), "tcpdump-" + activeName)) {
            long start = System.nanoTime();
            active.start();
            backup.start();
            Conditions.await(
                    active.host() + " alone owns the addresses",
                    ELECTION,
                    () -> {
                        assertRunning(List.of(active, backup));
                        return ownsAll(active);
                    },
                    () -> story(start, List.of()));
            Conditions.holds(
                    active.host() + " alone owns the addresses",
                    Duration.ofMillis(2_500),
                    () -> ownsAll(active),
                    this::evidence);

            cutAndReturn(capture);
            stopAndReturn(capture);

            // The Backup's turn in between has made it send as well.
            for (Router router : ROUTERS) {
                capture.assertSound("192.168.1.22", router.id(), router.version());
                capture.assertSound("192.168.1.21", router.id(), router.version());
            }
        }
        String complaints =
                stockLog()
                        .substring((int) logBegin)
                        .lines()
                        .filter(
                                l ->
                                        l.matches(
                                                "(?i).*(checksum|auth|mismatch|invalid|bogus|error).*"))
                        .reduce("", (a, b) -> a + b + "\n");
        assertEquals("", complaints, "keepalived finds no fault with its peer");
    }

    private void cutAndReturn(VrrpCapture capture) {
        List<Client.Traffic> traffic = startTraffic();
        long cut = System.nanoTime();
        Supplier<String> story = () -> story(cut, traffic);
        active.host().isolate();
        Conditions.await(
                backup.host() + " holds the addresses",
                SOON,
                () ->
                        ROUTERS.stream()
                                .allMatch(r -> watch.owners(r.address()).contains(name(backup))),
                story);
        assertGaps(cut, LONGEST_FAILOVER, traffic, "link of " + active.host() + " cut", story);

        long rejoinedMicros = VrrpCapture.epochMicros();
        active.host().rejoin();
        awaitOwner(active, SOON, cut);
        String activeAddress = active.host() == stockHost ? "192.168.1.21" : "192.168.1.22";
        for (Router router : ROUTERS) {
            long heard = capture.awaitHeardNanos(activeAddress, router.id(), rejoinedMicros);
            assertOverlap(router, heard, story);
        }
        traffic.forEach(Client.Traffic::close);
    }

    private void stopAndReturn(VrrpCapture capture) {
        List<Client.Traffic> traffic = startTraffic();
        long stopped = System.nanoTime();
        Supplier<String> story = () -> story(stopped, traffic);
        active.stop();
        awaitOwner(backup, SOON, stopped);
        assertGaps(stopped, Duration.ofSeconds(2), traffic, active.host() + " stopped", story);
        traffic.forEach(Client.Traffic::close);
        for (Router router : ROUTERS) {
            assertOverlap(router, stopped, story);
            capture.await(
                    "a priority 0 of " + router + " from " + active.host(),
                    SOON,
                    p -> p.virtualRouterId() == router.id() && p.priority() == 0);
        }

        long restarted = System.nanoTime();
        active.start();
        awaitOwner(active, ELECTION, restarted);
        for (Router router : ROUTERS) {
            assertOverlap(router, restarted, story);
        }
    }

    private List<Client.Traffic> startTraffic() {
        List<Client.Traffic> traffic = new ArrayList<>();
        for (Router router : ROUTERS) {
            traffic.add(closing(Client.hasty(clientHost, router.address(), 80).startTraffic()));
        }
        traffic.forEach(t -> t.awaitFlow(this::evidence));
        return traffic;
    }

    /** Lets {@code window} after {@code origin} pass, and looks at what it cost each client. */
    private void assertGaps(
            long origin,
            Duration window,
            List<Client.Traffic> traffic,
            String what,
            Supplier<String> story) {
        for (int i = 0; i < traffic.size(); i++) {
            Client.Traffic client = traffic.get(i);
            Conditions.await(
                    "requests flow again",
                    SOON,
                    () -> client.answeredSince(origin + window.toNanos()),
                    story);
            long gap = client.longestGapNanos(origin);
            report(what + ", " + ROUTERS.get(i), gap);
            assertTrue(
                    gap < allowedNanos(LONGEST_FAILOVER, origin),
                    () -> gap / 1e6 + " ms" + story.get());
        }
    }

    private void assertOverlap(Router router, long fromNanos, Supplier<String> story) {
        long overlap =
                watch.timeline(router.address()).nanosWithOwners(2, fromNanos, System.nanoTime());
        assertTrue(
                overlap < allowedNanos(OVERLAP, fromNanos),
                () -> router + ": two owners for " + overlap / 1e6 + " ms" + story.get());
    }

    private void awaitOwner(Node node, Duration limit, long origin) {
        Conditions.await(
                node.host() + " alone owns the addresses",
                limit,
                () -> ownsAll(node),
                () -> story(origin, List.of()));
    }

    private boolean ownsAll(Node node) {
        return ROUTERS.stream().allMatch(r -> watch.owners(r.address()).equals(Set.of(name(node))));
    }

    private Node node(String name, int priority) {
        StringBuilder config = new StringBuilder();
        ROUTERS.forEach(router -> config.append(router.config(priority)));
        return name.equals("keepalived")
                ? new StockNode(stockHost, config.toString(), null, List.of())
                : Nodes.ofChosenKind(evenkeelHost, config.toString(), null);
    }

    private static String name(Node node) {
        return node.host().name();
    }

    private String stockLog() throws java.io.IOException {
        return Files.readString(stockHost.directory().resolve("keepalived.log"));
    }

    private String story(long origin, List<Client.Traffic> traffic) {
        StringBuilder text = new StringBuilder("\n");
        for (Router router : ROUTERS) {
            text.append(router)
                    .append(":\n")
                    .append(watch.timeline(router.address()).describe(origin));
        }
        traffic.forEach(t -> text.append(t.failures(origin)));
        return text + evidence();
    }
}

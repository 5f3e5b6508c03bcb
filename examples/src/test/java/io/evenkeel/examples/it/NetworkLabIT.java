package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.LabException;
import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import io.evenkeel.examples.lab.NetworkLab;
import io.evenkeel.examples.lab.OwnershipWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The laboratory itself: what the other tests conclude rests on it. */
class NetworkLabIT {
    private static final Path NAMESPACES = Path.of("/run/netns");

    @TempDir private Path directory;

    private NetworkLab lab;
    private LabHost one;
    private LabHost two;

    @BeforeAll
    static void needsNamespaces() {
        Requirements.lab(NetworkLabIT.class);
    }

    @BeforeEach
    void build() {
        lab = NetworkLab.create(directory);
        one = lab.addHost("one", "eth0", "10.99.0.1/24");
        two = lab.addHost("two", "bond0", "10.99.0.2/24");
    }

    @AfterEach
    void close() {
        if (lab != null) {
            lab.close();
        }
    }

    @Test
    void hostsReachEachOtherUntilALinkIsCut() {
        try (WebServer server = new WebServer(two, 80, null)) {
            server.start();
            Client client = Client.hasty(one, "10.99.0.2", 80);
            assertEquals(List.of("two"), Client.patient(one, "10.99.0.2", 80, null).pages(1));
            assertEquals(lab.hostWithMac(one.neighbour("10.99.0.2")), two);

            two.isolate();
            assertFalse(client.request(1).get(0).succeeded());
            assertEquals("1", carrier(two), "A switch that fails leaves the carrier.");
            two.rejoin();
            awaitPage(client);

            two.unplug();
            assertFalse(client.request(1).get(0).succeeded());
            assertEquals("0", carrier(two), "A pulled cable takes the carrier.");
            two.plugIn();
            awaitPage(client);
        }
    }

    @Test
    void theWatchSeesWhoHoldsAnAddress() {
        try (OwnershipWatch watch =
                OwnershipWatch.start(
                        List.of(one, two), List.of("10.99.0.9"), Duration.ofMillis(2))) {
            assertEquals(Set.of(), watch.owners("10.99.0.9"));
            one.run("ip", "addr", "add", "10.99.0.9/32", "dev", "eth0");
            awaitOwners(watch, Set.of("one"));
            two.run("ip", "addr", "add", "10.99.0.9/24", "dev", "bond0");
            awaitOwners(watch, Set.of("one", "two"));
            assertEquals(List.of(one, two), lab.owners("10.99.0.9"));
            one.run("ip", "addr", "del", "10.99.0.9/32", "dev", "eth0");
            awaitOwners(watch, Set.of("two"));
            assertEquals(4, watch.timeline("10.99.0.9").changes().size());
        }
    }

    @Test
    void aKilledProgramDiesWithItsChildren() {
        LabProcess shell = one.start("shell", List.of("sh", "-c", "sleep 1000 & echo $!; wait"));
        Conditions.await(
                "the shell names its child",
                Duration.ofSeconds(20),
                () -> !shell.output().isBlank(),
                () -> shell.tail(5));
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(shell.output().strip())).orElseThrow();
        shell.kill();
        assertFalse(shell.isAlive());
        Conditions.await(
                "the child is dead",
                Duration.ofSeconds(20),
                () -> !child.isAlive(),
                () -> "Pid " + child.pid());
    }

    @Test
    void closingLeavesNothingBehind() throws Exception {
        LabProcess stubborn =
                one.start("stubborn", List.of("sh", "-c", "trap '' TERM; sleep 1000"));
        LabProcess orphan = two.start("orphan", List.of("sh", "-c", "setsid sleep 1000 & echo $!"));
        orphan.awaitExit(30, TimeUnit.SECONDS);
        ProcessHandle left =
                ProcessHandle.of(Long.parseLong(orphan.output().strip())).orElseThrow();
        assertTrue(left.isAlive());

        lab.close();

        assertFalse(stubborn.isAlive());
        Conditions.await(
                "the orphan is dead",
                Duration.ofSeconds(20),
                () -> !left.isAlive(),
                () -> "Pid " + left.pid());
        try (Stream<Path> namespaces = Files.list(NAMESPACES)) {
            List<String> ours =
                    namespaces
                            .map(path -> path.getFileName().toString())
                            .filter(name -> name.startsWith("ek" + ProcessHandle.current().pid()))
                            .toList();
            assertEquals(List.of(), ours);
        }
    }

    @Test
    void aHostThatCannotBeMadeIsNamed() {
        LabException e =
                assertThrows(
                        LabException.class, () -> lab.addHost("three", "eth0", "10.99.0.300/24"));
        assertTrue(e.getMessage().contains("10.99.0.300/24"), e.getMessage());
    }

    private static String carrier(LabHost host) {
        return host.run("cat", "/sys/class/net/" + host.interfaceName() + "/carrier")
                .output()
                .strip();
    }

    private static void awaitPage(Client client) {
        Conditions.await(
                "the page comes again",
                Duration.ofSeconds(20),
                () -> client.request(1).get(0).succeeded(),
                () -> "");
    }

    private static void awaitOwners(OwnershipWatch watch, Set<String> owners) {
        Conditions.await(
                "the owners are " + owners,
                Duration.ofSeconds(20),
                () -> watch.owners("10.99.0.9").equals(owners),
                () -> watch.timeline("10.99.0.9").toString());
    }
}

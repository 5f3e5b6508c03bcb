package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.OwnershipWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The address of a Kubernetes API server over three control plane nodes: TLS passed through, health read
 * over HTTPS, a script that lowers the priority by its weight.
 */
class KubernetesIT extends LabTest {
    private static final String VIP = "10.77.0.100";
    private static final Path SCRIPT_DIRECTORY = Path.of("/etc/keepalived");
    private static final Set<String> ALL = Set.of("cp1", "cp2", "cp3");

    private final List<Node> nodes = new ArrayList<>();
    private final List<WebServer> apiServers = new ArrayList<>();
    private Client client;
    private OwnershipWatch watch;
    private VrrpCapture capture;

    @BeforeAll
    void startCluster() throws Exception {
        createLab("tcpdump", "mount");
        if (!Files.isDirectory(SCRIPT_DIRECTORY)) {
            // The configuration names a script in there, and a test makes no directory in /etc.
            Requirements.impossible(KubernetesIT.class, SCRIPT_DIRECTORY + " does not exist.");
        }
        SSLContext tls = TestCertificate.make(lab().directory());
        String keepalived = Configs.resource("kubernetes/keepalived.conf");
        addNode("lb1", "10.77.0.11", keepalived);
        addNode("lb2", "10.77.0.12", keepalived.replace("priority 100", "priority 99"));
        for (int i = 1; i <= 3; i++) {
            LabHost host = lab().addHost("cp" + i, "eth0", "10.77.0." + i + "/24");
            apiServers.add(closing(new WebServer(host, 6443, tls)));
        }
        LabHost clientHost = lab().addHost("client", "eth0", "10.77.0.50/24");
        client = Client.patient(clientHost, VIP, 8443, tls);
        watch =
                closing(
                        OwnershipWatch.start(
                                nodes.stream().map(Node::host).toList(),
                                List.of(VIP),
                                Duration.ofMillis(3)));
        capture = closing(VrrpCapture.start(clientHost, "tcpdump"));
        apiServers.forEach(WebServer::start);
        nodes.forEach(Node::start);
    }

    @BeforeEach
    void settle() {
        Conditions.await(
                "lb1 alone owns the address",
                ELECTION,
                () -> {
                    assertRunning(nodes);
                    return watch.owners(VIP).equals(Set.of("lb1"));
                },
                this::evidence);
        Conditions.await(
                "every API server serves",
                SOON,
                () -> new TreeSet<>(answers(3)).equals(ALL),
                this::evidence);
    }

    @Test
    void tlsIsPassedThroughToEachInTurn() {
        // The client trusts the API servers' certificate only: a page proves the pass-through.
        List<String> pages = answers(9);
        assertEquals(ALL, Set.copyOf(pages.subList(0, 3)), () -> pages + evidence());
        assertEquals(pages.subList(0, 3), pages.subList(3, 6), () -> pages + evidence());
        assertEquals(pages.subList(0, 3), pages.subList(6, 9), () -> pages + evidence());
    }

    @Test
    void noRequestIsLostWithAnApiServer() {
        try (Client.Traffic traffic = client.startTraffic()) {
            traffic.awaitFlow(this::evidence);
            apiServers.get(1).kill();
            long killed = System.nanoTime();
            try {
                Conditions.await(
                        "cp2 is out of use",
                        SOON,
                        () -> Set.copyOf(answers(6)).equals(Set.of("cp1", "cp3")),
                        () -> traffic.failures(killed) + evidence());
            } finally {
                apiServers.get(1).start();
            }
            // Those on the wire while it was killed died with the server; a new connection is sent
            // to
            // another server after its retry.
            List<Client.Attempt> lost =
                    traffic.attempts().stream()
                            .filter(a -> !a.succeeded() && a.startNanos() > killed)
                            .toList();
            assertEquals(List.of(), lost, () -> traffic.failures(killed) + evidence());
        }
    }

    @Test
    void aFailingScriptLowersThePriorityByItsWeight() throws IOException {
        Path alive = scriptDirectory(nodes.get(0).host()).resolve("alive");
        long begin = VrrpCapture.epochMicros();
        Files.delete(alive);
        try {
            // fall 10, interval 3
            capture.await(
                    "lb1 advertises 98",
                    Duration.ofSeconds(60),
                    p -> p.source().equals("10.77.0.11") && p.priority() == 98);
            awaitOwner("lb2", SOON);
        } finally {
            Files.createFile(alive);
        }
        // rise 2, interval 3
        awaitOwner("lb1", SOON);
        capture.assertSound("10.77.0.11", 51, 2);
        capture.assertSound("10.77.0.12", 51, 2);
        List<VrrpPacket> packets = capture.packets(p -> p.epochMicros() > begin);
        assertFalse(packets.isEmpty());
        for (VrrpPacket packet : packets) {
            assertTrue(packet.text().contains("auth \"42\""), packet.text());
            assertTrue(Set.of(0, 98, 99, 100).contains(packet.priority()), packet.text());
        }
    }

    private void addNode(String name, String address, String keepalived) throws IOException {
        LabHost host = lab().addHost(name, "eth0", address + "/24");
        Path scripts = Files.createDirectories(scriptDirectory(host));
        Files.createFile(scripts.resolve("alive"));
        Path script = scripts.resolve("apiserver-alive.sh");
        Files.writeString(script, "#!/bin/sh\nexec test -e " + SCRIPT_DIRECTORY + "/alive\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        // Seen by this node's processes only: ip netns exec gives each its own mounts.
        List<String> withScripts =
                List.of(
                        "sh",
                        "-c",
                        "mount --bind \"$0\" " + SCRIPT_DIRECTORY + " && exec \"$@\"",
                        scripts.toString());
        String haproxy = Configs.resource("kubernetes/haproxy.cfg");
        nodes.add(Nodes.ofChosenKind(host, keepalived, haproxy, withScripts));
    }

    private Path scriptDirectory(LabHost host) {
        return host.directory().resolve("etc-keepalived");
    }

    private List<String> answers(int count) {
        return client.pages(count).stream().map(page -> page == null ? "" : page).toList();
    }

    private void awaitOwner(String name, Duration limit) {
        Conditions.await(
                name + " alone owns the address",
                limit,
                () -> watch.owners(VIP).equals(Set.of(name)),
                () -> "\n" + watch.timeline(VIP).describe(System.nanoTime()) + evidence());
    }
}

package io.evenkeel.examples.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.examples.lab.CommandResult;
import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** UDP to a server behind a router whose way there takes shorter datagrams than the LAN. */
class PathMtuIT extends LabTest {
    private static final int PATH_MTU_BYTES = 1300;

    private static final String HAPROXY =
            """
            udp-lb tunnel
                dgram-bind 10.88.0.1:%d
                timeout client 60s
                server s1 %s:5000
            """;

    private LabHost proxy;
    private LabHost client;
    private LabHost server;

    @BeforeAll
    void buildHosts() {
        createLab("sysctl");
        proxy = lab().addHost("proxy", "eth0", "10.88.0.1/24");
        server = lab().addHost("server", "eth0", "10.88.0.2/24");
        LabHost router = lab().addHost("router", "eth0", "10.88.0.5/24");
        client = lab().addHost("client", "eth0", "10.88.0.9/24");
        run(router, "sysctl -q -w net.ipv4.ip_forward=1");
        // It would tell the proxy that there is a shorter way.
        run(router, "sysctl -q -w net.ipv4.conf.all.send_redirects=0");
        run(router, "sysctl -q -w net.ipv4.conf.eth0.send_redirects=0");
        // An address for each run: the proxy's host remembers what the way to one takes.
        for (String address : Set.of("203.0.113.1", "203.0.113.2", "203.0.113.3")) {
            run(server, "ip addr add " + address + "/32 dev lo");
            run(router, "ip route add " + address + " via 10.88.0.2 mtu " + PATH_MTU_BYTES);
            run(proxy, "ip route add " + address + " via 10.88.0.5");
        }
    }

    private static void run(LabHost host, String words) {
        CommandResult done = host.run(words.split(" "));
        assertEquals(0, done.exitCode(), done.output());
    }

    @ParameterizedTest
    @CsvSource({"epoll, 203.0.113.1", "io_uring, 203.0.113.2", "nio, 203.0.113.3"})
    void aDatagramThatIsTooLongForTheWayDoesNotMoveTheSession(String transport, String address)
            throws Exception {
        int port = 6000 + address.charAt(address.length() - 1);
        Path file =
                Configs.write(
                        proxy.directory(), transport + ".cfg", HAPROXY.formatted(port, address));
        LabProcess launcher =
                proxy.start(
                        transport,
                        Launcher.command(
                                "run", "--haproxy", file.toString(), "--transport", transport));
        Conditions.await(
                "the proxy",
                Duration.ofSeconds(30),
                () -> launcher.output().contains("running as process"),
                this::evidence);
        Set<InetSocketAddress> sources = ConcurrentHashMap.newKeySet();
        Thread answers;
        try (DatagramSocket echo =
                        server.call(
                                () -> new DatagramSocket(new InetSocketAddress(address, 5000)));
                DatagramSocket socket = client.call(() -> new DatagramSocket())) {
            answers = new Thread(() -> answer(echo, sources));
            answers.start();
            socket.connect(new InetSocketAddress(InetAddress.getByName("10.88.0.1"), port));
            socket.setSoTimeout(500);
            ask(socket, "hello".getBytes(US_ASCII));
            ask(socket, new byte[PATH_MTU_BYTES + 100]);
            ask(socket, "goodbye".getBytes(US_ASCII));
            assertEquals(1, sources.size(), () -> "moved: " + sources);
        }
        answers.join();
        launcher.terminate();
        assertEquals(0, launcher.awaitExit(30, TimeUnit.SECONDS), launcher.output());
    }

    private static void answer(DatagramSocket socket, Set<InetSocketAddress> sources) {
        DatagramPacket packet = new DatagramPacket(new byte[2000], 2000);
        try {
            while (true) {
                packet.setLength(2000);
                socket.receive(packet);
                sources.add((InetSocketAddress) packet.getSocketAddress());
                socket.send(packet);
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    /** Sends it again until there is an answer, as those do who speak UDP. */
    private void ask(DatagramSocket socket, byte[] bytes) throws IOException {
        DatagramPacket answer = new DatagramPacket(new byte[2000], 2000);
        for (int i = 0; i < 20; i++) {
            socket.send(new DatagramPacket(bytes, bytes.length));
            try {
                // What was sent again is answered again, perhaps only now.
                do {
                    answer.setLength(2000);
                    socket.receive(answer);
                } while (!Arrays.equals(
                        bytes, Arrays.copyOf(answer.getData(), answer.getLength())));
                return;
            } catch (SocketTimeoutException e) {
                // It was lost.
            }
        }
        throw new AssertionError("No answer to " + bytes.length + " bytes" + evidence());
    }
}

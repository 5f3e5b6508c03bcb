package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.haproxy.HaproxyConfigReader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real DNS: dig asks two dnsmasq through the proxy, over UDP and over TCP. */
class DnsTest {
    private static final List<Process> SERVERS = new ArrayList<>();
    private static final List<Integer> PORTS = new ArrayList<>();

    @TempDir private static Path directory;

    @BeforeAll
    static void startServers() throws Exception {
        for (String address : List.of("192.0.2.101", "192.0.2.102")) {
            int port = TcpServer.unusedPort();
            Path log = directory.resolve(address + ".log");
            List<String> command =
                    new ArrayList<>(
                            List.of(
                                    "/usr/sbin/dnsmasq",
                                    "--keep-in-foreground",
                                    "--conf-file=/dev/null",
                                    "--no-resolv",
                                    "--no-hosts",
                                    "--user=root",
                                    "--pid-file=",
                                    "--listen-address=127.0.0.1",
                                    "--bind-interfaces",
                                    "--edns-packet-max=4096",
                                    "--port=" + port,
                                    "--address=/who.example.net/" + address));
            // Some 3000 bytes of text, more than one Ethernet frame.
            for (int i = 0; i < 14; i++) {
                command.add("--txt-record=long.example.net," + i + "x".repeat(200));
            }
            SERVERS.add(
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start());
            PORTS.add(port);
            Process server = SERVERS.get(SERVERS.size() - 1);
            Await.until(
                    "dnsmasq answers",
                    () -> {
                        if (!server.isAlive()) {
                            throw new AssertionError(Files.readString(log));
                        }
                        return dig(port, "who.example.net", "+tcp", "+tries=1").equals(address);
                    });
        }
    }

    @AfterAll
    static void stopServers() {
        SERVERS.forEach(Process::destroyForcibly);
        SERVERS.forEach(server -> server.onExit().join());
    }

    private static String dig(int port, String name, String... options) throws Exception {
        List<String> command =
                new ArrayList<>(
                        List.of("dig", "@127.0.0.1", "-p", "" + port, "+short", "+time=5", name));
        command.addAll(List.of(options));
        Process dig = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(dig.getInputStream().readAllBytes());
        assertTrue(dig.waitFor(10, TimeUnit.SECONDS));
        return answer.strip();
    }

    private static String config(int port) {
        return """
        udp-lb dns
            dgram-bind 127.0.0.1:%d
            proxy-responses 1
            balance roundrobin
            timeout client 5s
            server a 127.0.0.1:%d check
            server b 127.0.0.1:%d check
        """
                .formatted(port, PORTS.get(0), PORTS.get(1));
    }

    private static TcpProxy start(Transport transport) throws Exception {
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(
                                HaproxyConfigReader.read("f", config(TcpServer.unusedPort()))
                                        .proxy())
                        .eventLoops(2)
                        .transport(transport)
                        .drainTimeout(Duration.ZERO)
                        .build();
        proxy.start();
        Await.until(
                "both servers are up, by a check over TCP",
                () -> proxy.backend("dns").pool().usableCount() == 2);
        return proxy;
    }

    @ParameterizedTest
    @EnumSource
    void eachQuestionIsASessionThatEndsWithItsAnswer(Transport transport) throws Exception {
        try (TcpProxy proxy = start(transport)) {
            InetSocketAddress address = proxy.boundAddresses("dns").get(0);
            Set<String> answers = new HashSet<>();
            for (int i = 0; i < 4; i++) {
                answers.add(dig(address.getPort(), "who.example.net"));
            }
            assertEquals(Set.of("192.0.2.101", "192.0.2.102"), answers);
            // An answer may be read before its session has ended.
            Await.until("all have ended", () -> proxy.snapshot().udp().activeSessions() == 0);
            UdpSnapshot counted = proxy.snapshot().udp();
            assertEquals(4, counted.openedSessions());
            assertEquals(4, counted.fromServers());
        }
    }

    @Test
    void anAnswerThatIsLongerThanAnEthernetFrameArrives() throws Exception {
        try (TcpProxy proxy = start(Transport.best())) {
            int port = proxy.boundAddresses("dns").get(0).getPort();
            String text =
                    dig(port, "long.example.net", "TXT", "+bufsize=4096", "+ignore", "+notcp");
            assertEquals(14, text.lines().filter(line -> line.contains("x".repeat(200))).count());
        }
    }
}

package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.examples.lab.CommandResult;
import io.evenkeel.examples.lab.LabHost;
import io.evenkeel.examples.lab.LabProcess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A proxy that neither side sees: it takes connections to an address that no host has, and its server sees the client's. */
class TransparentIT extends LabTest {
    private static final String HAPROXY =
            """
            defaults
                timeout client 10s
                timeout connect 10s
                timeout server 10s
            frontend web
                bind 0.0.0.0:8080 transparent
                tcp-request connection reject unless { dst 203.0.113.5 }
                use_backend port if { dst_port 81 }
                default_backend address
            backend address
                source 0.0.0.0 usesrc clientip
                server s1 10.88.0.2:80
            backend port
                source 0.0.0.0 usesrc client
                server s1 10.88.0.2:80
            """;

    /** As the kernel's description of TPROXY has it: sockets first, then new connections. */
    private static final String RULES =
            """
            table ip transparent {
                chain divert {
                    type filter hook prerouting priority mangle;
                    meta l4proto tcp socket transparent 1 meta mark set 1 accept
                    ip daddr 203.0.113.5 tcp dport { 80, 81 } tproxy to :8080 meta mark set 1 accept
                }
            }
            """;

    private LabHost proxy;
    private LabHost client;
    private LabHost server;

    @BeforeAll
    void buildHosts() {
        createLab("setpriv", "nft");
        proxy = lab().addHost("proxy", "eth0", "10.88.0.1/24");
        server = lab().addHost("server", "eth0", "10.88.0.2/24");
        client = lab().addHost("client", "eth0", "10.88.0.9/24");
        // Answers and requests alike come by the proxy.
        ip(server, "route add 10.88.0.9/32 via 10.88.0.1");
        ip(client, "route add 203.0.113.5/32 via 10.88.0.1");
        ip(proxy, "rule add fwmark 1 lookup 100");
        ip(proxy, "route add local 0.0.0.0/0 dev lo table 100");
        Path rules = Configs.write(proxy.directory(), "rules.nft", RULES);
        CommandResult loaded = proxy.run("nft", "-f", rules.toString());
        assertEquals(0, loaded.exitCode(), loaded.output());
    }

    private static void ip(LabHost host, String words) {
        CommandResult done = host.run(("ip " + words).split(" "));
        assertEquals(0, done.exitCode(), done.output());
    }

    @Test
    void clientsReachAnAddressOfNobodyAndTheServerSeesTheirs() throws Exception {
        Path file = Configs.write(proxy.directory(), "haproxy.cfg", HAPROXY);
        LabProcess launcher =
                proxy.start("evenkeel", Launcher.command("run", "--haproxy", file.toString()));
        Conditions.await(
                "the proxy",
                Duration.ofSeconds(30),
                () -> launcher.output().contains("running as process"),
                this::evidence);
        try (ServerSocket listener =
                server.call(
                        () -> {
                            ServerSocket opened = new ServerSocket();
                            opened.bind(new InetSocketAddress("10.88.0.2", 80));
                            opened.setSoTimeout(10_000);
                            return opened;
                        })) {
            String[] byAddress = exchange(listener, 80);
            assertEquals("10.88.0.9", address(byAddress[1]));
            String[] byPort = exchange(listener, 81);
            assertEquals(byPort[0], byPort[1]);
        }
        launcher.terminate();
        assertEquals(0, launcher.awaitExit(30, TimeUnit.SECONDS), launcher.output());
    }

    /** What the client is and what the server sees, after the client has heard of it. */
    private String[] exchange(ServerSocket listener, int port) throws Exception {
        InetSocketAddress nobody = new InetSocketAddress("203.0.113.5", port);
        try (Socket socket = client.call(() -> new Socket(nobody.getAddress(), nobody.getPort()))) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write('1');
            try (Socket accepted = listener.accept()) {
                accepted.setSoTimeout(10_000);
                assertEquals('1', accepted.getInputStream().read());
                String seen = accepted.getRemoteSocketAddress().toString();
                accepted.getOutputStream().write(seen.getBytes(StandardCharsets.US_ASCII));
                accepted.shutdownOutput();
                String told =
                        new String(
                                socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
                return new String[] {socket.getLocalSocketAddress().toString(), told};
            }
        }
    }

    private static String address(String socketAddress) throws IOException {
        return socketAddress.substring(1, socketAddress.indexOf(':'));
    }

    @ParameterizedTest
    @CsvSource({
        "'    source 0.0.0.0 usesrc clientip\n', ''",
        "'', transparent",
    })
    void withoutTheCapabilityTheStartSaysSo(String source, String bindWord) {
        String text =
                """
                defaults
                    timeout client 10s
                    timeout connect 10s
                    timeout server 10s
                frontend web
                    bind 10.88.0.1:8080 %s
                    default_backend app
                backend app
                %s    server s1 10.88.0.2:80
                """
                        .formatted(bindWord, source);
        Path file = Configs.write(proxy.directory(), "refused.cfg", text);
        List<String> command =
                new ArrayList<>(List.of("setpriv", "--bounding-set=-net_admin,-net_raw"));
        command.addAll(Launcher.command("run", "--haproxy", file.toString()));
        LauncherRun run = LauncherRun.of(proxy.run(command.toArray(String[]::new)));
        run.assertExit(3);
        assertTrue(
                run.output()
                        .contains(
                                "using addresses that are not this host's (IP_TRANSPARENT) is refused, for which"
                                        + " the capability CAP_NET_ADMIN or CAP_NET_RAW is missing"),
                run.output());
    }
}

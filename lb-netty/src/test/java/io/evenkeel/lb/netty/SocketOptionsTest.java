package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.KeepAlive;
import io.evenkeel.lb.ListenConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.SourceConfig;
import io.evenkeel.lb.SourceConfig.Appearance;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sockets are opened as configured; what the system has made of that is told by {@code ss}. */
class SocketOptionsTest {
    private static final BindAddress LOOPBACK = new BindAddress("127.0.0.1", 0);

    private static ProxyFixture listening(Transport transport, ListenConfig config, int server)
            throws ProxyStartException {
        return ProxyFixture.start(
                transport,
                frontend -> frontend.listenConfig(LOOPBACK, config),
                backend -> backend.servers(ProxyFixture.at(server)));
    }

    private static ProxyFixture connecting(Transport transport, ConnectConfig config, int port)
            throws ProxyStartException {
        return ProxyFixture.start(
                transport,
                frontend -> frontend,
                backend ->
                        backend.server(
                                ServerConfig.builder("s1", "127.0.0.1", port)
                                        .connect(config)
                                        .build()));
    }

    private static String ss(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ss", "-H", "-n", "-t"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(process.getInputStream().readAllBytes());
    }

    private static void assertEchoes(Socket client) throws IOException {
        client.getOutputStream().write('x');
        assertEquals('x', client.getInputStream().read());
    }

    @ParameterizedTest
    @EnumSource
    void theQueueOfAListenerIsAsLongAsConfigured(Transport transport) throws Exception {
        try (TcpServer echo = TcpServer.echo();
                ProxyFixture proxy =
                        listening(
                                transport,
                                ListenConfig.builder().backlog(7).build(),
                                echo.port())) {
            String listeners = ss("-l", "sport", "=", ":" + proxy.address().getPort());
            assertTrue(listeners.matches("(?s)(LISTEN +0 +7 +.*\n)+"), listeners);
        }
    }

    @ParameterizedTest
    @EnumSource
    void silentClientsAndServersAreAskedWhetherTheyAreThere(Transport transport) throws Exception {
        ConnectConfig toServer =
                ConnectConfig.builder().keepAlive(new KeepAlive(300, 60, 4)).build();
        try (TcpServer echo = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend ->
                                        frontend.listenConfig(
                                                LOOPBACK,
                                                ListenConfig.builder()
                                                        .keepAlive(new KeepAlive(120, 0, 0))
                                                        .build()),
                                backend ->
                                        backend.server(
                                                ServerConfig.builder("s1", "127.0.0.1", echo.port())
                                                        .connect(toServer)
                                                        .build()));
                Socket client = proxy.connect()) {
            assertEchoes(client);
            String ofClient = ss("-o", "sport", "=", ":" + proxy.address().getPort());
            // Two minutes, or less by what has passed.
            assertTrue(ofClient.matches("(?s).*timer:\\(keepalive,(2min,|1min5).*"), ofClient);
            String ofServer = ss("-o", "dport", "=", ":" + echo.port());
            assertTrue(ofServer.matches("(?s).*timer:\\(keepalive,(5min,|4min5).*"), ofServer);
        }
    }

    @Test
    void aConnectionIsDeferredUntilItsFirstBytesAreThere() throws Exception {
        try (TcpServer echo = TcpServer.echo();
                ProxyFixture proxy =
                        listening(
                                Transport.EPOLL,
                                ListenConfig.builder().deferAccept(true).fastOpen(true).build(),
                                echo.port());
                Socket silent = proxy.connect();
                Socket client = proxy.connect()) {
            assertEchoes(client);
            assertEquals(1, proxy.proxy().snapshot().acceptedSessions(), silent::toString);
        }
    }

    @Test
    void clientsAreAskedForSegmentsOfThatSize() throws Exception {
        try (TcpServer echo = TcpServer.echo();
                ProxyFixture proxy =
                        listening(
                                Transport.EPOLL,
                                ListenConfig.builder().maxSegmentBytes(1000).build(),
                                echo.port());
                Socket client = proxy.connect()) {
            assertEchoes(client);
            String ofClient = ss("-i", "dport", "=", ":" + proxy.address().getPort());
            assertTrue(ofClient.matches("(?s).* mss:9\\d\\d .*"), ofClient);
        }
    }

    @Test
    void aListenerOfOneInterfaceTakesNoOthersConnections() throws Exception {
        try (TcpServer echo = TcpServer.echo()) {
            ListenConfig ofLoopback = ListenConfig.builder().device("lo").build();
            try (ProxyFixture proxy = listening(Transport.EPOLL, ofLoopback, echo.port());
                    Socket client = proxy.connect()) {
                assertEchoes(client);
                String listener = ss("-l", "sport", "=", ":" + proxy.address().getPort());
                assertTrue(listener.contains("127.0.0.1%lo:"), listener);
            }
            ListenConfig ofNone = ListenConfig.builder().device("nosuchif").build();
            assertEquals(
                    "Frontend web cannot listen on 127.0.0.1:0: there is no interface nosuchif.",
                    assertThrows(
                                    ProxyStartException.class,
                                    () -> listening(Transport.EPOLL, ofNone, echo.port()).close())
                            .getMessage());
        }
    }

    @Test
    void ipv6AloneLeavesTheSamePortOfIpv4ToAnother() throws Exception {
        int port = TcpServer.unusedPort();
        BindAddress six = new BindAddress("::", port);
        BindAddress four = new BindAddress("127.0.0.1", port);
        try (TcpServer a = TcpServer.named("4");
                TcpServer b = TcpServer.named("6")) {
            FrontendConfig web4 =
                    FrontendConfig.builder("web4").bind(four).defaultBackend("four").build();
            FrontendConfig web6 =
                    FrontendConfig.builder("web6")
                            .bind(six)
                            .listenConfig(six, ListenConfig.builder().ipv6Only(true).build())
                            .defaultBackend("six")
                            .build();
            ProxyConfig config =
                    new ProxyConfig(
                            List.of(web4, web6),
                            List.of(backend("four", a.port()), backend("six", b.port())));
            try (TcpProxy proxy = TcpProxy.builder().config(config).eventLoops(1).build()) {
                proxy.start();
                assertEquals("4", ask("127.0.0.1", port));
                assertEquals("6", ask("::1", port));
            }
        }
    }

    private static BackendConfig backend(String name, int port) {
        return BackendConfig.builder(name).servers(ProxyFixture.at(port)).build();
    }

    private static String ask(String host, int port) throws IOException {
        try (Socket client = new Socket(host, port)) {
            return new String(client.getInputStream().readAllBytes());
        }
    }

    @Test
    void anAddressThatIsListenedOnOtherwiseAcceptsAllTheTime() throws Exception {
        int port = TcpServer.unusedPort();
        BindAddress bind = new BindAddress("127.0.0.1", port);
        try (TcpServer server = TcpServer.named("here");
                TcpProxy proxy =
                        TcpProxy.builder()
                                .config(config(bind, ListenConfig.DEFAULT, server.port()))
                                .eventLoops(2)
                                .transport(Transport.EPOLL)
                                .build()) {
            proxy.start();
            for (int backlog = 10; backlog < 15; backlog++) {
                assertEquals("here", ask("127.0.0.1", port));
                proxy.apply(
                        config(
                                bind,
                                ListenConfig.builder().backlog(backlog).build(),
                                server.port()));
                String listeners = ss("-l", "sport", "=", ":" + port);
                assertTrue(
                        listeners.matches("(?s)(LISTEN +0 +" + backlog + " +.*\n){2}"), listeners);
            }
            assertEquals("here", ask("127.0.0.1", port));
        }
    }

    private static ProxyConfig config(BindAddress bind, ListenConfig listen, int server) {
        return new ProxyConfig(
                List.of(
                        FrontendConfig.builder("web")
                                .bind(bind)
                                .listenConfig(bind, listen)
                                .defaultBackend("app")
                                .build()),
                List.of(backend("app", server)));
    }

    @ParameterizedTest
    @EnumSource
    void serversSeeTheAddressesOfThePoolInTurn(Transport transport) throws Exception {
        ConnectConfig pool =
                ConnectConfig.builder().source(SourceConfig.of("127.0.0.5", "127.0.0.6")).build();
        try (TcpServer mirror = mirror();
                ProxyFixture proxy = connecting(transport, pool, mirror.port())) {
            String first = seen(proxy).replaceAll(":.*", "");
            String second = seen(proxy).replaceAll(":.*", "");
            assertEquals(List.of("127.0.0.5", "127.0.0.6"), sorted(first, second));
            assertEquals(first, seen(proxy).replaceAll(":.*", ""));
        }
    }

    @ParameterizedTest
    @EnumSource
    void checksComeFromThereToo(Transport transport) throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        ConnectConfig pool =
                ConnectConfig.builder()
                        .source(
                                new SourceConfig(
                                        List.of("127.0.0.5"),
                                        0,
                                        0,
                                        transport == Transport.NIO ? null : "lo",
                                        Appearance.OWN))
                        .build();
        try (TcpServer server =
                        TcpServer.start(
                                connection ->
                                        seen.add(connection.getInetAddress().getHostAddress()));
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(
                                                ServerConfig.builder(
                                                                "s1", "127.0.0.1", server.port())
                                                        .connect(pool)
                                                        .check(CheckConfig.builder().build())
                                                        .build()))) {
            assertEquals("127.0.0.5", seen.poll(10, TimeUnit.SECONDS));
            Await.until("the check passes", () -> proxy.proxy().backend("app").hasUsable());
        }
    }

    private static List<String> sorted(String... names) {
        return List.of(names).stream().sorted().toList();
    }

    /** Says where a connection comes from, and waits until it ends. */
    private static TcpServer mirror() throws IOException {
        return TcpServer.start(
                connection -> {
                    InetSocketAddress from =
                            (InetSocketAddress) connection.getRemoteSocketAddress();
                    connection
                            .getOutputStream()
                            .write(
                                    (from.getAddress().getHostAddress()
                                                    + ":"
                                                    + from.getPort()
                                                    + "\n")
                                            .getBytes());
                    connection.getInputStream().read();
                });
    }

    private static String seen(ProxyFixture proxy) throws IOException {
        try (Socket client = proxy.connect()) {
            return line(client);
        }
    }

    private static String line(Socket client) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c; (c = client.getInputStream().read()) > '\n'; ) {
            line.append((char) c);
        }
        return line.toString();
    }

    @ParameterizedTest
    @EnumSource
    void eachConnectionHasAPortOfTheRangeToItselfAndNoServerSuffersWhenAllAreTaken(
            Transport transport) throws Exception {
        int first = 20_000 + (int) (ProcessHandle.current().pid() % 5_000) * 2;
        ConnectConfig range =
                ConnectConfig.builder()
                        .source(
                                new SourceConfig(
                                        List.of("127.0.0.5"),
                                        first,
                                        first + 1,
                                        null,
                                        Appearance.OWN))
                        .build();
        try (TcpServer mirror = mirror();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.retries(0)
                                                .server(
                                                        ServerConfig.builder(
                                                                        "s1",
                                                                        "127.0.0.1",
                                                                        mirror.port())
                                                                .connect(range)
                                                                .build()))) {
            try (Socket one = proxy.connect();
                    Socket two = proxy.connect()) {
                assertEquals(
                        List.of("127.0.0.5:" + first, "127.0.0.5:" + (first + 1)),
                        sorted(line(one), line(two)));
                proxy.assertResetsItsClients();
                assertEquals(TerminationCause.LOCAL_PORTS, proxy.awaitEnd().cause());
            }
            proxy.awaitEnd();
            proxy.awaitEnd();
            // The ports are free again, though perhaps in TIME_WAIT; Linux takes them anew on
            // loopback.
            assertTrue(seen(proxy).startsWith("127.0.0.5:"), "served again");
        }
    }

    @Test
    void aServerSeesTheAddressOfTheClient() throws Exception {
        ConnectConfig transparent =
                ConnectConfig.builder()
                        .source(
                                new SourceConfig(
                                        List.of("0.0.0.0"), 0, 0, "lo", Appearance.CLIENT_ADDRESS))
                        .build();
        try (TcpServer mirror = mirror();
                ProxyFixture proxy = connecting(Transport.EPOLL, transparent, mirror.port());
                Socket client = new Socket()) {
            client.bind(new InetSocketAddress("127.0.0.9", 0));
            client.connect(proxy.address(), 10_000);
            assertTrue(line(client).startsWith("127.0.0.9:"));
        }
    }

    @Test
    void anAddressThatThisHostHasNotIsNobodysFault() throws Exception {
        ConnectConfig elsewhere =
                ConnectConfig.builder().source(SourceConfig.of("192.0.2.77")).build();
        try (TcpServer mirror = mirror();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                Transport.EPOLL,
                                frontend -> frontend,
                                backend ->
                                        backend.retries(0)
                                                .server(
                                                        ServerConfig.builder(
                                                                        "s1",
                                                                        "127.0.0.1",
                                                                        mirror.port())
                                                                .connect(elsewhere)
                                                                .build()))) {
            proxy.assertResetsItsClients();
            assertEquals(TerminationCause.LOCAL_PORTS, proxy.awaitEnd().cause());
            assertEquals(0, mirror.accepted());
        }
    }

    @Test
    void whatTheJdkCannotDoIsToldAtTheStart() throws Exception {
        assertRefusedByTheJdk(
                "it is to take connections to foreign addresses",
                ListenConfig.builder().transparent(true).build());
        assertRefusedByTheJdk(
                "it is to take the connections of interface lo only",
                ListenConfig.builder().device("lo").build());
        assertRefusedByTheJdk(
                "it is to take no IPv4 connections", ListenConfig.builder().ipv6Only(true).build());
        assertRefusedByTheJdk(
                "it has a user timeout",
                ListenConfig.builder().userTimeout(Duration.ofSeconds(1)).build());
        assertEquals(
                "Server s1 (127.0.0.1:80) of backend app cannot be connected to as configured:"
                        + " connections are to come from foreign addresses, which needs Netty's"
                        + " epoll library on Linux.",
                assertThrows(
                                ProxyStartException.class,
                                () ->
                                        connecting(
                                                        Transport.NIO,
                                                        ConnectConfig.builder()
                                                                .source(
                                                                        new SourceConfig(
                                                                                List.of("0.0.0.0"),
                                                                                0,
                                                                                0,
                                                                                null,
                                                                                Appearance
                                                                                        .CLIENT_ADDRESS))
                                                                .build(),
                                                        80)
                                                .close())
                        .getMessage());
    }

    private static void assertRefusedByTheJdk(String what, ListenConfig config) {
        assertEquals(
                "Frontend web cannot listen on 127.0.0.1:0: "
                        + what
                        + ", which needs Netty's epoll library on Linux.",
                assertThrows(
                                ProxyStartException.class,
                                () -> listening(Transport.NIO, config, 80).close())
                        .getMessage());
    }

    @Test
    void aListenerForForeignAddressesIsOpenedAndClosed() throws Exception {
        try (TcpServer echo = TcpServer.echo();
                ProxyFixture proxy =
                        listening(
                                Transport.EPOLL,
                                ListenConfig.builder().transparent(true).build(),
                                echo.port())) {
            try (Socket client = proxy.connect()) {
                assertEchoes(client);
            }
        }
    }
}

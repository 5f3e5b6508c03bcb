package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AccessRule;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Condition;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ProxyLimits;
import io.evenkeel.lb.SourceLimitConfig;
import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickTableConfig;
import io.evenkeel.lb.haproxy.HaproxyConfigReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is not accepted, or not served, for a limit. */
class AcceptLimitsTest {
    private static final StickTableConfig TABLE =
            StickTableConfig.builder(StickKeyType.ipv6(), 100)
                    .store(StickDataType.CONN_CUR)
                    .store(StickDataType.CONN_RATE, Duration.ofHours(1))
                    .store(StickDataType.SESS_RATE, Duration.ofHours(1))
                    .store(StickDataType.BYTES_IN_CNT)
                    .store(StickDataType.BYTES_OUT_CNT)
                    .build();

    private static void echo(Socket client) throws IOException {
        client.getOutputStream().write('1');
        assertEquals('1', client.getInputStream().read());
    }

    /** A connection that is answered; null: it was reset, which may come as early as during the connect. */
    private static @Nullable Socket served(ProxyFixture proxy) throws IOException {
        Socket client = null;
        try {
            client = proxy.connect();
            client.getOutputStream().write('1');
            if (client.getInputStream().read() == '1') {
                return client;
            }
        } catch (SocketException e) {
            // It was reset.
        }
        if (client != null) {
            client.close();
        }
        return null;
    }

    private static ProxyFixture limited(Transport transport, TcpServer server, SourceLimitConfig by)
            throws ProxyStartException {
        return ProxyFixture.start(
                transport,
                frontend -> frontend.stickTable(TABLE).sourceLimit(by),
                backend -> backend.servers(ProxyFixture.at(server.port())));
    }

    @ParameterizedTest
    @EnumSource
    void ofHundredsOfConnectionsOfOneSourceTheLimitIsKeptAndNoServerHearsOfTheOthers(
            Transport transport) throws Exception {
        List<Socket> kept = new ArrayList<>();
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        limited(transport, server, new SourceLimitConfig("web", 20, 0, 0))) {
            for (int i = 0; i < 300; i++) {
                Socket client = served(proxy);
                if (client != null) {
                    kept.add(client);
                }
            }
            assertEquals(20, kept.size());
            assertEquals(20, server.accepted());
            for (int i = 0; i < 280; i++) {
                assertEquals(TerminationCause.SOURCE_LIMIT, proxy.awaitEnd().cause());
            }
            kept.remove(0).close();
            assertEquals(TerminationCause.COMPLETED, proxy.awaitEnd().cause());
            try (Socket next = proxy.connect()) {
                echo(next);
            }
        } finally {
            for (Socket client : kept) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatASourceSentAndGotIsCountedWhenItsConnectionsEnd(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        limited(transport, server, new SourceLimitConfig("web", 20, 0, 0))) {
            for (long i = 1; i <= 3; i++) {
                try (Socket client = proxy.connect()) {
                    echo(client);
                }
                proxy.awaitEnd();
                Map<StickDataType, Long> counted =
                        proxy.proxy().stickTable("web").entries(System.nanoTime()).get(0).values();
                assertEquals(i, counted.get(StickDataType.BYTES_IN_CNT));
                assertEquals(i, counted.get(StickDataType.BYTES_OUT_CNT));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSourceThatIsTooFastIsRefused(Transport transport) throws Exception {
        for (SourceLimitConfig limit :
                List.of(
                        new SourceLimitConfig("web", 0, 10, 0),
                        new SourceLimitConfig("web", 0, 0, 10))) {
            try (TcpServer server = TcpServer.echo();
                    ProxyFixture proxy = limited(transport, server, limit)) {
                int served = 0;
                for (int i = 0; i < 30; i++) {
                    try (Socket client = served(proxy)) {
                        served += client == null ? 0 : 1;
                    }
                }
                assertEquals(10, served, limit.toString());
                assertEquals(10, server.accepted());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoARuleAcceptsIsNotLimited(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend ->
                                        frontend.stickTable(TABLE)
                                                .connectionRule(
                                                        new AccessRule(
                                                                AccessRule.Action.ACCEPT,
                                                                Condition.source("127.0.0.0/8")))
                                                .sourceLimit(new SourceLimitConfig("web", 1, 0, 0)),
                                backend -> backend.servers(ProxyFixture.at(server.port())));
                Socket first = proxy.connect();
                Socket second = proxy.connect()) {
            echo(first);
            echo(second);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLimitOfAllFrontendsHoldsForTheirSum(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy =
                        TcpProxy.builder()
                                .config(
                                        ProxyConfig.builder()
                                                .frontends(frontend("a"), frontend("b"))
                                                .backends(
                                                        BackendConfig.builder("app")
                                                                .servers(
                                                                        ProxyFixture.at(
                                                                                server.port()))
                                                                .build())
                                                .limits(new ProxyLimits(1, 0, 0))
                                                .build())
                                .eventLoops(2)
                                .transport(transport)
                                .drainTimeout(Duration.ZERO)
                                .build()) {
            proxy.start();
            for (int round = 0; round < 5; round++) {
                Socket first = connect(proxy, "a");
                echo(first);
                try (Socket waiting = connect(proxy, "b")) {
                    waiting.getOutputStream().write('1');
                    assertEquals(1, proxy.snapshot().activeSessions());
                    first.close();
                    assertEquals('1', waiting.getInputStream().read());
                }
            }
        }
    }

    private static FrontendConfig frontend(String name) {
        return FrontendConfig.builder(name).bind("127.0.0.1", 0).defaultBackend("app").build();
    }

    private static Socket connect(TcpProxy proxy, String frontend) throws IOException {
        InetSocketAddress address = proxy.boundAddresses(frontend).get(0);
        Socket socket = new Socket();
        socket.connect(address, 10_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    @ParameterizedTest
    @EnumSource
    void connectionsAboveTheRateWaitAndAreServed(Transport transport) throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend.maxSessionRate(100).maxConnections(15),
                                backend -> backend.servers(ProxyFixture.at(server.port())))) {
            for (int i = 0; i < 30; i++) {
                Socket client = proxy.connect();
                clients.add(client);
                client.getOutputStream().write('1');
            }
            assertTrue(proxy.proxy().snapshot().acceptedSessions() <= 15);
            Await.until(
                    "all are served",
                    () -> {
                        clients.removeIf(AcceptLimitsTest::closeIfAnswered);
                        return clients.isEmpty();
                    });
            for (int i = 0; i < 30; i++) {
                assertNotNull(proxy.awaitEnd().server());
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsForTheRateIsServedWhenTheListenerIsClosed(Transport transport) throws Exception {
        List<Socket> clients = new ArrayList<>();
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend.maxSessionRate(1),
                                backend -> backend.servers(ProxyFixture.at(server.port())))) {
            for (int i = 0; i < 5; i++) {
                clients.add(proxy.connect());
            }
            proxy.proxy().stopListening();
            for (Socket client : clients) {
                echo(client);
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRateThatIsLiftedLetsThoseInThatWait(Transport transport) throws Exception {
        List<Socket> clients = new ArrayList<>();
        int port = TcpServer.unusedPort();
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy =
                        TcpProxy.builder()
                                .config(rated(port, 2, server))
                                .eventLoops(1)
                                .transport(transport)
                                .drainTimeout(Duration.ZERO)
                                .build()) {
            proxy.start();
            for (int i = 0; i < 30; i++) {
                Socket client = connect(proxy, "web");
                clients.add(client);
                client.getOutputStream().write('1');
            }
            proxy.apply(rated(port, 0, server));
            // At the old rate the last would come after the 15 s that no client waits.
            for (Socket client : clients) {
                assertEquals('1', client.getInputStream().read());
            }
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    /** As with HAProxy; else the last client would have to wait for 20 s. */
    @ParameterizedTest
    @CsvSource({
        "maxsessrate 2, tcp-request connection reject if { src 127.0.0.7 }",
        "rate-limit sessions 2, tcp-request connection reject if { src 127.0.0.7 }",
        "maxsessrate 2, stick-table type ip size 1k expire 1h store conn_rate(1h)"
                + "|tcp-request connection track-sc0 src|tcp-request connection reject if { src_conn_rate gt 1 }",
    })
    void whoIsRejectedAtOnceTakesNobodysTurn(String rate, String rule) throws Exception {
        boolean ofAll = rate.startsWith("max");
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy =
                        TcpProxy.builder()
                                .config(
                                        HaproxyConfigReader.read(
                                                        "haproxy.cfg",
                                                        """
                                                        global
                                                            %s
                                                        defaults
                                                            timeout client 10s
                                                            timeout connect 10s
                                                            timeout server 10s
                                                        frontend web
                                                            bind 127.0.0.1:%d
                                                            %s
                                                            %s
                                                            default_backend app
                                                        backend app
                                                            server s1 127.0.0.1:%d
                                                        """
                                                                .formatted(
                                                                        ofAll ? rate : "",
                                                                        TcpServer.unusedPort(),
                                                                        ofAll ? "" : rate,
                                                                        rule.replace("|", "\n"),
                                                                        server.port()))
                                                .proxy())
                                .drainTimeout(Duration.ZERO)
                                .build()) {
            proxy.start();
            for (int i = 0; i < 40; i++) {
                try (Socket client = new Socket()) {
                    client.bind(new InetSocketAddress("127.0.0.7", 0));
                    client.connect(proxy.boundAddresses("web").get(0), 10_000);
                    client.getOutputStream().write('1');
                    client.getInputStream().read();
                } catch (SocketException e) {
                    // As early as during the connect.
                    continue;
                }
            }
            try (Socket client = connect(proxy, "web")) {
                echo(client);
            }
        }
    }

    private static ProxyConfig rated(int port, int perSecond, TcpServer server) {
        return new ProxyConfig(
                List.of(
                        FrontendConfig.builder("web")
                                .bind("127.0.0.1", port)
                                .maxSessionRate(perSecond)
                                .defaultBackend("app")
                                .build()),
                List.of(
                        BackendConfig.builder("app")
                                .servers(ProxyFixture.at(server.port()))
                                .build()));
    }

    static boolean closeIfAnswered(Socket client) {
        try {
            boolean answered = client.getInputStream().available() > 0;
            if (answered) {
                client.close();
            }
            return answered;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

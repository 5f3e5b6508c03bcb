package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AgentConfig;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Balance;
import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.HealthState;
import io.evenkeel.lb.OutlierConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ProxyHeaderSenders;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.StickKeySource;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import io.evenkeel.lb.Stickiness;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another configuration for a proxy that runs. */
class ApplyTest {
    private static TcpProxy start(Transport transport, ProxyConfig config)
            throws ProxyStartException {
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(config)
                        .eventLoops(2)
                        .transport(transport)
                        .drainTimeout(Duration.ZERO)
                        .build();
        proxy.start();
        return proxy;
    }

    private static ProxyConfig config(FrontendConfig frontend, BackendConfig... backends) {
        return new ProxyConfig(List.of(frontend), List.of(backends));
    }

    private static FrontendConfig web(int port) {
        return FrontendConfig.builder("web").bind("127.0.0.1", port).defaultBackend("app").build();
    }

    private static BackendConfig app(ServerConfig... servers) {
        return BackendConfig.builder("app").servers(List.of(servers)).build();
    }

    private static ServerConfig at(String name, TcpServer server) {
        return ServerConfig.builder(name, "127.0.0.1", server.port()).build();
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 10_000);
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static void assertEchoes(Socket client) throws IOException {
        client.getOutputStream().write('x');
        assertEquals('x', client.getInputStream().read());
    }

    private static void assertEchoes(int port) throws IOException {
        try (Socket client = connect(port)) {
            assertEchoes(client);
        }
    }

    private static int ownPort(TcpProxy proxy) {
        return proxy.boundAddresses("web").get(0).getPort();
    }

    @ParameterizedTest
    @EnumSource
    void sessionsStayWhereTheyAreAndNewOnesGoToTheNewServers(Transport transport) throws Exception {
        try (TcpServer before = TcpServer.echo();
                TcpServer after = TcpServer.echo();
                TcpProxy proxy = start(transport, config(web(0), app(at("a", before))))) {
            int port = ownPort(proxy);
            try (Socket old = connect(port)) {
                assertEchoes(old);
                Server removed = proxy.backend("app").servers().get(0);
                proxy.apply(config(web(0), app(at("b", after))));
                assertEquals(port, ownPort(proxy));
                assertEchoes(port);
                assertEquals(1, after.accepted());
                assertEchoes(old);
                assertTrue(removed.isRemoved());
                assertEquals(List.of(removed), proxy.backend("app").leaving());
            }
            Await.until("it has left", () -> proxy.backend("app").leaving().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aBackendThatIsRemovedKeepsItsSessions(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy = start(transport, config(web(0), app(at("a", server))))) {
            int port = ownPort(proxy);
            try (Socket old = connect(port)) {
                assertEchoes(old);
                FrontendConfig toOther =
                        FrontendConfig.builder("web")
                                .bind("127.0.0.1", 0)
                                .defaultBackend("other")
                                .build();
                BackendConfig other =
                        BackendConfig.builder("other").server(at("o", server)).build();
                proxy.apply(config(toOther, other));
                assertThrows(IllegalArgumentException.class, () -> proxy.backend("app"));
                assertEchoes(port);
                assertEquals(1, proxy.backend("other").servers().get(0).totalPicks());
                assertEchoes(old);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void listenersOpenAndCloseAndThoseThatStayAcceptAllTheTime(Transport transport)
            throws Exception {
        int second = TcpServer.unusedPort();
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy = start(transport, config(web(0), app(at("a", server))))) {
            int first = ownPort(proxy);
            FrontendConfig both =
                    FrontendConfig.builder("web")
                            .bind("127.0.0.1", 0)
                            .bind("127.0.0.1", second)
                            .defaultBackend("app")
                            .build();
            proxy.apply(config(both, app(at("a", server))));
            assertEchoes(first);
            assertEchoes(second);
            proxy.apply(config(web(second), app(at("a", server))));
            assertEchoes(second);
            assertThrows(ConnectException.class, () -> connect(first));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anAddressMayMoveToAnotherFrontend(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy = start(transport, config(web(0), app(at("a", server))))) {
            int port = ownPort(proxy);
            FrontendConfig renamed =
                    FrontendConfig.builder("public")
                            .bind("127.0.0.1", 0)
                            .defaultBackend("app")
                            .maxConnections(1)
                            .build();
            proxy.apply(config(renamed, app(at("a", server))));
            assertThrows(IllegalArgumentException.class, () -> proxy.boundAddresses("web"));
            assertEquals(port, proxy.boundAddresses("public").get(0).getPort());
            assertEchoes(port);
        }
    }

    @Test
    void aListenerMayBeWidenedToAllAddresses() throws Exception {
        Assumptions.assumeTrue(TcpProxy.isEpollAvailable(), TcpProxy::epollUnavailabilityCause);
        int port = TcpServer.unusedPort();
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy = start(Transport.EPOLL, config(web(port), app(at("a", server))))) {
            FrontendConfig all =
                    FrontendConfig.builder("web").bind("*", port).defaultBackend("app").build();
            proxy.apply(config(all, app(at("a", server))));
            assertEquals("0.0.0.0", proxy.boundAddresses("web").get(0).getHostString());
            assertEchoes(port);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTimeoutCountsAtOnceForConnectionsThatAreThere(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo()) {
            BackendConfig app =
                    BackendConfig.builder("app")
                            .server(at("a", server))
                            .serverTimeout(Duration.ofHours(1))
                            .build();
            try (TcpProxy proxy = start(transport, config(web(Duration.ofHours(1)), app));
                    Socket idle = connect(ownPort(proxy))) {
                idle.getOutputStream().write('x');
                assertEquals('x', idle.getInputStream().read());
                proxy.apply(config(web(Duration.ofMillis(300)), app));
                assertEquals(-1, idle.getInputStream().read());
            }
        }
    }

    private static FrontendConfig web(Duration clientTimeout) {
        return FrontendConfig.builder("web")
                .bind("127.0.0.1", 0)
                .defaultBackend("app")
                .clientTimeout(clientTimeout)
                .build();
    }

    @ParameterizedTest
    @EnumSource
    void anAddressThatCannotBeListenedOnChangesNothing(Transport transport) throws Exception {
        int free = TcpServer.unusedPort();
        try (TcpServer server = TcpServer.echo();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TcpProxy proxy = start(transport, config(web(0), app(at("a", server))))) {
            int port = ownPort(proxy);
            FrontendConfig next =
                    FrontendConfig.builder("web")
                            .bind("127.0.0.1", free)
                            .bind("127.0.0.1", taken.getLocalPort())
                            .defaultBackend("app")
                            .build();
            ProxyStartException e =
                    assertThrows(ProxyStartException.class, () -> proxy.apply(config(next, app())));
            assertTrue(e.getMessage().contains("in use"), e.getMessage());
            assertEquals(1, proxy.backend("app").servers().size());
            assertEchoes(port);
            assertThrows(ConnectException.class, () -> connect(free));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLimitThatIsRaisedLetsThoseInThatWait(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy = start(transport, config(limited(1), app(at("a", server))))) {
            int port = ownPort(proxy);
            try (Socket first = connect(port)) {
                assertEchoes(first);
                try (Socket second = connect(port)) {
                    second.getOutputStream().write('x');
                    assertEquals(1, proxy.snapshot().activeSessions());
                    proxy.apply(config(web(0), app(at("a", server))));
                    assertEquals('x', second.getInputStream().read());
                }
            }
        }
    }

    private static FrontendConfig limited(int maxConnections) {
        return FrontendConfig.builder("web")
                .bind("127.0.0.1", 0)
                .defaultBackend("app")
                .maxConnections(maxConnections)
                .build();
    }

    private static ServerConfig checked(TcpServer server, CheckConfig check) {
        return ServerConfig.builder("a", "127.0.0.1", server.port()).check(check).build();
    }

    @ParameterizedTest
    @EnumSource
    void healthAndChecksGoOnAndNewServersAreChecked(Transport transport) throws Exception {
        CheckConfig seldom = CheckConfig.builder().inter(Duration.ofHours(1)).build();
        CheckConfig often = CheckConfig.builder().inter(Duration.ofMillis(20)).build();
        try (TcpServer server = TcpServer.echo();
                TcpServer joining = TcpServer.echo();
                TcpProxy proxy = start(transport, config(web(0), app(checked(server, seldom))))) {
            Server a = proxy.backend("app").servers().get(0);
            Await.until("the first check has passed", () -> a.health() == HealthState.UP);

            ServerConfig b =
                    ServerConfig.builder("b", "127.0.0.1", joining.port()).check(seldom).build();
            proxy.apply(config(web(0), app(checked(server, seldom), b)));
            assertSame(a, proxy.backend("app").servers().get(0));
            assertEquals(HealthState.UP, a.health());
            Server added = proxy.backend("app").servers().get(1);
            Await.until("b is checked", () -> added.health() == HealthState.UP);

            proxy.apply(config(web(0), app(checked(server, often))));
            assertEquals(HealthState.UP, a.health());
            Await.until("it is checked often now", () -> server.accepted() > 5);

            proxy.apply(config(web(0), app(at("a", server))));
            assertEquals(HealthState.UNCHECKED, a.health());
        }
    }

    @ParameterizedTest
    @EnumSource
    void agentsAreAskedAsTheConfigurationSays(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                TcpServer agent = TcpServer.named("down\n");
                TcpProxy proxy = start(transport, config(web(0), app(at("a", server))))) {
            Server a = proxy.backend("app").servers().get(0);
            AgentConfig asked =
                    AgentConfig.builder(agent.port()).inter(Duration.ofMillis(20)).build();
            proxy.apply(
                    config(
                            web(0),
                            app(
                                    ServerConfig.builder("a", "127.0.0.1", server.port())
                                            .agent(asked)
                                            .build())));
            Await.until("its agent was heard", a::isAgentDown);
            proxy.apply(config(web(0), app(at("a", server))));
            Await.until("what it said last no longer holds", a::isUsable);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingStaysEjectedWhenOutliersAreNoLongerFound(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy = start(transport, outliers(server, true))) {
            Server a = proxy.backend("app").servers().get(0);
            proxy.backend("app").setEjected(a, true, "test", System.nanoTime());
            assertFalse(a.isUsable());
            proxy.apply(outliers(server, false));
            Await.until("it is in again", a::isUsable);
        }
    }

    private static ProxyConfig outliers(TcpServer server, boolean found) {
        BackendConfig.Builder app = BackendConfig.builder("app").server(at("a", server));
        return config(
                web(0), (found ? app.outliers(OutlierConfig.builder().build()) : app).build());
    }

    private static ProxyConfig sticky(int size, TcpServer a, TcpServer b) {
        return config(
                web(0),
                BackendConfig.builder("app")
                        .server(at("a", a))
                        .server(at("b", b))
                        .stickTable(StickTableConfig.builder(StickKeyType.ip(), size).build())
                        .stickiness(Stickiness.on(StickKeySource.SOURCE))
                        .build());
    }

    @ParameterizedTest
    @EnumSource
    void aStickTableKeepsItsEntriesAlsoWithAnotherSize(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.echo();
                TcpServer b = TcpServer.echo();
                TcpProxy proxy = start(transport, sticky(100, a, b))) {
            int port = ownPort(proxy);
            assertEchoes(port);
            StickTable table = proxy.stickTable("app");
            proxy.apply(sticky(100, a, b));
            assertSame(table, proxy.stickTable("app"));
            proxy.apply(sticky(200, a, b));
            assertEquals(200, proxy.stickTable("app").config().size());
            for (int i = 0; i < 3; i++) {
                assertEchoes(port);
            }
            assertEquals(4, a.accepted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void manyOpenStreamsSurviveManyChanges(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.echo();
                TcpServer b = TcpServer.echo();
                TcpProxy proxy = start(transport, config(web(0), app(at("a", a))))) {
            int port = ownPort(proxy);
            List<Socket> clients = new ArrayList<>();
            for (int change = 0; change < 20; change++) {
                for (int i = 0; i < 10; i++) {
                    Socket client = connect(port);
                    assertEchoes(client);
                    clients.add(client);
                }
                boolean odd = change % 2 == 0;
                proxy.apply(config(web(0), app(odd ? at("b", b) : at("a", a))));
            }
            for (Socket client : clients) {
                assertEchoes(client);
                client.close();
            }
            assertEquals(100, a.accepted());
            assertEquals(100, b.accepted());
        }
    }

    /** Its PROXY header, or its TLS, would be relayed as if it were the client's. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aConnectionToAnAddressThatIsTakenAwayIsReceivedAsThatAddressHadIt(boolean moved)
            throws Exception {
        BindAddress first = new BindAddress("127.0.0.1", 0);
        BindAddress second = new BindAddress("127.0.0.2", 0);
        FrontendConfig both =
                FrontendConfig.builder("web")
                        .bind(first, ProxyHeaderSenders.anybody())
                        .bind(second)
                        .defaultBackend("app")
                        .build();
        FrontendConfig one =
                FrontendConfig.builder("web").bind(second).defaultBackend("app").build();
        FrontendConfig other =
                FrontendConfig.builder("other")
                        .bind(first, ProxyHeaderSenders.anybody())
                        .defaultBackend("app")
                        .build();
        CountDownLatch loopIsHeld = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        ProxyObserver observer =
                new ProxyObserver() {
                    @Override
                    public void onSessionEnd(SessionEnd end) {
                        loopIsHeld.countDown();
                        Await.quietly(goOn);
                    }
                };
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy =
                        TcpProxy.builder()
                                .config(config(both, app(at("a", server))))
                                .eventLoops(1)
                                .observer(observer)
                                .drainTimeout(Duration.ZERO)
                                .build()) {
            proxy.start();
            try (Socket client = new Socket()) {
                client.connect(proxy.boundAddresses("web").get(1), 10_000);
            }
            Await.quietly(loopIsHeld);
            try (Socket client = connect(ownPort(proxy))) {
                client.getOutputStream()
                        .write("PROXY TCP4 192.0.2.1 192.0.2.2 1234 443\r\nx".getBytes());
                Thread applying =
                        new Thread(
                                () ->
                                        assertDoesNotThrow(
                                                () ->
                                                        proxy.apply(
                                                                new ProxyConfig(
                                                                        moved
                                                                                ? List.of(
                                                                                        one, other)
                                                                                : List.of(one),
                                                                        List.of(
                                                                                app(
                                                                                        at(
                                                                                                "a",
                                                                                                server)))))));
                applying.start();
                Await.until(
                        "it waits for the loop", () -> applying.getState() == Thread.State.WAITING);
                goOn.countDown();
                assertEquals('x', client.getInputStream().read());
                applying.join();
            }
        }
    }

    @Test
    void aProxyThatDoesNotListenTakesAConfigurationToo() throws Exception {
        try (TcpServer server = TcpServer.echo()) {
            TcpProxy proxy =
                    TcpProxy.builder().config(config(web(0), app())).listening(false).build();
            assertThrows(IllegalStateException.class, () -> proxy.apply(config(web(0), app())));
            try (proxy) {
                proxy.start();
                proxy.apply(config(web(0), app(at("a", server))));
                assertEquals(List.of(), proxy.boundAddresses("web"));
                proxy.startListening();
                assertEchoes(ownPort(proxy));
            }
            assertThrows(IllegalStateException.class, () -> proxy.apply(config(web(0), app())));
        }
    }

    @Test
    void whatAProxyCannotKnowIsRefusedAndChangesNothing() throws Exception {
        try (TcpServer server = TcpServer.echo();
                TcpProxy proxy = start(Transport.best(), config(web(0), app(at("a", server))))) {
            BackendConfig asking =
                    BackendConfig.builder("app")
                            .balance(Balance.hash(BalanceKey.APPLICATION))
                            .build();
            assertThrows(IllegalArgumentException.class, () -> proxy.apply(config(web(0), asking)));
            assertEchoes(ownPort(proxy));
        }
    }
}

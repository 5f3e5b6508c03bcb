package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.OutlierConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.TrackedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LifecycleTest {
    private static TcpProxy.Builder proxy(Transport transport, FrontendConfig... frontends) {
        return TcpProxy.builder()
                .config(
                        new ProxyConfig(
                                List.of(frontends), List.of(BackendConfig.builder("app").build())))
                .eventLoops(2)
                .transport(transport);
    }

    private static FrontendConfig frontend(String name, String host, int port) {
        return FrontendConfig.builder(name).bind(host, port).defaultBackend("app").build();
    }

    private static void assertNoProxyThread() throws Exception {
        Await.until(
                "no thread of a proxy is left",
                () ->
                        Thread.getAllStackTraces().keySet().stream()
                                .noneMatch(thread -> thread.getName().startsWith("evenkeel-lb")));
    }

    @ParameterizedTest
    @EnumSource
    void aPortInUseIsNamedAndNothingStaysOpen(Transport transport) throws Exception {
        int free = TcpServer.unusedPort();
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = taken.getLocalPort();
            TcpProxy proxy =
                    proxy(
                                    transport,
                                    frontend("first", "127.0.0.1", free),
                                    frontend("web", "127.0.0.1", port))
                            .build();
            ProxyStartException e = assertThrows(ProxyStartException.class, proxy::start);
            assertEquals(
                    "Frontend web cannot listen on 127.0.0.1:"
                            + port
                            + ": the port is in use by another listener; stop that one or change the"
                            + " bind line.",
                    e.getMessage());
        }
        assertNoProxyThread();
        try (ServerSocket again = new ServerSocket(free, 1, InetAddress.getLoopbackAddress())) {
            assertTrue(again.isBound());
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoProxiesDoNotShareAPortInSilence(Transport transport) throws Exception {
        try (TcpProxy first = proxy(transport, frontend("web", "127.0.0.1", 0)).build()) {
            first.start();
            int port = first.boundAddresses("web").get(0).getPort();
            try (TcpProxy second = proxy(transport, frontend("web", "127.0.0.1", port)).build()) {
                assertThrows(ProxyStartException.class, second::start);
            }
        }
    }

    @Test
    void epollListensOnAnAddressThatTheHostDoesNotOwnYet() throws Exception {
        Assumptions.assumeTrue(TcpProxy.isEpollAvailable(), TcpProxy::epollUnavailabilityCause);
        try (TcpProxy proxy =
                proxy(
                                Transport.EPOLL,
                                frontend("v4", "192.0.2.1", 0),
                                frontend("v6", "2001:db8::1", 0))
                        .build()) {
            proxy.start();
            assertEquals(
                    "192.0.2.1", proxy.boundAddresses("v4").get(0).getAddress().getHostAddress());
        }
    }

    @Test
    void aNameIsListenedOnAtAnAddressOfItsFamily() throws Exception {
        try (TcpProxy proxy = proxy(Transport.NIO, frontend("web", "ipv4@localhost", 0)).build()) {
            proxy.start();
            assertEquals(
                    "127.0.0.1", proxy.boundAddresses("web").get(0).getAddress().getHostAddress());
        }
        TcpProxy none = proxy(Transport.NIO, frontend("web", "ipv6@127.0.0.1", 80)).build();
        assertEquals(
                "Frontend web cannot listen on ipv6@127.0.0.1:80: 127.0.0.1 has no address of"
                        + " IPv6; write an address.",
                assertThrows(ProxyStartException.class, none::start).getMessage());
    }

    @Test
    void withoutDescriptorsTheStartSaysWhatToRaise() {
        String reason =
                Listening.reason(
                        new SocketException("Too many open files"), new BindAddress("::", 80));
        assertEquals(
                "no file descriptor is left, for each loop has one for each port; raise the limit"
                        + " (ulimit -n, LimitNOFILE=) or bind fewer ports.",
                reason);
    }

    @Test
    void nioSaysThatAnAddressIsNotAvailable() {
        TcpProxy proxy = proxy(Transport.NIO, frontend("web", "192.0.2.1", 8080)).build();
        ProxyStartException e = assertThrows(ProxyStartException.class, proxy::start);
        assertEquals(
                "Frontend web cannot listen on 192.0.2.1:8080: the address is not available on this"
                        + " host; add it to an interface or change the bind line.",
                e.getMessage());
    }

    @ParameterizedTest
    @EnumSource
    void stopListeningServesWhoeverIsInTheQueueAndKeepsSessions(Transport transport)
            throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy = ProxyFixture.start(transport, server.port())) {
            InetSocketAddress address = proxy.address();
            List<Socket> clients = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                clients.add(proxy.connect());
            }
            proxy.proxy().stopListening();
            assertEquals(List.of(), proxy.proxy().boundAddresses("web"));
            assertThrows(IOException.class, () -> new Socket().connect(address, 1000));
            for (Socket client : clients) {
                client.getOutputStream().write('x');
                assertEquals('x', client.getInputStream().read());
                client.close();
            }
            proxy.proxy().startListening();
            try (Socket client = proxy.connect()) {
                client.getOutputStream().write('y');
                assertEquals('y', client.getInputStream().read());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void closeWaitsForSessionsAndResetsThoseThatStay(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo()) {
            FrontendConfig web = frontend("web", "127.0.0.1", 0);
            BackendConfig app =
                    BackendConfig.builder("app").servers(ProxyFixture.at(server.port())).build();
            TcpProxy proxy =
                    TcpProxy.builder()
                            .config(new ProxyConfig(List.of(web), List.of(app)))
                            .transport(transport)
                            .drainTimeout(Duration.ofMillis(300))
                            .closeSpread(Duration.ZERO)
                            .build();
            proxy.start();
            try (Socket stays = new Socket()) {
                stays.connect(proxy.boundAddresses("web").get(0));
                stays.getOutputStream().write('x');
                assertEquals('x', stays.getInputStream().read());
                long before = System.nanoTime();
                proxy.close();
                assertTrue(System.nanoTime() - before >= 300_000_000);
                assertThrows(SocketException.class, () -> stays.getInputStream().read());
            }
            assertEquals(1, proxy.snapshot().ends().get(TerminationCause.SHUTDOWN));
            assertEquals(0, proxy.snapshot().activeSessions());
            assertEquals(0, proxy.usedDirectMemory());
            assertNoProxyThread();
            proxy.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionsAboveTheLimitWaitInTheQueue(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend.maxConnections(1),
                                backend -> backend.servers(ProxyFixture.at(server.port())))) {
            for (int round = 0; round < 5; round++) {
                Socket first = proxy.connect();
                first.getOutputStream().write('1');
                assertEquals('1', first.getInputStream().read());
                Socket second = proxy.connect();
                second.getOutputStream().write('2');
                assertEquals(1, proxy.proxy().snapshot().activeSessions());
                first.close();
                assertEquals('2', second.getInputStream().read());
                second.close();
                proxy.awaitEnd();
                proxy.awaitEnd();
            }
        }
    }

    /** It would wait for the thread that it is called on. */
    @ParameterizedTest
    @EnumSource
    void whatAnObserverMayNotCallIsRefusedThereAndChangesNothing(Transport transport)
            throws Exception {
        FrontendConfig web = frontend("web", "127.0.0.1", 0);
        AtomicReference<TcpProxy> running = new AtomicReference<>();
        BlockingQueue<String> refusals = new LinkedBlockingQueue<>();
        try (TcpServer server = TcpServer.echo()) {
            BackendConfig app =
                    BackendConfig.builder("app").servers(ProxyFixture.at(server.port())).build();
            ProxyConfig config = new ProxyConfig(List.of(web), List.of(app));
            ProxyObserver observer =
                    new ProxyObserver() {
                        @Override
                        public void onSessionEnd(SessionEnd end) {
                            TcpProxy proxy = running.get();
                            for (Executable call :
                                    List.<Executable>of(
                                            proxy::close,
                                            proxy::start,
                                            proxy::startListening,
                                            proxy::stopListening,
                                            proxy::reloadCertificates,
                                            () -> proxy.apply(config),
                                            () -> proxy.slowChecks(2))) {
                                refusals.add(
                                        assertThrows(IllegalStateException.class, call)
                                                .getMessage());
                            }
                        }
                    };
            TcpProxy proxy =
                    TcpProxy.builder()
                            .config(config)
                            .transport(transport)
                            .observer(observer)
                            .drainTimeout(Duration.ZERO)
                            .build();
            running.set(proxy);
            proxy.start();
            for (int i = 0; i < 2; i++) {
                try (Socket client = new Socket()) {
                    client.connect(proxy.boundAddresses("web").get(0));
                    client.getOutputStream().write('x');
                    assertEquals('x', client.getInputStream().read());
                }
                for (String method :
                        List.of(
                                "close",
                                "start",
                                "startListening",
                                "stopListening",
                                "reloadCertificates",
                                "apply",
                                "slowChecks")) {
                    String refusal = refusals.poll(10, TimeUnit.SECONDS);
                    assertTrue(
                            refusal != null
                                    && refusal.startsWith(
                                            "TcpProxy." + method + " was called on evenkeel-lb-"),
                            refusal);
                }
            }
            proxy.close();
            assertEquals(0, proxy.snapshot().activeSessions());
        }
        assertNoProxyThread();
    }

    /** As an application may that does not know yet that its proxy is closed. */
    @ParameterizedTest
    @EnumSource
    void theBackendsOfAProxyThatIsClosedMayBeChangedStill(Transport transport) {
        ServerConfig server =
                ServerConfig.builder("s1", "127.0.0.1", 1)
                        .check(CheckConfig.builder().build())
                        .resetSessionsWhenDown(true)
                        .build();
        BackendConfig app =
                BackendConfig.builder("app")
                        .server(server)
                        .outliers(OutlierConfig.builder().build())
                        .build();
        BackendConfig follows =
                BackendConfig.builder("follows")
                        .server(
                                ServerConfig.builder("s1", "127.0.0.1", 1)
                                        .tracked(new TrackedServer("app", "s1"))
                                        .build())
                        .build();
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(
                                new ProxyConfig(
                                        List.of(frontend("web", "127.0.0.1", 0)),
                                        List.of(app, follows)))
                        .transport(transport)
                        .build();
        assertDoesNotThrow(proxy::start);
        proxy.close();
        Backend backend = proxy.backend("app");
        Server its = backend.servers().get(0);
        long now = System.nanoTime();
        assertDoesNotThrow(() -> backend.setAdminState(its, AdminState.MAINTENANCE, now));
        assertDoesNotThrow(() -> backend.setWeight(its, 7, now));
        assertDoesNotThrow(
                () -> backend.update(BackendConfig.builder("app").build(), System.nanoTime()));
        assertEquals(0, backend.pool().usableCount());
    }

    @Test
    void misuseIsAnsweredInSentences() throws Exception {
        assertThrows(NullPointerException.class, () -> TcpProxy.builder().build());
        assertThrows(IllegalArgumentException.class, () -> TcpProxy.builder().eventLoops(0));
        try (TcpProxy proxy = proxy(Transport.best(), frontend("web", "127.0.0.1", 0)).build()) {
            assertEquals(
                    "This proxy is not started; call start() first.",
                    assertThrows(IllegalStateException.class, proxy::startListening).getMessage());
            assertEquals(
                    "There is no backend api; there are [app].",
                    assertThrows(IllegalArgumentException.class, () -> proxy.backend("api"))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> proxy.boundAddresses("api"));
            proxy.start();
            assertThrows(IllegalStateException.class, proxy::start);
        }
    }
}

package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ListenConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is taken away lets its sessions end by themselves, and resets those that are left one after the other. */
class DrainingTest {
    private final BlockingQueue<SessionEnd> ends = new LinkedBlockingQueue<>();
    private final List<Socket> clients = new ArrayList<>();
    private TcpServer echo;

    @BeforeEach
    void start() throws IOException {
        echo = TcpServer.echo();
    }

    @AfterEach
    void stop() throws IOException {
        for (Socket client : clients) {
            client.close();
        }
        echo.close();
    }

    private TcpProxy proxy(ProxyConfig config, Duration time, Duration spread) throws Exception {
        TcpProxy proxy =
                TcpProxy.builder()
                        .config(config)
                        .eventLoops(1)
                        .leaveTimeout(time)
                        .drainTimeout(time)
                        .closeSpread(spread)
                        .observer(
                                new ProxyObserver() {
                                    @Override
                                    public void onSessionEnd(SessionEnd end) {
                                        ends.add(end);
                                    }
                                })
                        .build();
        proxy.start();
        return proxy;
    }

    private static FrontendConfig.Builder web(int... ports) {
        FrontendConfig.Builder web = FrontendConfig.builder("web").defaultBackend("app");
        for (int port : ports) {
            web.bind("127.0.0.1", port);
        }
        return web;
    }

    private BackendConfig app(String... names) {
        BackendConfig.Builder app = BackendConfig.builder("app");
        for (String name : names) {
            app.server(ServerConfig.builder(name, "127.0.0.1", echo.port()).build());
        }
        return app.build();
    }

    private ProxyConfig config(FrontendConfig.Builder web, String... servers) {
        return new ProxyConfig(List.of(web.build()), List.of(app(servers)));
    }

    private Socket connect(int port) throws IOException {
        Socket client = new Socket("127.0.0.1", port);
        client.setSoTimeout(10_000);
        clients.add(client);
        assertEchoes(client);
        return client;
    }

    private static void assertEchoes(Socket client) throws IOException {
        client.getOutputStream().write('x');
        assertEquals('x', client.getInputStream().read());
    }

    private SessionEnd awaitEnd() throws InterruptedException {
        SessionEnd end = ends.poll(10, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("No session has ended within 10 s");
        }
        return end;
    }

    @Test
    void sessionsOfARemovedServerEndOneAfterTheOtherTheLongestSilentFirst() throws Exception {
        int port = TcpServer.unusedPort();
        try (TcpProxy proxy =
                proxy(config(web(port), "old"), Duration.ofSeconds(3), Duration.ofMillis(2800))) {
            for (int i = 0; i < 8; i++) {
                connect(port);
            }
            // The order of their last bytes is another than that of their coming.
            List<Integer> order = List.of(3, 1, 4, 0, 5, 7, 2, 6);
            for (int i : order) {
                assertEchoes(clients.get(i));
            }
            List<Integer> local = new ArrayList<>();
            for (int i : order) {
                local.add(clients.get(i).getLocalPort());
            }
            proxy.apply(config(web(port), "new"));
            Socket stays = connect(port);
            List<Integer> ended = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                SessionEnd end = awaitEnd();
                assertEquals(TerminationCause.REMOVED, end.cause());
                assertEquals("old", end.server());
                ended.add(end.client().getPort());
                if (i == 0) {
                    assertEchoes(clients.get(6));
                }
            }
            assertEquals(local, ended);
            assertEchoes(stays);
        }
    }

    @Test
    void aSessionThatEndsInTimeEndsAsItLikes() throws Exception {
        int port = TcpServer.unusedPort();
        try (TcpProxy proxy =
                proxy(config(web(port), "old"), Duration.ofSeconds(60), Duration.ZERO)) {
            Socket client = connect(port);
            proxy.apply(config(web(port), "new"));
            assertEchoes(client);
            client.shutdownOutput();
            assertEquals(TerminationCause.COMPLETED, awaitEnd().cause());
        }
    }

    /** So many nanoseconds are more than a long holds. */
    @Test
    void aTimeWithoutEndIsOne() throws Exception {
        Duration forever = ChronoUnit.FOREVER.getDuration();
        TcpProxy proxy = proxy(config(web(0), "s1", "s2"), forever, Duration.ZERO);
        CompletableFuture<Void> closing;
        try {
            Socket client = connect(proxy.boundAddresses("web").get(0).getPort());
            proxy.apply(config(web(0), "s2"));
            assertEchoes(client);
            closing = CompletableFuture.runAsync(proxy::close);
            Await.until("it listens no more", () -> proxy.boundAddresses("web").isEmpty());
            assertEchoes(client);
            client.close();
            assertEquals(TerminationCause.COMPLETED, awaitEnd().cause());
        } finally {
            clients.forEach(DrainingTest::closeQuietly);
            proxy.close();
        }
        closing.get(10, TimeUnit.SECONDS);
    }

    private static void closeQuietly(Socket client) {
        try {
            client.close();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void sessionsOfARemovedAddressFrontendOrBackendLeaveAndOthersStay() throws Exception {
        int kept = TcpServer.unusedPort();
        int removed = TcpServer.unusedPort();
        int ofFrontend = TcpServer.unusedPort();
        FrontendConfig other =
                FrontendConfig.builder("other")
                        .bind("127.0.0.1", ofFrontend)
                        .defaultBackend("app")
                        .build();
        ProxyConfig before =
                new ProxyConfig(List.of(web(kept, removed).build(), other), List.of(app("s")));
        try (TcpProxy proxy = proxy(before, Duration.ofMillis(200), Duration.ZERO)) {
            Socket stays = connect(kept);
            int first = connect(removed).getLocalPort();
            int second = connect(ofFrontend).getLocalPort();
            // The address that stays is listened on otherwise, which is nothing to its sessions.
            FrontendConfig.Builder after =
                    web(kept)
                            .listenConfig(
                                    new BindAddress("127.0.0.1", kept),
                                    ListenConfig.builder().backlog(9).build());
            proxy.apply(config(after, "s"));
            List<Integer> ended = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                SessionEnd end = awaitEnd();
                assertEquals(TerminationCause.REMOVED, end.cause());
                ended.add(end.client().getPort());
            }
            assertTrue(ended.containsAll(List.of(first, second)), ended::toString);
            assertEchoes(stays);
            ProxyConfig elsewhere =
                    new ProxyConfig(
                            List.of(
                                    FrontendConfig.builder("web")
                                            .bind("127.0.0.1", kept)
                                            .defaultBackend("app2")
                                            .build()),
                            List.of(
                                    BackendConfig.builder("app2")
                                            .servers(ProxyFixture.at(echo.port()))
                                            .build()));
            proxy.apply(elsewhere);
            assertEquals(stays.getLocalPort(), awaitEnd().client().getPort());
        }
    }

    @Test
    void aProxyThatIsClosedResetsWhatIsLeftInTheSameOrder() throws Exception {
        int port = TcpServer.unusedPort();
        TcpProxy proxy =
                proxy(config(web(port), "s"), Duration.ofSeconds(3), Duration.ofMillis(2800));
        CompletableFuture<Void> closed = null;
        try {
            for (int i = 0; i < 4; i++) {
                connect(port);
            }
            assertEchoes(clients.get(0));
            closed = CompletableFuture.runAsync(proxy::close);
            assertEquals(clients.get(1).getLocalPort(), awaitEnd().client().getPort());
            assertEchoes(clients.get(0));
            for (int i : List.of(2, 3, 0)) {
                SessionEnd end = awaitEnd();
                assertEquals(clients.get(i).getLocalPort(), end.client().getPort());
                assertEquals(TerminationCause.SHUTDOWN, end.cause());
            }
        } finally {
            if (closed != null) {
                closed.get(10, TimeUnit.SECONDS);
            }
            proxy.close();
        }
    }
}

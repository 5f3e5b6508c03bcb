package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Balance;
import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.HealthState;
import io.evenkeel.lb.Observation;
import io.evenkeel.lb.PickRequest;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The balances and what people change at run time, with real connections. */
class BalancingTest {
    @ParameterizedTest
    @EnumSource
    void aClientKeepsItsServerByItsAddress(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.named("a");
                TcpServer b = TcpServer.named("b");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        two(backend, a, b)
                                                .balance(Balance.maglev(BalanceKey.SOURCE)))) {
            Map<Integer, String> homes = new HashMap<>();
            for (int round = 0; round < 3; round++) {
                for (int client = 1; client <= 20; client++) {
                    String answer = ask(proxy, "127.0.0." + client);
                    assertEquals(homes.computeIfAbsent(client, c -> answer), answer);
                }
            }
            assertEquals(Set.of("a", "b"), new HashSet<>(homes.values()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void latenciesAreMeasured(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.named("a");
                TcpServer b = TcpServer.named("b");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        two(backend, a, b)
                                                .balance(
                                                        Balance.peakEwma(
                                                                Duration.ofSeconds(10))))) {
            for (int i = 0; i < 20; i++) {
                ask(proxy, "127.0.0.1");
            }
            for (Server server : proxy.proxy().backend("app").servers()) {
                assertTrue(server.latencyNanos(System.nanoTime()) > 0, server.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerComesOutOfMaintenanceThroughItsChecks(Transport transport) throws Exception {
        CheckConfig check = CheckConfig.builder().inter(Duration.ofMillis(50)).build();
        try (TcpServer a = TcpServer.named("a");
                TcpServer b = TcpServer.named("b");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(
                                                        server("a", a)
                                                                .disabled(true)
                                                                .check(check)
                                                                .build())
                                                .server(server("b", b).check(check).build()))) {
            Backend backend = proxy.proxy().backend("app");
            Await.until("b is up", () -> backend.pool().usableCount() == 1);
            Server first = Objects.requireNonNull(backend.server("a"));
            assertEquals("b", ask(proxy, "127.0.0.1"));
            backend.setAdminState(first, AdminState.READY, System.nanoTime());
            Await.until("a is up", () -> backend.pool().usableCount() == 2);
            backend.setAdminState(
                    Objects.requireNonNull(backend.server("b")),
                    AdminState.MAINTENANCE,
                    System.nanoTime());
            assertEquals("a", ask(proxy, "127.0.0.1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoWaitsIsServedWhenALimitIsRaised(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.named("a");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.queueTimeout(Duration.ofSeconds(20))
                                                .server(
                                                        server("a", a)
                                                                .maxConnections(1)
                                                                .build()))) {
            Backend backend = proxy.proxy().backend("app");
            Server server = backend.servers().get(0);
            try (var held = Objects.requireNonNull(backend.pick(PickRequest.ANY, 0));
                    Socket client = proxy.connect()) {
                assertEquals(1, held.server().inFlight());
                Await.until("the client waits", () -> backend.queueLength() == 1);
                backend.setMaxConnections(server, 2, System.nanoTime());
                assertEquals("a", new String(client.getInputStream().readAllBytes()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoFindsTheQueueFullIsRefusedAtOnce(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.named("a");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.maxQueue(1)
                                                .queueTimeout(Duration.ofSeconds(60))
                                                .server(
                                                        server("a", a)
                                                                .maxConnections(1)
                                                                .build()))) {
            Backend backend = proxy.proxy().backend("app");
            try (var held = Objects.requireNonNull(backend.pick(PickRequest.ANY, 0));
                    Socket first = proxy.connect()) {
                assertEquals(1, held.server().inFlight());
                Await.until("the first waits", () -> backend.queueLength() == 1);
                assertThrows(
                        SocketException.class,
                        () -> {
                            try (Socket second = proxy.connect()) {
                                second.getInputStream().read();
                            }
                        });
                assertEquals(TerminationCause.QUEUE_FULL, proxy.awaitEnd().cause());
                held.close(System.nanoTime());
                assertEquals("a", new String(first.getInputStream().readAllBytes()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatReturnsStartsSlowlyAndComesToItsLimit(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.named("a");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(
                                                server("a", a)
                                                        .maxConnections(16)
                                                        .slowStart(Duration.ofMillis(500))
                                                        .build()))) {
            Backend backend = proxy.proxy().backend("app");
            Server server = backend.servers().get(0);
            assertEquals(16, server.limit());
            // Who holds the backend sees the limit before it goes on to rise.
            synchronized (backend) {
                backend.setAdminState(server, AdminState.MAINTENANCE, System.nanoTime());
                backend.setAdminState(server, AdminState.READY, System.nanoTime());
                assertEquals(1, server.limit());
            }
            Await.until("the limit is reached", () -> server.limit() == 16);
            synchronized (backend) {
                backend.setAgentDown(server, true, "test", System.nanoTime());
                backend.setAgentDown(server, false, "test", System.nanoTime());
                assertEquals(1, server.limit());
            }
            Await.until("the limit is reached again", () -> server.limit() == 16);
            assertEquals("a", ask(proxy, "127.0.0.1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHostIsOnTheSameServerWhoeverAsks(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.named("a");
                TcpServer b = TcpServer.named("b");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend.inspectDelay(Duration.ofSeconds(20)),
                                backend ->
                                        backend.balance(Balance.ring(BalanceKey.HOST))
                                                .server(server("a", a).build())
                                                .server(server("b", b).build()))) {
            Set<String> used = new HashSet<>();
            for (int host = 0; host < 16; host++) {
                String first = request(proxy, "host" + host + ".example");
                assertEquals(first, request(proxy, "HOST" + host + ".example:8080"));
                used.add(first);
            }
            assertEquals(Set.of("a", "b"), used);
            for (int i = 0; i < 20; i++) {
                used.remove(send(proxy, "no HTTP at all\r\n\r\n"));
            }
            assertEquals(Set.of(), used, "without the key any server will do");
        }
    }

    private static String request(ProxyFixture proxy, String host) throws IOException {
        return send(proxy, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
    }

    private static String send(ProxyFixture proxy, String head) throws IOException {
        try (Socket client = proxy.connect()) {
            client.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            return new String(client.getInputStream().readAllBytes());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aKeyOfTheApplicationIsRefused(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.named("a")) {
            IllegalArgumentException refused =
                    assertThrows(
                            IllegalArgumentException.class,
                            () ->
                                    ProxyFixture.start(
                                            transport,
                                            frontend -> frontend,
                                            backend ->
                                                    backend.balance(
                                                                    Balance.ring(
                                                                            BalanceKey.APPLICATION))
                                                            .server(server("a", a).build())));
            assertTrue(refused.getMessage().startsWith("backend app"), refused.getMessage());
        }
    }

    @ParameterizedTest
    @EnumSource
    void failedConnectsTakeAServerOutBetweenItsChecks(Transport transport) throws Exception {
        CheckConfig check =
                CheckConfig.builder()
                        .inter(Duration.ofHours(1))
                        .observation(new Observation(2, Observation.Action.MARK_DOWN))
                        .build();
        TcpServer a = TcpServer.named("a");
        try (TcpServer b = TcpServer.named("b");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(server("a", a).check(check).build())
                                                .server(server("b", b).build()))) {
            Backend backend = proxy.proxy().backend("app");
            Await.until("a has passed its check", () -> backend.pool().usableCount() == 2);
            a.close();
            // A listener that closes resets whom it has not accepted yet.
            Await.until("a refuses", () -> refuses(a.port()));
            for (int i = 0; i < 4; i++) {
                assertEquals("b", ask(proxy, "127.0.0.1"));
            }
            Await.until("a is out", () -> backend.pool().usableCount() == 1);
            assertEquals(HealthState.DOWN, Objects.requireNonNull(backend.server("a")).health());
        }
    }

    private static boolean refuses(int port) throws Exception {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return !probe.isConnected();
        } catch (SocketException e) {
            return true;
        }
    }

    private static BackendConfig.Builder two(
            BackendConfig.Builder backend, TcpServer a, TcpServer b) {
        return backend.server(server("a", a).build()).server(server("b", b).build());
    }

    private static ServerConfig.Builder server(String name, TcpServer at) {
        return ServerConfig.builder(name, "127.0.0.1", at.port());
    }

    private static String ask(ProxyFixture proxy, String from) throws Exception {
        try (Socket client = new Socket()) {
            client.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            client.connect(proxy.address());
            return new String(client.getInputStream().readAllBytes());
        }
    }
}

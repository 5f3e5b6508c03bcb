package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConnectTest {
    private static String ask(ProxyFixture proxy) throws Exception {
        try (Socket client = proxy.connect()) {
            return new String(client.getInputStream().readAllBytes());
        }
    }

    private static void assertNoLeases(ProxyFixture proxy) {
        for (Server server : proxy.proxy().backend("app").servers()) {
            assertEquals(0, server.inFlight(), () -> "open connections of " + server);
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionsGoToTheServersInTurn(Transport transport) throws Exception {
        try (TcpServer a = TcpServer.named("a");
                TcpServer b = TcpServer.named("b");
                TcpServer c = TcpServer.named("c");
                ProxyFixture proxy = ProxyFixture.start(transport, a.port(), b.port(), c.port())) {
            String first = ask(proxy) + ask(proxy) + ask(proxy);
            assertTrue(List.of("abc", "bca", "cab").contains(first), first);
            assertEquals(first, ask(proxy) + ask(proxy) + ask(proxy));
            IntStream.range(0, 6).forEach(i -> assertNull(awaitFailureFree(proxy)));
            assertNoLeases(proxy);
        }
    }

    private static Object awaitFailureFree(ProxyFixture proxy) {
        try {
            return proxy.awaitEnd().cause() == TerminationCause.COMPLETED ? null : "failed";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatRefusesIsReplacedByAnother(Transport transport) throws Exception {
        try (RefusingPort refusing = new RefusingPort();
                TcpServer alive = TcpServer.named("alive");
                ProxyFixture proxy = ProxyFixture.start(transport, refusing.port(), alive.port())) {
            for (int i = 0; i < 4; i++) {
                assertEquals("alive", ask(proxy));
                assertEquals("s2", proxy.awaitEnd().server());
            }
            assertTrue(proxy.proxy().snapshot().retries() >= 2);
            assertNoLeases(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noServerIsTriedAgainBeforeTheOthers(Transport transport) throws Exception {
        try (RefusingPort heavy = new RefusingPort();
                RefusingPort light = new RefusingPort();
                TcpServer alive = TcpServer.named("alive");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                // By weight the heavy one's turn would come again after the light
                                // one's.
                                backend ->
                                        backend.retries(2)
                                                .server(weighted("heavy", heavy.port(), 3))
                                                .server(weighted("light", light.port(), 1))
                                                .server(weighted("alive", alive.port(), 1)))) {
            for (int i = 0; i < 10; i++) {
                assertEquals("alive", ask(proxy));
                assertEquals(TerminationCause.COMPLETED, proxy.awaitEnd().cause());
            }
            assertNoLeases(proxy);
        }
    }

    private static ServerConfig weighted(String name, int port, int weight) {
        return ServerConfig.builder(name, "127.0.0.1", port).weight(weight).build();
    }

    @ParameterizedTest
    @EnumSource
    void whenEveryServerRefusesTheClientIsReset(Transport transport) throws Exception {
        try (RefusingPort one = new RefusingPort();
                RefusingPort two = new RefusingPort();
                ProxyFixture proxy = ProxyFixture.start(transport, one.port(), two.port())) {
            proxy.assertResetsItsClients();
            SessionEnd end = proxy.awaitEnd();
            assertEquals(TerminationCause.CONNECT_FAILED, end.cause());
            assertEquals(3, end.retries());
            assertEquals(-1, end.connectNanos());
            assertNoLeases(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatDoesNotAnswerTheConnectIsGivenUpAfterTheTimeout(Transport transport)
            throws Exception {
        try (SilentPort silent = new SilentPort();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.servers(ProxyFixture.at(silent.port()))
                                                .retries(1)
                                                .connectTimeout(Duration.ofMillis(200)));
                Socket client = proxy.connect()) {
            assertThrows(SocketException.class, () -> client.getInputStream().read());
            SessionEnd end = proxy.awaitEnd();
            assertEquals("sC", end.cause().code());
            long millis = TimeUnit.NANOSECONDS.toMillis(end.totalNanos());
            assertTrue(millis >= 400 && millis < 5000, "gave up after " + millis + " ms");
            assertNoLeases(proxy);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatGoesWhileItsServerIsConnectedLeavesNothingBehind(Transport transport)
            throws Exception {
        try (SilentPort silent = new SilentPort();
                ProxyFixture proxy = ProxyFixture.start(transport, silent.port())) {
            proxy.connect().close();

            assertEquals(TerminationCause.CLIENT_ABORT_CONNECTING, proxy.awaitEnd().cause());
            assertNoLeases(proxy);
            assertEquals(0, proxy.proxy().snapshot().activeSessions());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFullServersNextClientWaitsForItsTurn(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.server(
                                                ServerConfig.builder(
                                                                "s1", "127.0.0.1", server.port())
                                                        .maxConnections(1)
                                                        .build()));
                Socket first = proxy.connect()) {
            first.getOutputStream().write('1');
            assertEquals('1', first.getInputStream().read());
            try (Socket second = proxy.connect()) {
                second.getOutputStream().write('2');
                second.setSoTimeout(200);
                assertThrows(SocketTimeoutException.class, () -> second.getInputStream().read());
                first.shutdownOutput();
                second.setSoTimeout(10_000);
                assertEquals('2', second.getInputStream().read());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientWaitsNoLongerThanTheQueueTimeout(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.queueTimeout(Duration.ofMillis(100))
                                                .server(
                                                        ServerConfig.builder(
                                                                        "s1",
                                                                        "127.0.0.1",
                                                                        server.port())
                                                                .maxConnections(1)
                                                                .build()));
                Socket first = proxy.connect()) {
            first.getOutputStream().write('1');
            assertEquals('1', first.getInputStream().read());
            try (Socket second = proxy.connect()) {
                assertThrows(SocketException.class, () -> second.getInputStream().read());
                SessionEnd end = proxy.awaitEnd();
                assertEquals(TerminationCause.QUEUE_TIMEOUT, end.cause());
                assertNull(end.server());
                assertTrue(end.queueNanos() >= 100_000_000);
            }
        }
    }
}

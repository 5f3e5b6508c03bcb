package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class IdleTimeoutTest {
    private static final long HOUR_MILLIS = TimeUnit.HOURS.toMillis(1);

    private static ProxyFixture start(Transport transport, int port, long client, long server)
            throws ProxyStartException {
        return ProxyFixture.start(
                transport,
                frontend -> frontend.clientTimeout(Duration.ofMillis(client)),
                backend ->
                        backend.servers(ProxyFixture.at(port))
                                .serverTimeout(Duration.ofMillis(server)));
    }

    /** Not before; that it is not one of the others, which are an hour, shows in that it ends at all. */
    private static void assertNotBefore(long millis, SessionEnd end) {
        assertTrue(end.totalNanos() >= TimeUnit.MILLISECONDS.toNanos(millis), end::toString);
    }

    @ParameterizedTest
    @EnumSource
    void aSilentClientIsClosedAfterTheClientTimeout(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy = start(transport, server.port(), 200, HOUR_MILLIS);
                Socket client = proxy.connect()) {
            assertEquals(-1, client.getInputStream().read());
            SessionEnd end = proxy.awaitEnd();
            assertEquals("cD", end.cause().code());
            assertNotBefore(200, end);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSilentServerIsClosedAfterTheServerTimeout(Transport transport) throws Exception {
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connection.getInputStream().readAllBytes();
                                    connection.getInputStream().read();
                                    TimeUnit.SECONDS.sleep(30);
                                });
                ProxyFixture proxy = start(transport, server.port(), HOUR_MILLIS, 200);
                Socket client = proxy.connect()) {
            client.getOutputStream().write(1);
            client.shutdownOutput();
            assertEquals(-1, client.getInputStream().read());
            SessionEnd end = proxy.awaitEnd();
            assertEquals("sD", end.cause().code());
            assertNotBefore(200, end);
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyByteStartsTheTimeoutsAnew(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy = start(transport, server.port(), 2000, 2000);
                Socket client = proxy.connect()) {
            for (int i = 0; i < 9; i++) {
                TimeUnit.MILLISECONDS.sleep(300);
                client.getOutputStream().write(i);
                assertEquals(i, client.getInputStream().read());
            }
            client.shutdownOutput();
            assertEquals(-1, client.getInputStream().read());
            assertEquals(TerminationCause.COMPLETED, proxy.awaitEnd().cause());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatTakesNothingIsTheOneThatTimesOut(Transport transport) throws Exception {
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    while (true) {
                                        connection.getOutputStream().write(new byte[1 << 20]);
                                    }
                                });
                ProxyFixture proxy = start(transport, server.port(), 2500, 1500);
                Socket client = proxy.connect()) {
            assertTrue(client.isConnected());
            assertEquals("cD", proxy.awaitEnd().cause().code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theTunnelTimeoutTakesThePlaceOfTheOthers(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend.clientTimeout(Duration.ofMillis(50)),
                                backend ->
                                        backend.servers(ProxyFixture.at(server.port()))
                                                .serverTimeout(Duration.ofMillis(50))
                                                .tunnelTimeout(Duration.ofMillis(400)));
                Socket client = proxy.connect()) {
            assertEquals(-1, client.getInputStream().read());
            SessionEnd end = proxy.awaitEnd();
            assertEquals("cD", end.cause().code());
            assertNotBefore(400, end);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatStaysAfterTheServersFinIsClosedAfterClientFin(Transport transport)
            throws Exception {
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connection.shutdownOutput();
                                    connection.getInputStream().read();
                                });
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend.clientFinTimeout(Duration.ofMillis(200)),
                                backend ->
                                        backend.servers(ProxyFixture.at(server.port()))
                                                .tunnelTimeout(Duration.ofHours(1)));
                Socket client = proxy.connect()) {
            assertEquals(-1, client.getInputStream().read());
            SessionEnd end = proxy.awaitEnd();
            assertEquals("cD", end.cause().code());
            assertNotBefore(200, end);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatStaysAfterTheClientsFinIsClosedAfterServerFin(Transport transport)
            throws Exception {
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connection.getInputStream().readAllBytes();
                                    TimeUnit.SECONDS.sleep(30);
                                });
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                frontend -> frontend,
                                backend ->
                                        backend.servers(ProxyFixture.at(server.port()))
                                                .serverTimeout(Duration.ofHours(1))
                                                .serverFinTimeout(Duration.ofMillis(200)));
                Socket client = proxy.connect()) {
            client.getOutputStream().write(1);
            client.shutdownOutput();
            assertEquals(-1, client.getInputStream().read());
            SessionEnd end = proxy.awaitEnd();
            assertEquals("sD", end.cause().code());
            assertNotBefore(200, end);
        }
    }
}

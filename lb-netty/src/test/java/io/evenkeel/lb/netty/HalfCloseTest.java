package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.Socket;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HalfCloseTest {
    private static final byte[] TEN_MEGABYTES = new byte[10_000_000];

    static {
        new Random(1).nextBytes(TEN_MEGABYTES);
    }

    @ParameterizedTest
    @EnumSource
    void afterTheClientsFinTheServersAnswerArrivesWhole(Transport transport) throws Exception {
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connection.getInputStream().readAllBytes();
                                    connection.getOutputStream().write(TEN_MEGABYTES);
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, server.port());
                Socket client = proxy.connect()) {
            client.getOutputStream().write("request".getBytes());
            client.shutdownOutput();

            assertArrayEquals(TEN_MEGABYTES, client.getInputStream().readAllBytes());
            SessionEnd end = proxy.awaitEnd();
            assertEquals(TerminationCause.COMPLETED, end.cause());
            assertEquals(7, end.bytesToServer());
            assertEquals(TEN_MEGABYTES.length, end.bytesToClient());
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterTheServersFinTheClientsUploadArrivesWhole(Transport transport) throws Exception {
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connection.shutdownOutput();
                                    received.complete(connection.getInputStream().readAllBytes());
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, server.port());
                Socket client = proxy.connect()) {
            assertEquals(-1, client.getInputStream().read());
            client.getOutputStream().write(TEN_MEGABYTES);
            client.shutdownOutput();

            assertArrayEquals(TEN_MEGABYTES, received.get(10, TimeUnit.SECONDS));
            assertEquals(TerminationCause.COMPLETED, proxy.awaitEnd().cause());
        }
    }

    @ParameterizedTest
    @EnumSource
    void finFromBothSidesEndsBothConnectionsWithoutReset(Transport transport) throws Exception {
        CompletableFuture<Integer> atServer = new CompletableFuture<>();
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connection.getInputStream().read();
                                    connection.shutdownOutput();
                                    atServer.complete(connection.getInputStream().read());
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, server.port());
                Socket client = proxy.connect()) {
            client.getOutputStream().write(1);
            client.shutdownOutput();

            assertEquals(-1, client.getInputStream().read());
            assertEquals(-1, atServer.get(10, TimeUnit.SECONDS));
            SessionEnd end = proxy.awaitEnd();
            assertEquals(TerminationCause.COMPLETED, end.cause());
            assertEquals("--", end.cause().code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatSendsAndFinishesAtOnceIsServed(Transport transport) throws Exception {
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy = ProxyFixture.start(transport, server.port())) {
            for (int i = 0; i < 100; i++) {
                try (Socket client = proxy.connect()) {
                    client.getOutputStream().write(i);
                    client.shutdownOutput();
                    assertArrayEquals(
                            new byte[] {(byte) i}, client.getInputStream().readAllBytes());
                }
                SessionEnd end = proxy.awaitEnd();
                assertEquals(TerminationCause.COMPLETED, end.cause());
                assertEquals("s1", end.server());
            }
        }
    }
}

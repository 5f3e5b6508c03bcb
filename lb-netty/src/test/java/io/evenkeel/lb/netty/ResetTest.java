package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResetTest {
    private static final byte[] MEGABYTE = new byte[1_000_000];

    static {
        new Random(1).nextBytes(MEGABYTE);
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @ParameterizedTest
    @EnumSource
    void theClientsResetReachesTheServerAfterTheClientsBytes(Transport transport) throws Exception {
        CompletableFuture<byte[]> received = new CompletableFuture<>();
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    InputStream in = connection.getInputStream();
                                    received.complete(in.readNBytes(MEGABYTE.length));
                                    in.read();
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, server.port())) {
            Socket client = proxy.connect();
            client.getOutputStream().write(MEGABYTE);
            // RST discards what the client's own kernel has not sent: wait until the server has it.
            assertArrayEquals(MEGABYTE, received.get(10, TimeUnit.SECONDS));
            reset(client);

            assertInstanceOf(SocketException.class, server.awaitFailure());
            assertEquals("CD", proxy.awaitEnd().cause().code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void bytesThatArrivedBeforeTheClientsResetAreDelivered(Transport transport) throws Exception {
        for (int i = 0; i < 20; i++) {
            ByteArrayOutputStream received = new ByteArrayOutputStream();
            try (TcpServer server =
                            TcpServer.start(
                                    connection ->
                                            connection.getInputStream().transferTo(received));
                    ProxyFixture proxy = ProxyFixture.start(transport, server.port())) {
                Socket client = proxy.connect();
                client.getOutputStream().write("last words".getBytes());
                reset(client);

                SessionEnd end = proxy.awaitEnd();
                if (end.cause() == TerminationCause.CLIENT_ABORT_CONNECTING) {
                    continue; // The reset came before there was a server to tell.
                }
                assertEquals(TerminationCause.CLIENT_ABORT, end.cause());
                assertInstanceOf(SocketException.class, server.awaitFailure());
                assertEquals("last words", received.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void theServersResetReachesTheClientAfterTheServersBytes(Transport transport) throws Exception {
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connection.getInputStream().read();
                                    connection.getOutputStream().write("last words".getBytes());
                                    reset(connection);
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, server.port());
                Socket client = proxy.connect()) {
            client.getOutputStream().write(1);

            InputStream in = client.getInputStream();
            assertEquals("last words", new String(in.readNBytes(10)));
            assertThrows(SocketException.class, in::read);
            SessionEnd end = proxy.awaitEnd();
            assertEquals(TerminationCause.SERVER_ABORT, end.cause());
            assertEquals(10, end.bytesToClient());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theServersResetDuringAnUploadReachesTheClientAfterTheAnswer(Transport transport)
            throws Exception {
        // The way of a server that refuses a large request: it answers and closes with bytes
        // unread.
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connection.getInputStream().readNBytes(1000);
                                    connection.getOutputStream().write("too large".getBytes());
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, server.port());
                Socket client = proxy.connect()) {
            assertThrows(
                    SocketException.class,
                    () -> {
                        while (true) {
                            client.getOutputStream().write(MEGABYTE);
                        }
                    });
            assertEquals("too large", new String(client.getInputStream().readNBytes(9)));
            assertEquals(TerminationCause.SERVER_ABORT, proxy.awaitEnd().cause());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aResetAfterTheClientsFinIsStillAReset(Transport transport) throws Exception {
        CountDownLatch finArrived = new CountDownLatch(1);
        CountDownLatch clientIsGone = new CountDownLatch(1);
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connection.getInputStream().readAllBytes();
                                    finArrived.countDown();
                                    clientIsGone.await();
                                    while (true) {
                                        connection.getOutputStream().write(MEGABYTE);
                                    }
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, server.port())) {
            Socket client = proxy.connect();
            client.getOutputStream().write(1);
            client.shutdownOutput();
            assertTrue(finArrived.await(10, TimeUnit.SECONDS));
            reset(client);
            clientIsGone.countDown();

            assertInstanceOf(SocketException.class, server.awaitFailure());
            assertEquals("CD", proxy.awaitEnd().cause().code());
        }
    }

    /** It may have done already what the bytes asked for. */
    @ParameterizedTest
    @EnumSource
    void aServerThatResetsAfterItsFirstByteIsNotReplaced(Transport transport) throws Exception {
        try (TcpServer resets =
                        TcpServer.start(
                                connection -> {
                                    connection.getInputStream().read();
                                    reset(connection);
                                });
                ProxyFixture proxy = ProxyFixture.start(transport, resets.port(), resets.port());
                Socket client = proxy.connect()) {
            client.getOutputStream().write(1);

            assertThrows(SocketException.class, () -> client.getInputStream().read());
            SessionEnd end = proxy.awaitEnd();
            assertEquals(TerminationCause.SERVER_ABORT, end.cause());
            assertEquals(0, end.retries());
            assertEquals(1, resets.accepted());
        }
    }
}

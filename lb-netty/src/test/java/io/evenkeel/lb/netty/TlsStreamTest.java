package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.BindTlsConfig;
import io.evenkeel.lb.ConnectConfig;
import io.evenkeel.lb.ListenConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerTlsConfig;
import io.evenkeel.lb.SocketBuffers;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TLS is taken off on one side and put on again on the other; the streams are what they were. */
class TlsStreamTest {
    private static final long BYTES = 4L << 20;
    private static final byte[] TEN_MEGABYTES = new byte[10_000_000];

    @TempDir static Path directory;
    private static TestCertificates certificates;
    private static String file;
    private static SSLContext trusting;
    private static SSLContext serving;

    /** How a connection is driven, and by whom its TLS. */
    record Way(Transport transport, TlsProvider provider, String version) {}

    /** All of epoll's, and of the other transports each provider with one of the versions. */
    static Stream<Way> ways() {
        return Stream.of(Transport.values())
                .flatMap(
                        transport ->
                                Stream.of(
                                        new Way(transport, TlsProvider.JDK, "TLSv1.2"),
                                        new Way(transport, TlsProvider.JDK, "TLSv1.3"),
                                        new Way(transport, TlsProvider.OPENSSL, "TLSv1.2"),
                                        new Way(transport, TlsProvider.OPENSSL, "TLSv1.3")))
                .filter(
                        way ->
                                way.transport() == Transport.EPOLL
                                        || (way.provider() == TlsProvider.JDK)
                                                == way.version().equals("TLSv1.3"));
    }

    @BeforeAll
    static void issue() throws Exception {
        new Random(1).nextBytes(TEN_MEGABYTES);
        certificates = new TestCertificates(directory);
        file = certificates.file("web.pem", "www.example.com");
        trusting = certificates.context(null);
        serving = certificates.context(certificates.issue("app.example.com"));
    }

    private static ProxyFixture proxy(Way way, int port) throws ProxyStartException {
        return proxy(way, port, SocketBuffers.SYSTEM);
    }

    private static ProxyFixture proxy(Way way, int port, SocketBuffers buffers)
            throws ProxyStartException {
        return ProxyFixture.start(
                way.transport(),
                way.provider(),
                frontend ->
                        frontend.tls(bind(), BindTlsConfig.of(file))
                                .listenConfig(
                                        bind(), ListenConfig.builder().buffers(buffers).build()),
                backend ->
                        backend.servers(
                                List.of(
                                        ServerConfig.builder("s1", "127.0.0.1", port)
                                                .connect(
                                                        ConnectConfig.builder()
                                                                .buffers(buffers)
                                                                .build())
                                                .tls(
                                                        ServerTlsConfig.verifiedBy(
                                                                        certificates
                                                                                .authorityFile())
                                                                .withServerName("app.example.com"))
                                                .build())));
    }

    private static BindAddress bind() {
        return new BindAddress("127.0.0.1", 0);
    }

    private static TcpServer server(TcpServer.Conversation conversation) throws IOException {
        return TcpServer.start(TestTls.over(serving, conversation));
    }

    private static SSLSocket client(ProxyFixture proxy, Way way) throws IOException {
        return TestCertificates.connect(
                trusting, proxy.address(), "www.example.com", way.version());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void bytesArriveAsTheyWereSentBothWaysAtOnce(Way way) throws Exception {
        moveBothWaysAtOnce(way, SocketBuffers.SYSTEM);
    }

    /** What is written of records at once is less than a chunk, and what is then taken less than the rest of it. */
    @ParameterizedTest
    @MethodSource("ways")
    void bytesArriveAlsoWhereTheSystemTakesLittleAtATime(Way way) throws Exception {
        moveBothWaysAtOnce(way, new SocketBuffers(0, 8 * 1024, 0));
    }

    private static void moveBothWaysAtOnce(Way way, SocketBuffers buffers) throws Exception {
        CompletableFuture<String> sentByServer = new CompletableFuture<>();
        CompletableFuture<String> receivedByServer = new CompletableFuture<>();
        try (TcpServer server =
                        server(
                                connection -> {
                                    CompletableFuture<String> sent = send(connection, 1);
                                    receivedByServer.complete(
                                            RandomStream.read(
                                                    new Counted(connection.getInputStream(), BYTES),
                                                    2));
                                    sentByServer.complete(sent.join());
                                    assertEquals(-1, connection.getInputStream().read());
                                });
                ProxyFixture proxy = proxy(way, server.port(), buffers)) {
            try (Socket client = client(proxy, way)) {
                CompletableFuture<String> sentByClient = send(client, 3);
                String receivedByClient =
                        RandomStream.read(new Counted(client.getInputStream(), BYTES), 4);

                assertEquals(sentByServer.get(10, TimeUnit.SECONDS), receivedByClient);
                assertEquals(
                        sentByClient.get(10, TimeUnit.SECONDS),
                        receivedByServer.get(10, TimeUnit.SECONDS));
            }
            SessionEnd end = proxy.awaitEnd();
            assertEquals(BYTES, end.bytesToServer());
            assertEquals(BYTES, end.bytesToClient());
        }
    }

    private static CompletableFuture<String> send(Socket socket, long seed) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return RandomStream.write(socket.getOutputStream(), BYTES, seed);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                command -> new Thread(command).start());
    }

    /** Ends after so many bytes. */
    private static final class Counted extends FilterInputStream {
        private long left;

        Counted(InputStream in, long bytes) {
            super(in);
            left = bytes;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int n = super.read(bytes, offset, (int) Math.min(left, length));
            left -= Math.max(0, n);
            return n;
        }
    }

    /** Of TLS 1.3, Netty's engine for OpenSSL cannot write after the peer's close_notify. */
    static Stream<Way> waysThatHalfClose() {
        return ways().filter(
                        way ->
                                way.provider() == TlsProvider.JDK
                                        || way.version().equals("TLSv1.2"));
    }

    @ParameterizedTest
    @MethodSource("waysThatHalfClose")
    void afterTheClientsEndTheServersAnswerArrivesWhole(Way way) throws Exception {
        try (TcpServer server =
                        server(
                                connection -> {
                                    connection.getInputStream().readAllBytes();
                                    connection.getOutputStream().write(TEN_MEGABYTES);
                                });
                ProxyFixture proxy = proxy(way, server.port());
                SSLSocket client = client(proxy, way)) {
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
    @MethodSource("ways")
    void aReaderThatTakesNothingHoldsLittleAndThenGetsAll(Way way) throws Exception {
        try (TcpServer server =
                        server(connection -> connection.getOutputStream().write(TEN_MEGABYTES));
                ProxyFixture proxy = proxy(way, server.port());
                SSLSocket client = client(proxy, way)) {
            client.startHandshake();
            Await.until("something is held", () -> proxy.proxy().heldBytes() > 0);
            // A chunk for the bytes, one for their records, one for a record that is not whole and
            // one for the moment.
            assertTrue(proxy.proxy().heldBytes() <= 4 * Chunk.CAPACITY);

            assertArrayEquals(TEN_MEGABYTES, client.getInputStream().readAllBytes());
            Await.until("nothing is held", () -> proxy.proxy().heldBytes() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aResetIsPassedOn(Way way) throws Exception {
        try (TcpServer server =
                        server(
                                connection -> {
                                    connection.getOutputStream().write(1);
                                    connection.getInputStream().readAllBytes();
                                });
                ProxyFixture proxy = proxy(way, server.port())) {
            Socket below = proxy.connect();
            SSLSocket client =
                    (SSLSocket)
                            trusting.getSocketFactory()
                                    .createSocket(below, "127.0.0.1", 443, false);
            client.setEnabledProtocols(new String[] {way.version()});
            assertEquals(1, client.getInputStream().read());
            below.setSoLinger(true, 0);
            below.close();
            assertTrue(server.awaitFailure() instanceof IOException);
            assertEquals(TerminationCause.CLIENT_ABORT, proxy.awaitEnd().cause());
        }
    }
}

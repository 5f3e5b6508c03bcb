package io.evenkeel.lb.netty;

import static io.evenkeel.lb.netty.ProxyHeaders.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.ProxyHeader.Option;
import io.evenkeel.lb.ProxyHeaderSenders;
import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers and checks that get a PROXY header first. */
class SendProxyTest {
    private final BlockingQueue<byte[]> heard = new LinkedBlockingQueue<>();

    /** Keeps all that a connection brings, and says that it has. */
    private TcpServer hearing() throws IOException {
        return TcpServer.start(
                connection -> {
                    heard.add(connection.getInputStream().readAllBytes());
                    connection.getOutputStream().write('.');
                });
    }

    /** A socket that is closed before resets the connection, and its last words may be lost. */
    private static void readTheRest(Socket connection) throws IOException {
        connection.shutdownOutput();
        connection.getInputStream().transferTo(OutputStream.nullOutputStream());
    }

    private String heard() throws InterruptedException {
        byte[] bytes = heard.poll(10, TimeUnit.SECONDS);
        return bytes == null ? "nothing" : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static ServerConfig server(int port, ProxyHeader header) {
        return ServerConfig.builder("s", "127.0.0.1", port).proxyHeader(header).build();
    }

    private static ProxyFixture start(
            Transport transport,
            UnaryOperator<FrontendConfig.Builder> frontend,
            List<ServerConfig> servers)
            throws ProxyStartException {
        return ProxyFixture.start(
                transport,
                frontend,
                List.of(BackendConfig.builder("app").servers(servers).build()));
    }

    /** Sends that and FIN, and waits for the server's answer; where the client was. */
    private static InetSocketAddress send(ProxyFixture proxy, byte[] bytes) throws IOException {
        try (Socket client = proxy.connect()) {
            client.getOutputStream().write(bytes);
            client.shutdownOutput();
            assertEquals('.', client.getInputStream().read());
            return (InetSocketAddress) client.getLocalSocketAddress();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theHeaderComesInFrontOfTheClientsBytes(Transport transport) throws Exception {
        try (TcpServer app = hearing();
                ProxyFixture proxy =
                        start(
                                transport,
                                frontend -> frontend,
                                List.of(server(app.port(), ProxyHeader.v1())))) {
            InetSocketAddress client = send(proxy, text("hello"));
            assertEquals(
                    "PROXY TCP4 127.0.0.1 127.0.0.1 "
                            + client.getPort()
                            + " "
                            + proxy.address().getPort()
                            + "\r\nhello",
                    heard());
            SessionEnd end = proxy.awaitEnd();
            assertEquals(TerminationCause.COMPLETED, end.cause());
            assertEquals(5, end.bytesToServer());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatSpeaksFirstGetsItBeforeItsClientHasSaidAnything(Transport transport)
            throws Exception {
        try (TcpServer app =
                        TcpServer.start(
                                connection -> {
                                    byte[] line = connection.getInputStream().readNBytes(12);
                                    connection.getOutputStream().write(line);
                                    readTheRest(connection);
                                });
                ProxyFixture proxy =
                        start(
                                transport,
                                frontend -> frontend,
                                List.of(server(app.port(), ProxyHeader.v2())));
                Socket client = proxy.connect()) {
            assertArrayEquals(
                    ProxyHeaders.bytes(ProxyHeaders.SIGNATURE),
                    client.getInputStream().readNBytes(12));
        }
    }

    /** From one proxy to the next: what the first header said of the client, and the name. */
    @ParameterizedTest
    @EnumSource
    void theAddressesOfTheClientsOwnHeaderArePassedOn(Transport transport) throws Exception {
        try (TcpServer app = hearing();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                unused ->
                                        FrontendConfig.builder("web")
                                                .bind(
                                                        new BindAddress("127.0.0.1", 0),
                                                        ProxyHeaderSenders.anybody())
                                                .defaultBackend("app"),
                                List.of(
                                        BackendConfig.builder("app")
                                                .server(
                                                        server(
                                                                app.port(),
                                                                ProxyHeader.v2(Option.AUTHORITY)))
                                                .build()))) {
            byte[] header =
                    ProxyHeaders.binary(
                            0x21, 0x11, ProxyHeaders.TCP4 + ProxyHeaders.tlv(2, "612e6578"));
            byte[] sent = ProxyHeaders.join(header, text("hello"));
            send(proxy, sent);
            assertArrayEquals(sent, heard.poll(10, TimeUnit.SECONDS));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNameIsThatOfTheClientHello(Transport transport) throws Exception {
        byte[] hello = ClientHellos.ofTheJdk("WWW.example.com");
        try (TcpServer app = hearing();
                ProxyFixture proxy =
                        start(
                                transport,
                                frontend -> frontend.inspectDelay(Duration.ofSeconds(20)),
                                List.of(
                                        server(
                                                app.port(),
                                                ProxyHeader.v2(
                                                        Option.AUTHORITY, Option.CRC32C))))) {
            send(proxy, hello);
            byte[] all = heard.poll(10, TimeUnit.SECONDS);
            ProxyHeaderParser parser = new ProxyHeaderParser();
            assertEquals(ProxyHeaderParser.Result.HEADER, parser.parse(all, all.length));
            assertArrayEquals(text("WWW.example.com"), parser.authority(all));
            assertArrayEquals(hello, Arrays.copyOfRange(all, parser.size(), all.length));
        }
    }

    /** The next server of a retry gets a header of its own. */
    @ParameterizedTest
    @EnumSource
    void afterAFailedConnectTheNextServerGetsIt(Transport transport) throws Exception {
        try (TcpServer app = hearing();
                RefusingPort refusing = new RefusingPort();
                ProxyFixture proxy =
                        start(
                                transport,
                                frontend -> frontend,
                                List.of(
                                        ServerConfig.builder("r", "127.0.0.1", refusing.port())
                                                .proxyHeader(ProxyHeader.v2())
                                                .build(),
                                        server(app.port(), ProxyHeader.v1())))) {
            send(proxy, text("hello"));
            String all = heard();
            assertEquals("PROXY TCP4", all.substring(0, 10));
            assertEquals("hello", all.substring(all.length() - 5));
        }
    }

    private static String verdict(Transport transport, int port, CheckConfig check, HttpCheck http)
            throws Exception {
        return FirstVerdict.of(
                transport,
                ServerConfig.builder("s", "127.0.0.1", port).check(check).build(),
                backend -> backend.httpCheck(http));
    }

    @ParameterizedTest
    @EnumSource
    void aCheckSaysThatItIsOnBehalfOfNobody(Transport transport) throws Exception {
        try (TcpServer app =
                TcpServer.start(
                        connection -> {
                            heard.add(connection.getInputStream().readNBytes(16 + 9));
                            connection.getOutputStream().write(text("HTTP/1.0 200 OK\r\n\r\n"));
                            readTheRest(connection);
                        })) {
            CheckConfig check = CheckConfig.builder().proxyHeader(ProxyHeader.v2()).build();
            assertEquals(
                    "UP: Layer7 check passed, 200",
                    verdict(transport, app.port(), check, HttpCheck.builder().build()));
            assertEquals(
                    new String(ProxyHeaders.binary(0x20, 0, ""), StandardCharsets.ISO_8859_1)
                            + "OPTIONS /",
                    heard());
        }
    }

    /** The header may still be on its way when the check is over. */
    @ParameterizedTest
    @EnumSource
    void theServerSeesTheEndOfEveryCheck(Transport transport) throws Exception {
        AtomicInteger ended = new AtomicInteger();
        try (TcpServer app =
                        TcpServer.start(
                                connection -> {
                                    try {
                                        connection.getInputStream().readAllBytes();
                                    } catch (SocketException e) {
                                        // That is how a check ends.
                                        assertEquals("Connection reset", e.getMessage());
                                    }
                                    ended.incrementAndGet();
                                });
                ProxyFixture proxy =
                        start(
                                transport,
                                frontend -> frontend,
                                List.of(
                                        ServerConfig.builder("s", "127.0.0.1", app.port())
                                                .check(
                                                        CheckConfig.builder()
                                                                .proxyHeader(ProxyHeader.v2())
                                                                .inter(Duration.ofMillis(20))
                                                                .build())
                                                .build()))) {
            Await.until("there were some", () -> app.accepted() >= 15);
            Await.until("all of them have ended", () -> ended.get() == app.accepted());
            assertTrue(proxy.proxy().backend("app").servers().get(0).isUp());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCheckOverTlsBeginsWithItsOwnAddresses(Transport transport) throws Exception {
        TcpServer.Conversation tls =
                TestTls.serving(
                        TestTls.selfSigned(), connection -> connection.getOutputStream().write(1));
        try (TcpServer app =
                TcpServer.start(
                        connection -> {
                            StringBuilder line = new StringBuilder();
                            while (line.indexOf("\n") < 0) {
                                line.append((char) connection.getInputStream().read());
                            }
                            heard.add(text(line + "" + connection.getPort()));
                            tls.run(connection);
                        })) {
            CheckConfig check =
                    CheckConfig.builder()
                            .proxyHeader(ProxyHeader.v1())
                            .tls(true)
                            .verifyCertificate(false)
                            .build();
            assertEquals("UP: Layer6 check passed", verdict(transport, app.port(), check, null));
            String[] parts = heard().split("\n");
            assertEquals(
                    "PROXY TCP4 127.0.0.1 127.0.0.1 " + parts[1] + " " + app.port() + "\r",
                    parts[0]);
        }
    }
}

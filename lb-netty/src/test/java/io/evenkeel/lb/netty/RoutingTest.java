package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AccessRule;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Condition;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.TextMatch;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
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
import java.util.function.UnaryOperator;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules choose the backend of real connections. */
class RoutingTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    /** Backends "app", the default one, and "other", each with one server. */
    private static ProxyFixture start(
            Transport transport,
            TcpServer app,
            TcpServer other,
            UnaryOperator<FrontendConfig.Builder> frontend)
            throws ProxyStartException {
        return ProxyFixture.start(
                transport, frontend, List.of(backend("app", app), backend("other", other)));
    }

    private static BackendConfig backend(String name, TcpServer server) {
        return BackendConfig.builder(name).servers(ProxyFixture.at(server.port())).build();
    }

    /** A server that says its name and then sends back what it gets. */
    private static TcpServer echoing(String name) throws IOException {
        return TcpServer.start(
                connection -> {
                    connection.getOutputStream().write(name.getBytes(StandardCharsets.US_ASCII));
                    connection.getInputStream().transferTo(connection.getOutputStream());
                });
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String ask(InetSocketAddress address, String from) throws IOException {
        try (Socket client = new Socket()) {
            client.bind(new InetSocketAddress(from, 0));
            client.connect(address, 10_000);
            client.setSoTimeout(10_000);
            return text(client.getInputStream().readAllBytes());
        }
    }

    /** Sends that, then FIN, and reads all. */
    private static String send(ProxyFixture proxy, byte[]... pieces) throws Exception {
        try (Socket client = proxy.connect()) {
            client.setTcpNoDelay(true);
            for (byte[] piece : pieces) {
                client.getOutputStream().write(piece);
                TimeUnit.MILLISECONDS.sleep(pieces.length > 1 ? 200 : 0);
            }
            client.shutdownOutput();
            return text(client.getInputStream().readAllBytes());
        }
    }

    private static byte[] request(String host) {
        return ("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\nbody")
                .getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @EnumSource
    void byTheAddressOfTheClient(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.named("app");
                TcpServer other = TcpServer.named("other");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                other,
                                frontend ->
                                        frontend.useBackend(
                                                "other", Condition.source("127.0.1.0/24")))) {
            assertEquals("app", ask(proxy.address(), "127.0.0.1"));
            assertEquals("app", proxy.awaitEnd().backend());
            assertEquals("other", ask(proxy.address(), "127.0.1.7"));
            assertEquals("other", proxy.awaitEnd().backend());
        }
    }

    @ParameterizedTest
    @EnumSource
    void byThePortThatTheClientConnectedTo(Transport transport) throws Exception {
        int port = TcpServer.unusedPort();
        try (TcpServer app = TcpServer.named("app");
                TcpServer other = TcpServer.named("other");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                other,
                                frontend ->
                                        frontend.bind("127.0.0.1", port)
                                                .useBackend(
                                                        "other",
                                                        Condition.destinationPort(port, port)))) {
            assertEquals("app", ask(proxy.address(), "127.0.0.1"));
            assertEquals("other", ask(new InetSocketAddress("127.0.0.1", port), "127.0.0.1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsRejectedIsResetBeforeAnyServerIsConnected(Transport transport)
            throws Exception {
        try (TcpServer app = TcpServer.named("app");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                app,
                                frontend ->
                                        frontend.connectionRule(
                                                        AccessRule.accept(
                                                                Condition.source("127.0.1.0/24")))
                                                .connectionRule(
                                                        AccessRule.reject(Condition.always())))) {
            proxy.assertResetsItsClients();
            SessionEnd end = proxy.awaitEnd();
            assertEquals(TerminationCause.REJECTED, end.cause());
            assertNull(end.backend());
            assertNull(end.server());
            assertEquals(0, app.accepted());
            assertEquals("app", ask(proxy.address(), "127.0.1.1"));
            assertEquals(0, proxy.proxy().backend("other").servers().get(0).inFlight());
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutABackendTheClientIsReset(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.named("app");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                app,
                                frontend ->
                                        frontend.defaultBackend(null)
                                                .useBackend(
                                                        "app", Condition.source("127.0.1.0/24")))) {
            proxy.assertResetsItsClients();
            assertEquals(TerminationCause.NO_BACKEND, proxy.awaitEnd().cause());
        }
    }

    /** The JDK's TLS client reaches the server of its name with exactly the bytes that it sent. */
    @ParameterizedTest
    @EnumSource
    void byTheNameInTheTlsClientHello(Transport transport) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        try (TcpServer app = hearing("app", heard);
                TcpServer other = hearing("other", heard);
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                other,
                                frontend ->
                                        frontend.inspectDelay(LONG)
                                                .useBackend(
                                                        "other", Condition.sni("*.example.com")))) {
            for (String name : List.of("www.example.com", "www.example.org")) {
                SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
                try (Socket plain = proxy.connect();
                        SSLSocket client =
                                (SSLSocket) factory.createSocket(plain, name, 443, true)) {
                    SSLParameters parameters = client.getSSLParameters();
                    parameters.setServerNames(List.of(new SNIHostName(name)));
                    client.setSSLParameters(parameters);
                    assertThrows(IOException.class, client::startHandshake);
                }
            }
            assertEquals("other www.example.com", heard.poll(10, TimeUnit.SECONDS));
            assertEquals("app www.example.org", heard.poll(10, TimeUnit.SECONDS));
        }
    }

    /** A server without TLS that tells which name it was asked for. */
    private static TcpServer hearing(String name, BlockingQueue<String> heard) throws IOException {
        return TcpServer.start(
                connection -> {
                    ClientHelloParser parser = new ClientHelloParser();
                    byte[] bytes = new byte[FirstBytes.CAPACITY];
                    int length = 0;
                    InputStream in = connection.getInputStream();
                    while (parser.parse(bytes, length) == ClientHelloParser.Result.MORE) {
                        length += in.read(bytes, length, bytes.length - length);
                    }
                    heard.add(name + " " + parser.serverName());
                });
    }

    @ParameterizedTest
    @EnumSource
    void aClientHelloInPiecesIsFoundAndPassedOnUnchanged(Transport transport) throws Exception {
        byte[] hello =
                ClientHellos.records(
                        ClientHellos.handshake(
                                ClientHellos.extension(ClientHellos.PADDING, new byte[1700]),
                                ClientHellos.serverName("www.example.com")),
                        700);
        byte[] first = Arrays.copyOf(hello, 1400);
        byte[] second = Arrays.copyOfRange(hello, 1400, hello.length);
        try (TcpServer app = echoing("app");
                TcpServer other = echoing("other");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                other,
                                frontend ->
                                        frontend.inspectDelay(LONG)
                                                .useBackend(
                                                        "other",
                                                        Condition.sni("www.example.com")))) {
            assertEquals("other" + text(hello), send(proxy, first, second));
            byte[] head = Arrays.copyOf(hello, 3);
            byte[] rest = Arrays.copyOfRange(hello, 3, hello.length);
            assertEquals("other" + text(hello), send(proxy, head, rest));
            try (Socket client = proxy.connect()) {
                client.setTcpNoDelay(true);
                for (byte octet : hello) {
                    client.getOutputStream().write(octet);
                }
                client.shutdownOutput();
                byte[] answer = client.getInputStream().readAllBytes();
                assertArrayEquals(
                        ("other" + text(hello)).getBytes(StandardCharsets.ISO_8859_1), answer);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void byTheHostOfTheFirstRequest(Transport transport) throws Exception {
        try (TcpServer app = echoing("app");
                TcpServer other = echoing("other");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                other,
                                frontend ->
                                        frontend.inspectDelay(LONG)
                                                .useBackend(
                                                        "other", Condition.host("b.example")))) {
            assertEquals("app" + text(request("a.example")), send(proxy, request("a.example")));
            assertEquals(
                    "other" + text(request("b.example:81")), send(proxy, request("b.example:81")));
            byte[] request = request("b.example");
            byte[] start = Arrays.copyOf(request, 9);
            byte[] rest = Arrays.copyOfRange(request, 9, request.length);
            assertEquals("other" + text(request), send(proxy, start, rest));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoTlsIsDecidedAtOnce(Transport transport) throws Exception {
        try (TcpServer app = echoing("app");
                TcpServer other = echoing("other");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                other,
                                frontend ->
                                        frontend.inspectDelay(LONG)
                                                .useBackend("other", Condition.tls().not()));
                Socket client = proxy.connect()) {
            // An SSLv2 hello begins so; the wait would be longer than the client's patience.
            client.getOutputStream().write(0x80);
            byte[] answer = client.getInputStream().readNBytes(6);
            assertEquals("other\u0080", text(answer));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSilentClientIsDecidedWhenTheWaitIsOver(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.named("app");
                TcpServer other = TcpServer.named("other");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                other,
                                frontend ->
                                        frontend.inspectDelay(Duration.ofMillis(200))
                                                .useBackend("other", Condition.sni("a")))) {
            assertEquals("app", ask(proxy.address(), "127.0.0.1"));
            SessionEnd end = proxy.awaitEnd();
            assertTrue(end.totalNanos() >= 200_000_000, end.toString());
            assertEquals(TerminationCause.COMPLETED, end.cause());
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAWaitItIsDecidedByWhatIsThere(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.named("app");
                TcpServer other = TcpServer.named("other");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                other,
                                frontend -> frontend.useBackend("other", Condition.tls().not()))) {
            // Nothing is there, which is no TLS.
            assertEquals("other", ask(proxy.address(), "127.0.0.1"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void contentRulesTakeWhatTheyKnowAndRejectTheRest(Transport transport) throws Exception {
        try (TcpServer app = echoing("app");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                app,
                                frontend ->
                                        frontend.inspectDelay(Duration.ofSeconds(2))
                                                .contentRule(AccessRule.accept(Condition.tls()))
                                                .contentRule(
                                                        AccessRule.accept(
                                                                Condition.path(
                                                                        TextMatch.prefix("/"))))
                                                .contentRule(
                                                        AccessRule.reject(Condition.always())))) {
            byte[] hello = ClientHellos.ofTheJdk("a.example");
            assertEquals("app" + text(hello), send(proxy, hello));
            assertEquals("app" + text(request("a")), send(proxy, request("a")));
            assertEquals(TerminationCause.COMPLETED, proxy.awaitEnd().cause());
            assertEquals(TerminationCause.COMPLETED, proxy.awaitEnd().cause());
            assertThrows(SocketException.class, () -> send(proxy, new byte[] {1, 2, 3}));
            assertEquals(TerminationCause.REJECTED, proxy.awaitEnd().cause());
            // Silent until the wait is over.
            proxy.assertResetsItsClients();
            assertEquals("PR", proxy.awaitEnd().cause().code());
            assertEquals(2, app.accepted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatGoesDuringTheWaitLeavesNothingBehind(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.named("app");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                app,
                                frontend ->
                                        frontend.inspectDelay(LONG)
                                                .useBackend("other", Condition.sni("a")))) {
            proxy.connect().close();
            assertEquals(TerminationCause.CLIENT_ABORT_INSPECTED, proxy.awaitEnd().cause());
            try (Socket client = proxy.connect()) {
                client.getOutputStream().write(22);
                Await.until(
                        "the session is there",
                        () -> proxy.proxy().snapshot().activeSessions() == 1);
                client.setSoLinger(true, 0);
            }
            assertEquals(TerminationCause.CLIENT_ABORT_INSPECTED, proxy.awaitEnd().cause());
            assertEquals(0, app.accepted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeadWithoutEndIsLookedAtNoFurtherThanItsBound(Transport transport) throws Exception {
        byte[] endless = ("GET / HTTP/1.1\r\nA: " + "x".repeat(100_000)).getBytes();
        try (TcpServer app = echoing("app");
                TcpServer other = echoing("other");
                ProxyFixture proxy =
                        start(
                                transport,
                                app,
                                other,
                                frontend ->
                                        frontend.inspectDelay(LONG)
                                                .useBackend("other", Condition.http()))) {
            assertEquals("app" + text(endless), send(proxy, endless));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProxyThatClosesEndsTheWait(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.named("app")) {
            ProxyFixture proxy =
                    start(
                            transport,
                            app,
                            app,
                            frontend ->
                                    frontend.inspectDelay(LONG)
                                            .useBackend("other", Condition.sni("a")));
            try (proxy;
                    Socket client = proxy.connect()) {
                assertEquals(InetAddress.getLoopbackAddress(), client.getInetAddress());
                Await.until(
                        "the session is there",
                        () -> proxy.proxy().snapshot().activeSessions() == 1);
                proxy.close();
                assertEquals(TerminationCause.SHUTDOWN, proxy.awaitEnd().cause());
            }
        }
    }
}

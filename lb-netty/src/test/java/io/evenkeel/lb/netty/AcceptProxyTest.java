package io.evenkeel.lb.netty;

import static io.evenkeel.lb.netty.ProxyHeaders.TCP4;
import static io.evenkeel.lb.netty.ProxyHeaders.binary;
import static io.evenkeel.lb.netty.ProxyHeaders.join;
import static io.evenkeel.lb.netty.ProxyHeaders.summed;
import static io.evenkeel.lb.netty.ProxyHeaders.text;
import static io.evenkeel.lb.netty.ProxyHeaders.tlv;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AccessRule;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.Condition;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.ProxyHeaderSenders;
import io.evenkeel.lb.ServerConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that have to begin with a PROXY header. */
class AcceptProxyTest {
    private static final BindAddress BIND = new BindAddress("127.0.0.1", 0);
    private static final byte[] PAYLOAD = text("PROXY is what the payload begins with\r\n");
    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 0x1234);

    private static FrontendConfig.Builder expecting(ProxyHeaderSenders senders) {
        return FrontendConfig.builder("web").bind(BIND, senders).defaultBackend("app");
    }

    private static FrontendConfig.Builder expecting() {
        return expecting(ProxyHeaderSenders.anybody());
    }

    /** With backends "app" and "other". */
    private static ProxyFixture start(
            Transport transport, FrontendConfig.Builder frontend, TcpServer app, TcpServer other)
            throws ProxyStartException {
        return ProxyFixture.start(
                transport,
                unused -> frontend,
                List.of(
                        BackendConfig.builder("app").servers(ProxyFixture.at(app.port())).build(),
                        BackendConfig.builder("other")
                                .servers(ProxyFixture.at(other.port()))
                                .build()));
    }

    /** Sends that in two segments, then FIN, and reads all. */
    private static String send(ProxyFixture proxy, byte[] bytes, int split) throws Exception {
        try (Socket client = proxy.connect()) {
            client.setTcpNoDelay(true);
            client.getOutputStream().write(bytes, 0, split);
            if (split > 0 && split < bytes.length) {
                // Time for the first segment to be looked at alone; it may be without, too.
                Thread.sleep(2);
            }
            client.getOutputStream().write(bytes, split, bytes.length - split);
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static String send(ProxyFixture proxy, byte[]... parts) throws Exception {
        return send(proxy, join(parts), 0);
    }

    /** Sends that and reads all. */
    private static String ask(ProxyFixture proxy, byte[] bytes) throws Exception {
        try (Socket client = proxy.connect()) {
            client.getOutputStream().write(bytes);
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private static void assertReset(ProxyFixture proxy, TerminationCause cause, byte[] sent)
            throws Exception {
        // The reset may come as early as during the write.
        assertThrows(
                SocketException.class,
                () -> {
                    try (Socket client = proxy.connect()) {
                        client.getOutputStream().write(sent);
                        client.getInputStream().read();
                    }
                });
        SessionEnd end = proxy.awaitEnd();
        assertEquals(cause, end.cause());
        assertEquals("127.0.0.1", end.client().getAddress().getHostAddress());
    }

    @ParameterizedTest
    @EnumSource
    void splitAtEveryByteThePayloadIsIntactAndTheClientIsTheHeaders(Transport transport)
            throws Exception {
        try (TcpServer app = TcpServer.echo();
                ProxyFixture proxy = start(transport, expecting(), app, app)) {
            byte[] header = summed(0x21, 0x11, TCP4, tlv(2, "612e6578"));
            byte[] all = join(header, PAYLOAD);
            for (int split = 0; split <= header.length + 3; split++) {
                assertEquals(
                        new String(PAYLOAD, StandardCharsets.ISO_8859_1), send(proxy, all, split));
                SessionEnd end = proxy.awaitEnd();
                assertEquals(CLIENT, end.client());
                assertEquals(PAYLOAD.length, end.bytesToServer());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatSpeaksFirstIsReachedByTheHeaderAlone(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.named("app");
                ProxyFixture proxy = start(transport, expecting(), app, app);
                Socket client = proxy.connect()) {
            client.getOutputStream().write(text("PROXY TCP4 192.0.2.1 192.0.2.2 4660 80\r\n"));
            assertEquals("app", new String(client.getInputStream().readAllBytes()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withoutAddressesTheConnectionKeepsItsOwn(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.echo();
                ProxyFixture proxy = start(transport, expecting(), app, app)) {
            for (byte[] header :
                    List.of(
                            text("PROXY UNKNOWN\r\n"),
                            binary(0x20, 0x11, TCP4),
                            binary(0x21, 0x00, ""))) {
                assertEquals("x", send(proxy, header, text("x")));
                InetSocketAddress client = proxy.awaitEnd().client();
                assertEquals("127.0.0.1", client.getAddress().getHostAddress());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoHeaderIsRefusedAndNeverTakenForPayload(Transport transport) throws Exception {
        byte[] wrongSum = summed(0x21, 0x11, TCP4, "");
        wrongSum[33] ^= 1;
        try (TcpServer app = TcpServer.echo();
                ProxyFixture proxy = start(transport, expecting(), app, app)) {
            for (byte[] bytes :
                    List.of(
                            text("GET / HTTP/1.1\r\n"),
                            text("PROXY TCP4 192.0.2.01 192.0.2.2 1 2\r\n"),
                            text("PROXY UNKNOWN " + "x".repeat(100)),
                            binary(0x21, 0x11, "00"),
                            binary(0x21, 0x11, TCP4 + "04ffff"),
                            binary(0x21, 0x41, TCP4),
                            wrongSum)) {
                assertReset(proxy, TerminationCause.PROXY_HEADER_REFUSED, bytes);
            }
            assertEquals(0, app.accepted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneThatIsSentByAnUntrustedPeerIsRefused(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.echo();
                ProxyFixture proxy =
                        start(
                                transport,
                                expecting(ProxyHeaderSenders.of("127.0.1.0/24")),
                                app,
                                app)) {
            assertReset(
                    proxy,
                    TerminationCause.PROXY_HEADER_REFUSED,
                    text("PROXY TCP4 127.0.1.1 192.0.2.2 1 2\r\n"));
            try (Socket trusted = new Socket()) {
                trusted.bind(new InetSocketAddress("127.0.1.9", 0));
                trusted.connect(proxy.address(), 10_000);
                trusted.setSoTimeout(10_000);
                trusted.getOutputStream().write(join(binary(0x21, 0x11, TCP4), text("x")));
                assertEquals('x', trusted.getInputStream().read());
            }
            assertEquals(CLIENT, proxy.awaitEnd().client());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHeaderThatDoesNotComeInTimeEndsTheConnection(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.echo();
                ProxyFixture proxy =
                        start(
                                transport,
                                expecting().proxyHeaderTimeout(Duration.ofMillis(100)),
                                app,
                                app)) {
            assertReset(proxy, TerminationCause.PROXY_HEADER_TIMEOUT, new byte[0]);
            assertReset(proxy, TerminationCause.PROXY_HEADER_TIMEOUT, text("PROXY TCP4 192"));
            assertReset(
                    proxy, TerminationCause.PROXY_HEADER_TIMEOUT, new byte[] {'\r', '\n', '\r'});
            assertEquals(0, app.accepted());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientThatClosesInsteadIsGone(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.echo();
                ProxyFixture proxy = start(transport, expecting(), app, app)) {
            proxy.connect().close();
            assertEquals(TerminationCause.CLIENT_ABORT_INSPECTED, proxy.awaitEnd().cause());
        }
    }

    /** Rules at the accept see the connection itself, all others what the header says. */
    @ParameterizedTest
    @EnumSource
    void rulesGoByTheAddressesOfTheHeader(Transport transport) throws Exception {
        try (TcpServer app = TcpServer.named("app");
                TcpServer other = TcpServer.named("other");
                ProxyFixture proxy =
                        start(
                                transport,
                                expecting()
                                        .connectionRule(
                                                AccessRule.reject(Condition.source("192.0.2.0/24")))
                                        .contentRule(
                                                AccessRule.reject(Condition.source("203.0.113.1")))
                                        .useBackend(
                                                "other",
                                                Condition.destination("198.51.100.2")
                                                        .and(Condition.destinationPort(443, 443))
                                                        .and(Condition.sourcePort(0x1234, 0x1234))),
                                app,
                                other)) {
            assertEquals("other", ask(proxy, binary(0x21, 0x11, TCP4)));
            assertEquals("app", ask(proxy, text("PROXY TCP4 192.0.2.1 192.0.2.2 1 2\r\n")));
            proxy.awaitEnd();
            proxy.awaitEnd();
            try (Socket client = proxy.connect()) {
                client.getOutputStream().write(text("PROXY TCP4 203.0.113.1 192.0.2.2 1 2\r\n"));
                assertThrows(SocketException.class, () -> client.getInputStream().read());
            }
            assertEquals(TerminationCause.REJECTED, proxy.awaitEnd().cause());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsTheHeaderIsInspected(Transport transport) throws Exception {
        byte[] header = text("PROXY TCP6 2001:db8::1 2001:db8::2 1 2\r\n");
        byte[] request = text("GET / HTTP/1.1\r\nHost: b.example\r\n\r\n");
        try (TcpServer app = TcpServer.named("app");
                TcpServer other = TcpServer.echo();
                ProxyFixture proxy =
                        start(
                                transport,
                                expecting()
                                        .inspectDelay(Duration.ofSeconds(20))
                                        .useBackend("other", Condition.host("b.example")),
                                app,
                                other)) {
            byte[] all = join(header, request);
            for (int split : new int[] {0, header.length - 1, header.length, all.length - 3}) {
                assertEquals(
                        new String(request, StandardCharsets.ISO_8859_1), send(proxy, all, split));
            }
        }
    }

    /** {@code expect-proxy layer4 if ...}: of others no header is expected, and what looks like one is payload. */
    @ParameterizedTest
    @EnumSource
    void aRuleSaysOfWhomOneIsExpected(Transport transport) throws Exception {
        String line = "PROXY TCP4 192.0.2.1 192.0.2.2 4660 80\r\n";
        try (TcpServer app = TcpServer.echo();
                ProxyFixture proxy =
                        start(
                                transport,
                                FrontendConfig.builder("web")
                                        .bind(BIND)
                                        .defaultBackend("app")
                                        .expectProxyHeader(Condition.source("127.0.1.0/24")),
                                app,
                                app)) {
            assertEquals(line, send(proxy, text(line)));
            assertEquals("127.0.0.1", proxy.awaitEnd().client().getAddress().getHostAddress());
            assertEquals("x", from("127.0.1.1", proxy, line + "x"));
            assertEquals(CLIENT, proxy.awaitEnd().client());
        }
    }

    private static String from(String address, ProxyFixture proxy, String sent) throws IOException {
        try (Socket client = new Socket()) {
            client.bind(new InetSocketAddress(address, 0));
            client.connect(proxy.address(), 10_000);
            client.setSoTimeout(10_000);
            client.getOutputStream().write(text(sent));
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    /** Another configuration, while it runs, for the same address and the same server. */
    @ParameterizedTest
    @EnumSource
    void headersMayBeTurnedOnWhileItRuns(Transport transport) throws Exception {
        String line = "PROXY TCP4 192.0.2.1 192.0.2.2 4660 80\r\n";
        try (TcpServer app = TcpServer.echo();
                ProxyFixture proxy =
                        start(
                                transport,
                                FrontendConfig.builder("web").bind(BIND).defaultBackend("app"),
                                app,
                                app)) {
            assertEquals("x", send(proxy, text("x")));
            InetSocketAddress before = proxy.address();
            ServerConfig told =
                    ProxyFixture.at(app.port()).get(0).toBuilder()
                            .proxyHeader(ProxyHeader.v1())
                            .build();
            proxy.proxy()
                    .apply(
                            new ProxyConfig(
                                    List.of(expecting().build()),
                                    List.of(BackendConfig.builder("app").server(told).build())));
            assertEquals(before, proxy.address());
            assertEquals(line + "x", send(proxy, text(line + "x")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLongestHeaderIsTaken(Transport transport) throws Exception {
        byte[] header =
                binary(
                        0x21,
                        0x11,
                        TCP4 + tlv(4, "00".repeat(ProxyHeaderParser.LONGEST - 16 - 12 - 3)));
        assertEquals(ProxyHeaderParser.LONGEST, header.length);
        try (TcpServer app = TcpServer.echo();
                ProxyFixture proxy = start(transport, expecting(), app, app)) {
            String large = "x".repeat(100_000);
            assertTrue(large.equals(send(proxy, header, text(large))));
        }
    }
}

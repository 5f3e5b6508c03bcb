package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AccessRule;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.BindTlsConfig;
import io.evenkeel.lb.BindTlsConfig.ClientCertificates;
import io.evenkeel.lb.Condition;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.ProxyHeaderSenders;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.TextMatch;
import io.evenkeel.lb.TlsParameters;
import io.evenkeel.lb.TlsVersion;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTerminationTest {
    private static final BindAddress BIND = new BindAddress("127.0.0.1", 0);

    @TempDir static Path directory;
    private static TestCertificates certificates;
    private static BindTlsConfig config;
    private static SSLContext trusting;
    private static TcpServer server;

    @BeforeAll
    static void issue() throws Exception {
        certificates = new TestCertificates(directory);
        config =
                BindTlsConfig.of(
                        certificates.file("first.pem", "first.example.com"),
                        certificates.file("wild.pem", "*.example.org", "exact.example.net"));
        trusting = certificates.context(null);
        server = TcpServer.named("served");
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    private static ProxyFixture proxy(TlsProvider provider, BindTlsConfig tls) throws Exception {
        return proxy(provider, frontend -> frontend.tls(BIND, tls));
    }

    private static ProxyFixture proxy(
            TlsProvider provider, UnaryOperator<FrontendConfig.Builder> frontend) throws Exception {
        return ProxyFixture.start(
                Transport.best(),
                provider,
                frontend,
                backend -> backend.servers(ProxyFixture.at(server.port())));
    }

    private static String commonName(ProxyFixture proxy, String name) throws Exception {
        // One that knows no session: those are kept by address, whatever the name.
        SSLContext fresh = certificates.context(null);
        try (SSLSocket client = TestCertificates.connect(fresh, proxy.address(), name, "TLSv1.3")) {
            client.startHandshake();
            X509Certificate shown = (X509Certificate) client.getSession().getPeerCertificates()[0];
            return shown.getSubjectX500Principal().getName();
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNameThatTheClientAsksForChoosesTheCertificate(TlsProvider provider) throws Exception {
        try (ProxyFixture proxy = proxy(provider, config)) {
            assertEquals("CN=first.example.com", commonName(proxy, "first.example.com"));
            assertEquals("CN=*.example.org", commonName(proxy, "www.example.org"));
            assertEquals("CN=*.example.org", commonName(proxy, "EXACT.example.net"));
            assertEquals("CN=first.example.com", commonName(proxy, "a.b.example.org"));
            assertEquals("CN=first.example.com", commonName(proxy, null));
        }
    }

    @ParameterizedTest
    @EnumSource
    void withStrictSniOtherNamesAreRefusedWithAnAlert(TlsProvider provider) throws Exception {
        try (ProxyFixture proxy = proxy(provider, config.withStrictSni())) {
            SSLException refused =
                    assertThrows(SSLException.class, () -> commonName(proxy, "www.example.com"));
            assertTrue(refused.getMessage().contains("unrecognized_name"), refused.getMessage());
            assertEquals(TerminationCause.CLIENT_TLS_FAILED, proxy.awaitEnd().cause());
            assertEquals("CN=*.example.org", commonName(proxy, "www.example.org"));
        }
    }

    @ParameterizedTest
    @CsvSource({"JDK, TLSv1.2", "JDK, TLSv1.3", "OPENSSL, TLSv1.2", "OPENSSL, TLSv1.3"})
    void theVersionAndTheProtocolAreThoseThatBothHave(TlsProvider provider, String version)
            throws Exception {
        TlsVersion only = version.endsWith("3") ? TlsVersion.TLS_1_3 : TlsVersion.TLS_1_2;
        TlsParameters parameters =
                TlsParameters.DEFAULT.withVersions(only).withProtocols("h2", "http/1.1");
        String other = version.endsWith("3") ? "TLSv1.2" : "TLSv1.3";
        try (ProxyFixture proxy = proxy(provider, config.withParameters(parameters))) {
            try (SSLSocket client =
                    TestCertificates.connect(trusting, proxy.address(), null, version)) {
                SSLParameters offered = client.getSSLParameters();
                offered.setApplicationProtocols(new String[] {"spdy/1", "http/1.1", "h2"});
                client.setSSLParameters(offered);
                client.startHandshake();
                assertEquals("h2", client.getApplicationProtocol());
                assertEquals(version, client.getSession().getProtocol());
            }
            try (SSLSocket client =
                    TestCertificates.connect(trusting, proxy.address(), null, other)) {
                assertThrows(SSLException.class, client::startHandshake);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateOfTheClientIsAskedForAndVerified(TlsProvider provider) throws Exception {
        BindTlsConfig asking =
                config.withClientCertificates(
                        ClientCertificates.REQUIRED, certificates.authorityFile());
        SSLContext known = certificates.context(certificates.issue("client"));
        try (ProxyFixture proxy = proxy(provider, asking)) {
            assertEquals("served", read(proxy, known));
            assertEquals(TerminationCause.COMPLETED, proxy.awaitEnd().cause());
            // Of TLS 1.3 a client learns only with the first bytes that it is refused.
            assertThrows(IOException.class, () -> read(proxy, trusting));
            assertEquals(TerminationCause.CLIENT_TLS_FAILED, proxy.awaitEnd().cause());
        }
    }

    private static String read(ProxyFixture proxy, SSLContext context) throws IOException {
        try (SSLSocket client =
                TestCertificates.connect(context, proxy.address(), null, "TLSv1.3")) {
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rulesAndServersHearWhatTheHandshakeHasSaid(TlsProvider provider) throws Exception {
        BindTlsConfig asking =
                config.withClientCertificates(
                        ClientCertificates.OPTIONAL, certificates.authorityFile());
        SSLContext known = certificates.context(certificates.issue("client"));
        try (TcpServer told =
                        TcpServer.start(
                                connection -> {
                                    byte[] header = connection.getInputStream().readNBytes(16);
                                    int length = (header[14] & 0xff) << 8 | header[15] & 0xff;
                                    connection
                                            .getOutputStream()
                                            .write(connection.getInputStream().readNBytes(length));
                                });
                ProxyFixture proxy =
                        ProxyFixture.start(
                                Transport.best(),
                                provider,
                                frontend ->
                                        frontend.tls(BIND, asking)
                                                .useBackend(
                                                        "app",
                                                        Condition.terminatedServerName(
                                                                        TextMatch.exact(
                                                                                "a.example.org"))
                                                                .and(Condition.clientCertificate()))
                                                .defaultBackend("app")
                                                .contentRule(
                                                        new AccessRule(
                                                                AccessRule.Action.REJECT,
                                                                Condition.clientCertificate()
                                                                        .not())),
                                backend ->
                                        backend.servers(
                                                List.of(
                                                        ServerConfig.builder(
                                                                        "s1",
                                                                        "127.0.0.1",
                                                                        told.port())
                                                                .proxyHeader(
                                                                        ProxyHeader.v2(
                                                                                ProxyHeader.Option
                                                                                        .AUTHORITY,
                                                                                ProxyHeader.Option
                                                                                        .SSL_COMMON_NAME))
                                                                .build())))) {
            try (SSLSocket client =
                    TestCertificates.connect(known, proxy.address(), "a.example.org", "TLSv1.3")) {
                byte[] header = client.getInputStream().readAllBytes();
                String text = new String(header, StandardCharsets.ISO_8859_1);
                assertEquals(
                        "\2\0\15a.example.org\40\0\30\7\0\0\0\0\41\0\7TLSv1.3\42\0\6client",
                        text.substring(12));
            }
            assertEquals(TerminationCause.COMPLETED, proxy.awaitEnd().cause());
            assertThrows(IOException.class, () -> read(proxy, trusting));
            assertEquals(TerminationCause.REJECTED, proxy.awaitEnd().cause());
        }
    }

    @Test
    void aProxyHeaderComesBeforeTheHandshake() throws Exception {
        try (ProxyFixture proxy =
                        ProxyFixture.start(
                                Transport.best(),
                                frontend ->
                                        FrontendConfig.builder("web")
                                                .bind(BIND, ProxyHeaderSenders.anybody())
                                                .tls(BIND, config)
                                                .defaultBackend("app"),
                                backend -> backend.servers(ProxyFixture.at(server.port())));
                Socket plain = proxy.connect()) {
            plain.getOutputStream().write("PROXY TCP4 192.0.2.1 192.0.2.2 1234 443\r\n".getBytes());
            try (SSLSocket client =
                    (SSLSocket)
                            trusting.getSocketFactory()
                                    .createSocket(plain, "127.0.0.1", 443, true)) {
                assertArrayEquals("served".getBytes(), client.getInputStream().readAllBytes());
            }
            assertEquals("192.0.2.1", proxy.awaitEnd().client().getAddress().getHostAddress());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoTlsIsRefusedAndWhoIsSilentRunsOutOfTime(TlsProvider provider) throws Exception {
        try (ProxyFixture proxy =
                proxy(
                        provider,
                        frontend ->
                                frontend.tls(BIND, config).clientTimeout(Duration.ofSeconds(2)))) {
            try (Socket client = proxy.connect()) {
                client.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
                assertEquals(TerminationCause.CLIENT_TLS_FAILED, proxy.awaitEnd().cause());
            }
            try (Socket client = proxy.connect()) {
                client.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1});
                assertEquals(TerminationCause.CLIENT_TLS_TIMEOUT, proxy.awaitEnd().cause());
            }
            proxy.connect().close();
            assertEquals(TerminationCause.CLIENT_TLS_FAILED, proxy.awaitEnd().cause());
        }
    }

    @ParameterizedTest
    @EnumSource
    void certificatesAreReadAgainDuringManyHandshakes(TlsProvider provider) throws Exception {
        Path file = Path.of(certificates.file("renewed.pem", "old.example.com"));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger handshakes = new AtomicInteger();
        ExecutorService clients = Executors.newFixedThreadPool(4);
        try (ProxyFixture proxy = proxy(provider, BindTlsConfig.of(file.toString()));
                SSLSocket stays =
                        TestCertificates.connect(trusting, proxy.address(), null, "TLSv1.3")) {
            stays.startHandshake();
            List<Future<?>> running =
                    Stream.generate(
                                    () ->
                                            clients.submit(
                                                    () -> {
                                                        while (!over.get()) {
                                                            assertEquals(
                                                                    "served",
                                                                    read(
                                                                            proxy,
                                                                            certificates.context(
                                                                                    null)));
                                                            handshakes.incrementAndGet();
                                                        }
                                                        return null;
                                                    }))
                            .limit(4)
                            .<Future<?>>map(f -> f)
                            .toList();
            for (int i = 0; i < 5; i++) {
                int before = handshakes.get();
                certificates.file("renewed.pem", "new" + i + ".example.com");
                if (i % 2 == 0) {
                    proxy.proxy().reloadCertificates();
                } else {
                    proxy.proxy().apply(proxy.config());
                }
                assertEquals("CN=new" + i + ".example.com", commonName(proxy, null));
                Await.until("more handshakes", () -> handshakes.get() > before + 4);
            }

            Files.writeString(
                    file, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
            for (ThrowingRunnable reload :
                    List.<ThrowingRunnable>of(
                            () -> proxy.proxy().reloadCertificates(),
                            () -> proxy.proxy().apply(proxy.config()))) {
                ProxyStartException refused = assertThrows(ProxyStartException.class, reload::run);
                assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
                assertTrue(refused.getMessage().contains("damaged"), refused.getMessage());
            }
            assertEquals("CN=new4.example.com", commonName(proxy, null));

            over.set(true);
            for (Future<?> client : running) {
                client.get(10, TimeUnit.SECONDS);
            }
            assertEquals("served", new String(stays.getInputStream().readAllBytes()));
        } finally {
            over.set(true);
            clients.shutdown();
        }
    }

    private interface ThrowingRunnable {
        void run() throws ProxyStartException;
    }

    @ParameterizedTest
    @EnumSource
    void sessionsAreResumed(TlsProvider provider) throws Exception {
        SSLContext remembering = certificates.context(null);
        try (ProxyFixture proxy = proxy(provider, config)) {
            long first = 0;
            for (int i = 0; i < 2; i++) {
                try (SSLSocket client =
                        TestCertificates.connect(
                                remembering, proxy.address(), "first.example.com", "TLSv1.3")) {
                    client.getInputStream().readAllBytes();
                    long created = client.getSession().getCreationTime();
                    if (i == 0) {
                        first = created;
                    } else {
                        assertEquals(first, created);
                    }
                }
            }
        }
    }
}

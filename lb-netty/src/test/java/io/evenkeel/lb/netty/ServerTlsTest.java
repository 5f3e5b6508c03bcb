package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.Condition;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.HealthState;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerTlsConfig;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ServerTlsTest {
    @TempDir static Path directory;
    private static TestCertificates certificates;
    private static ServerTlsConfig verified;
    private static X509Bundle application;

    @BeforeAll
    static void issue() throws Exception {
        certificates = new TestCertificates(directory);
        verified = ServerTlsConfig.verifiedBy(certificates.authorityFile());
        application = certificates.issue("app.example.com");
    }

    /** Says the name that it was asked for, and whose certificate it was shown. */
    private static TcpServer server(X509Bundle certificate) throws Exception {
        SSLContext context = certificates.context(certificate);
        return TcpServer.start(
                TestTls.over(
                        context,
                        connection -> {
                            SSLSocket socket = (SSLSocket) connection;
                            socket.setWantClientAuth(true);
                            socket.startHandshake();
                            ExtendedSSLSession session = (ExtendedSSLSession) socket.getSession();
                            socket.getOutputStream()
                                    .write(
                                            (session.getRequestedServerNames()
                                                            + " "
                                                            + peer(session))
                                                    .getBytes(StandardCharsets.US_ASCII));
                            // A socket that is closed before all is read resets the connection.
                            socket.shutdownOutput();
                            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                        }));
    }

    private static String peer(ExtendedSSLSession session) {
        try {
            return session.getPeerPrincipal().getName();
        } catch (IOException e) {
            return "nobody";
        }
    }

    private static ServerConfig at(TcpServer server, ServerTlsConfig tls) {
        return ServerConfig.builder("s" + server.port(), "127.0.0.1", server.port())
                .tls(tls)
                .build();
    }

    private static ProxyFixture proxy(TlsProvider provider, ServerConfig... servers)
            throws Exception {
        return ProxyFixture.start(
                Transport.best(),
                provider,
                frontend -> frontend,
                backend ->
                        backend.servers(List.of(servers))
                                .connectTimeout(Duration.ofSeconds(10))
                                .retries(servers.length - 1)
                                .redispatchInterval(1)
                                .checkTimeout(Duration.ofSeconds(10)));
    }

    private static String read(ProxyFixture proxy) throws IOException {
        try (Socket client = proxy.connect()) {
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theServerIsAskedForANameAndShownACertificate(TlsProvider provider) throws Exception {
        ServerTlsConfig tls =
                verified.withServerName("app.example.com")
                        .withCertificate(certificates.file("own.pem", "balancer"));
        try (TcpServer server = server(application);
                ProxyFixture proxy = proxy(provider, at(server, tls))) {
            assertEquals("[type=host_name (0), value=app.example.com] CN=balancer", read(proxy));
            assertEquals(TerminationCause.COMPLETED, proxy.awaitEnd().cause());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCertificateThatIsNotGoodIsAFailedConnect(TlsProvider provider) throws Exception {
        TestCertificates others =
                new TestCertificates(Files.createTempDirectory(directory, "others"));
        try (TcpServer good = server(application);
                TcpServer expired = server(certificates.issueExpired("app.example.com"));
                TcpServer stranger = server(others.issue("app.example.com"))) {
            assertFails(provider, at(good, verified.withServerName("www.example.com")));
            assertFails(provider, at(good, verified.withVerifiedName("www.example.com")));
            assertFails(provider, at(expired, verified));
            assertFails(provider, at(stranger, verified));
            try (ProxyFixture proxy = proxy(provider, at(stranger, ServerTlsConfig.unverified()))) {
                assertEquals("[] nobody", read(proxy));
            }
        }
    }

    private static void assertFails(TlsProvider provider, ServerConfig server) throws Exception {
        try (ProxyFixture proxy = proxy(provider, server)) {
            proxy.assertResetsItsClients();
            SessionEnd end = proxy.awaitEnd();
            assertEquals(TerminationCause.SERVER_TLS_FAILED, end.cause());
            assertEquals("SC", end.cause().code());
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAFailedHandshakeAnotherServerIsTried(TlsProvider provider) throws Exception {
        try (TcpServer expired = server(certificates.issueExpired("app.example.com"));
                TcpServer good = server(application);
                ProxyFixture proxy = proxy(provider, at(expired, verified), at(good, verified))) {
            for (int i = 0; i < 4; i++) {
                assertEquals("[] nobody", read(proxy));
            }
            assertTrue(expired.accepted() > 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aServerThatDoesNotAnswerTheHandshakeRunsIntoTheConnectTimeout(TlsProvider provider)
            throws Exception {
        try (TcpServer silent = TcpServer.start(c -> c.getInputStream().readAllBytes());
                ProxyFixture proxy =
                        ProxyFixture.start(
                                Transport.best(),
                                provider,
                                frontend -> frontend,
                                backend ->
                                        backend.servers(List.of(at(silent, verified)))
                                                .connectTimeout(Duration.ofMillis(200))
                                                .retries(0))) {
            proxy.assertResetsItsClients();
            assertEquals(TerminationCause.CONNECT_TIMEOUT, proxy.awaitEnd().cause());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theProxyHeaderComesBeforeTheHandshake(TlsProvider provider) throws Exception {
        SSLContext context = certificates.context(application);
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    int c;
                                    StringBuilder line = new StringBuilder();
                                    while ((c = connection.getInputStream().read()) != '\n') {
                                        line.append((char) c);
                                    }
                                    TestTls.over(
                                                    context,
                                                    socket ->
                                                            socket.getOutputStream()
                                                                    .write(
                                                                            line.toString()
                                                                                    .getBytes()))
                                            .run(connection);
                                });
                ProxyFixture proxy =
                        proxy(
                                provider,
                                at(server, verified).toBuilder()
                                        .proxyHeader(ProxyHeader.v1())
                                        .build())) {
            assertTrue(read(proxy).startsWith("PROXY TCP4 127.0.0.1 "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void checksShakeHandsAsConnectionsDo(TlsProvider provider) throws Exception {
        CheckConfig check = CheckConfig.builder().inter(Duration.ofMillis(50)).tls(true).build();
        try (TcpServer good = server(application);
                TcpServer expired = server(certificates.issueExpired("app.example.com"));
                ProxyFixture proxy =
                        proxy(
                                provider,
                                at(good, verified.withVerifiedName("app.example.com")).toBuilder()
                                        .check(check)
                                        .build(),
                                at(expired, verified).toBuilder().check(check).build())) {
            Backend backend = proxy.proxy().backend("app");
            Await.until("the one is up", backend::hasUsable);
            Await.until(
                    "the other is down",
                    () -> backend.servers().get(1).health() == HealthState.DOWN);
            assertEquals("[] nobody", read(proxy));
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesThatCannotBeUsedAreNamedAtTheStart(TlsProvider provider) throws Exception {
        String missing = directory.resolve("missing.pem").toString();
        String noKey = certificates.authorityFile();
        ServerConfig one =
                ServerConfig.builder("s1", "127.0.0.1", 1)
                        .tls(ServerTlsConfig.verifiedBy(missing))
                        .build();
        ServerConfig other =
                ServerConfig.builder("s2", "127.0.0.1", 1)
                        .tls(verified.withCertificate(noKey))
                        .build();
        ProxyStartException refused =
                assertThrows(ProxyStartException.class, () -> proxy(provider, one, other));
        assertEquals(
                "Server app/s1 has no certificates to use: There is no file "
                        + missing
                        + ". Server app/s2 has no certificates to use: There is no private key in "
                        + noKey
                        + ", and no file "
                        + noKey
                        + ".key; put the key into one of the two.",
                refused.getMessage());
    }

    /** Two configurations later nobody can connect to it as it was. */
    @ParameterizedTest
    @EnumSource
    void aConnectionThatIsBeingLookedAtGoesToTheServerOfTheRulesThatItCameUnder(
            TlsProvider provider) throws Exception {
        try (TcpServer server = server(application);
                TcpServer plain = TcpServer.named("plain");
                ProxyFixture proxy =
                        ProxyFixture.start(
                                Transport.best(),
                                provider,
                                frontend ->
                                        frontend.inspectDelay(Duration.ofSeconds(20))
                                                .useBackend(
                                                        "app", Condition.sni("app.example.com")),
                                backend -> backend.server(at(server, verified)).retries(0));
                Socket second = proxy.connect()) {
            try (Socket first = proxy.connect()) {
                Await.until("both came", () -> proxy.proxy().snapshot().activeSessions() == 2);
                proxy.proxy().apply(to(plain));
                assertEquals("[] nobody", sayHello(first));
            }
            assertEquals("app", proxy.awaitEnd().backend());

            proxy.proxy().apply(to(plain));
            assertThrows(SocketException.class, () -> sayHello(second));
            assertEquals(TerminationCause.CONNECT_FAILED, proxy.awaitEnd().cause());
        }
    }

    /** Another backend, to which every connection goes. */
    private static ProxyConfig to(TcpServer server) {
        return ProxyConfig.builder()
                .frontends(
                        FrontendConfig.builder("web")
                                .bind("127.0.0.1", 0)
                                .defaultBackend("plain")
                                .build())
                .backends(
                        BackendConfig.builder("plain")
                                .servers(ProxyFixture.at(server.port()))
                                .build())
                .build();
    }

    private static String sayHello(Socket client) throws IOException {
        client.getOutputStream().write(ClientHellos.ofTheJdk("app.example.com"));
        return new String(client.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}

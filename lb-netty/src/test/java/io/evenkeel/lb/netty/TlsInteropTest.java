package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.BindTlsConfig;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServerTlsConfig;
import io.evenkeel.lb.TlsParameters;
import io.evenkeel.lb.TlsVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** TLS with OpenSSL, curl and HAProxy. */
class TlsInteropTest {
    private static final BindAddress BIND = new BindAddress("127.0.0.1", 0);

    @TempDir static Path directory;
    private static TestCertificates certificates;
    private static BindTlsConfig config;

    @BeforeAll
    static void issue() throws Exception {
        certificates = new TestCertificates(directory);
        config =
                BindTlsConfig.of(certificates.file("web.pem", "www.example.com"))
                        .withParameters(TlsParameters.DEFAULT.withProtocols("h2", "http/1.1"));
    }

    private static ProxyFixture proxy(TlsProvider provider, ServerConfig server) throws Exception {
        return proxy(provider, config, server);
    }

    private static ProxyFixture proxy(TlsProvider provider, BindTlsConfig tls, ServerConfig server)
            throws Exception {
        return ProxyFixture.start(
                Transport.best(),
                provider,
                frontend -> frontend.tls(BIND, tls),
                backend -> backend.servers(List.of(server)));
    }

    private static ServerConfig plain(TcpServer server) {
        return ServerConfig.builder("s1", "127.0.0.1", server.port()).build();
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            CompletableFuture<String> output =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return new String(
                                            process.getInputStream().readAllBytes(),
                                            StandardCharsets.ISO_8859_1);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            return output.get(20, TimeUnit.SECONDS);
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @CsvSource({"JDK, -tls1_2", "JDK, -tls1_3", "OPENSSL, -tls1_2", "OPENSSL, -tls1_3"})
    void opensslAsClient(TlsProvider provider, String version) throws Exception {
        try (TcpServer server = TcpServer.named("served");
                ProxyFixture proxy = proxy(provider, plain(server))) {
            String output =
                    run(
                            "openssl",
                            "s_client",
                            "-connect",
                            "127.0.0.1:" + proxy.address().getPort(),
                            "-servername",
                            "www.example.com",
                            "-verify_hostname",
                            "www.example.com",
                            "-CAfile",
                            certificates.authorityFile(),
                            "-alpn",
                            "http/1.1",
                            "-ign_eof",
                            version);
            assertTrue(output.contains("Verify return code: 0 (ok)"), output);
            assertTrue(output.contains("ALPN protocol: http/1.1"), output);
            assertTrue(output.contains("served"), output);
            assertTrue(output.contains("closed"), output);
            assertEquals(6, proxy.awaitEnd().bytesToClient());
        }
    }

    @ParameterizedTest
    @EnumSource
    void curl(TlsProvider provider) throws Exception {
        try (TcpServer server =
                        TcpServer.start(
                                connection -> {
                                    connection.getInputStream().read(new byte[4096]);
                                    connection
                                            .getOutputStream()
                                            .write("HTTP/1.0 200 OK\r\n\r\nhello".getBytes());
                                });
                ProxyFixture proxy = proxy(provider, plain(server))) {
            int port = proxy.address().getPort();
            assertEquals(
                    "hello",
                    run(
                            "curl",
                            "-sS",
                            "--http1.1",
                            "--noproxy",
                            "*",
                            "--cacert",
                            certificates.authorityFile(),
                            "--resolve",
                            "www.example.com:" + port + ":127.0.0.1",
                            "https://www.example.com:" + port + "/"));
        }
    }

    /** What a client says comes back the other way round. */
    @ParameterizedTest
    @CsvSource({"JDK, -tls1_2", "JDK, -tls1_3", "OPENSSL, -tls1_2", "OPENSSL, -tls1_3"})
    void opensslAsServer(TlsProvider provider, String version) throws Exception {
        int port = TcpServer.unusedPort();
        ServerConfig encrypted =
                ServerConfig.builder("s1", "127.0.0.1", port)
                        .tls(
                                ServerTlsConfig.verifiedBy(certificates.authorityFile())
                                        .withServerName("app.example.com"))
                        .build();
        String application = certificates.file("app.pem", "app.example.com");
        Process openssl =
                new ProcessBuilder(
                                "openssl",
                                "s_server",
                                "-accept",
                                "127.0.0.1:" + port,
                                "-cert",
                                application,
                                "-key",
                                application,
                                "-rev",
                                version)
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("s_server").toFile())
                        .start();
        try (ProxyFixture proxy =
                ProxyFixture.start(
                        Transport.best(),
                        provider,
                        frontend -> frontend,
                        backend -> backend.servers(List.of(encrypted)))) {
            Await.until("openssl listens", () -> listens(port));
            try (Socket client = proxy.connect()) {
                client.getOutputStream().write("evenkeel\n".getBytes());
                assertEquals("leekneve\n", new String(client.getInputStream().readNBytes(9)));
            }
            assertEquals(9, proxy.awaitEnd().bytesToClient());
        } finally {
            openssl.destroyForcibly().waitFor();
        }
    }

    private static boolean listens(int port) {
        try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** A client, HAProxy that puts TLS on, the proxy, HAProxy that takes it off, a server; and the same way back. */
    @ParameterizedTest
    @EnumSource
    void haproxyOnBothSides(TlsProvider provider) throws Exception {
        String application = certificates.file("app.pem", "app.example.com");
        int in = TcpServer.unusedPort();
        int out = TcpServer.unusedPort();
        ServerConfig encrypted =
                ServerConfig.builder("s1", "127.0.0.1", out)
                        .tls(
                                ServerTlsConfig.verifiedBy(certificates.authorityFile())
                                        .withServerName("app.example.com"))
                        .build();
        // HAProxy half-closes, which is more than OpenSSL's engine can do with TLS 1.3.
        BindTlsConfig halfClosed =
                provider == TlsProvider.JDK
                        ? config
                        : config.withParameters(
                                TlsParameters.DEFAULT.withVersions(TlsVersion.TLS_1_2));
        try (TcpServer server = TcpServer.echo();
                ProxyFixture proxy = proxy(provider, halfClosed, encrypted);
                HaproxyProcess haproxy =
                        HaproxyProcess.start(
                                directory,
                                "here",
                                """
                                listen in
                                    bind 127.0.0.1:%d
                                    server s 127.0.0.1:%d ssl verify required ca-file %s sni str(www.example.com)
                                listen out
                                    bind 127.0.0.1:%d ssl crt %s
                                    server s 127.0.0.1:%d
                                """
                                        .formatted(
                                                in,
                                                proxy.address().getPort(),
                                                certificates.authorityFile(),
                                                out,
                                                application,
                                                server.port()));
                Socket client = new Socket(InetAddress.getLoopbackAddress(), in)) {
            assertTrue(haproxy.tell("show info").contains("HAProxy"), "haproxy answers");
            client.setSoTimeout(10_000);
            CompletableFuture<String> sent =
                    CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    String digest =
                                            RandomStream.write(
                                                    client.getOutputStream(), 2 << 20, 7);
                                    client.shutdownOutput();
                                    return digest;
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            String received = RandomStream.read(client.getInputStream(), 8);
            assertEquals(sent.get(10, TimeUnit.SECONDS), received);
            assertEquals(2 << 20, proxy.awaitEnd().bytesToClient());
        }
    }
}

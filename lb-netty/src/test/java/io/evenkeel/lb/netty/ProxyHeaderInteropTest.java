package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ProxyHeader;
import io.evenkeel.lb.ProxyHeader.Option;
import io.evenkeel.lb.ProxyHeaderSenders;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.haproxy.HaproxyConfigReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** PROXY headers to and from HAProxy and nginx. */
class ProxyHeaderInteropTest {
    private static final String DEFAULTS =
            """
            defaults
                mode tcp
                timeout client 10s
                timeout connect 10s
                timeout server 10s
            """;

    @TempDir Path directory;

    /** Asks that port over HTTP, and gives where the client was and what the answer ends with. */
    private static String[] ask(int port) throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer =
                    new String(client.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return new String[] {
                "127.0.0.1:" + client.getLocalPort(), answer.substring(answer.lastIndexOf('\n') + 1)
            };
        }
    }

    /** Servers that get each kind of header. */
    private static List<ServerConfig> toldServers(int port) {
        List<ServerConfig> servers = new ArrayList<>();
        for (ProxyHeader header :
                List.of(
                        ProxyHeader.v1(),
                        ProxyHeader.v2(),
                        ProxyHeader.v2(Option.CRC32C),
                        ProxyHeader.v2(Option.values()))) {
            servers.add(
                    ServerConfig.builder("s" + servers.size(), "127.0.0.1", port)
                            .proxyHeader(header)
                            .check(
                                    CheckConfig.builder()
                                            .proxyHeader(header)
                                            .inter(Duration.ofMillis(100))
                                            .build())
                            .build());
        }
        return servers;
    }

    /** All servers come up by their checks, and each client's address arrives. */
    private static void assertTold(Transport transport, int port) throws Exception {
        List<ServerConfig> servers = toldServers(port);
        BackendConfig app =
                BackendConfig.builder("app")
                        .servers(servers)
                        .httpCheck(HttpCheck.builder().method("GET").build())
                        .build();
        try (ProxyFixture proxy =
                ProxyFixture.start(transport, frontend -> frontend, List.of(app))) {
            Await.until(
                    "every check passes",
                    () -> proxy.proxy().backend("app").pool().usableCount() == servers.size());
            for (int i = 0; i < servers.size(); i++) {
                String[] answer = ask(proxy.address().getPort());
                assertEquals(answer[0], answer[1]);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void haproxyReadsWhatIsSent(Transport transport) throws Exception {
        int port = TcpServer.unusedPort();
        String configuration =
                DEFAULTS
                        + """
                        frontend web
                            mode http
                            bind 127.0.0.1:%d accept-proxy
                            http-request return status 200 content-type text/plain lf-string "%%[src]:%%[src_port]"
                        """
                                .formatted(port);
        try (StockProxy haproxy = StockProxy.haproxy(directory, configuration, port)) {
            assertTold(transport, port);
            assertTrue(haproxy.isAlive());
        }
    }

    @ParameterizedTest
    @EnumSource
    void nginxReadsWhatIsSent(Transport transport) throws Exception {
        int port = TcpServer.unusedPort();
        String configuration =
                """
                daemon off;
                master_process off;
                pid DIR/nginx.pid;
                error_log DIR/error.log;
                events {}
                http {
                    access_log off;
                    client_body_temp_path DIR;
                    proxy_temp_path DIR;
                    fastcgi_temp_path DIR;
                    uwsgi_temp_path DIR;
                    scgi_temp_path DIR;
                    server {
                        listen 127.0.0.1:%d proxy_protocol;
                        return 200 "$proxy_protocol_addr:$proxy_protocol_port";
                    }
                }
                """
                        .formatted(port);
        try (StockProxy nginx = StockProxy.nginx(directory, configuration, port)) {
            assertTold(transport, port);
            assertTrue(nginx.isAlive());
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatNginxSendsIsRead(Transport transport) throws Exception {
        int port = TcpServer.unusedPort();
        try (TcpServer app = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                unused ->
                                        FrontendConfig.builder("web")
                                                .bind(
                                                        new BindAddress("127.0.0.1", 0),
                                                        ProxyHeaderSenders.of("127.0.0.1"))
                                                .defaultBackend("app"),
                                backend -> backend.servers(ProxyFixture.at(app.port())))) {
            String configuration =
                    """
                    load_module /usr/lib/nginx/modules/ngx_stream_module.so;
                    daemon off;
                    master_process off;
                    pid DIR/nginx.pid;
                    error_log DIR/error.log;
                    events {}
                    stream {
                        server {
                            listen 127.0.0.1:%d;
                            proxy_pass 127.0.0.1:%d;
                            proxy_protocol on;
                        }
                    }
                    """
                            .formatted(port, proxy.address().getPort());
            try (StockProxy nginx = StockProxy.nginx(directory, configuration, port);
                    Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                // Whoever found out that nginx listens was a client too, and is gone.
                proxy.awaitEnd();
                client.setSoTimeout(10_000);
                client.getOutputStream().write('x');
                assertEquals('x', client.getInputStream().read());
                client.shutdownOutput();
                assertEquals(-1, client.getInputStream().read());
                assertEquals(client.getLocalPort(), proxy.awaitEnd().client().getPort());
                assertTrue(nginx.isAlive());
            }
        }
    }

    /** nginx sends the header in front of the handshake, as HAProxy does. */
    @ParameterizedTest
    @EnumSource
    void whatNginxSendsInFrontOfTlsIsRead(Transport transport) throws Exception {
        int port = TcpServer.unusedPort();
        int secured = TcpServer.unusedPort();
        TestCertificates certificates = new TestCertificates(directory);
        BlockingQueue<SessionEnd> ends = new LinkedBlockingQueue<>();
        try (TcpServer app = TcpServer.echo()) {
            String lines =
                    DEFAULTS
                            + """
                            listen web
                                bind 127.0.0.1:%d ssl crt %s accept-proxy
                                tcp-request content reject unless { ssl_fc_sni www.example.com }
                                server s 127.0.0.1:%d
                            """
                                    .formatted(
                                            secured,
                                            certificates.file("web.pem", "www.example.com"),
                                            app.port());
            String configuration =
                    """
                    load_module /usr/lib/nginx/modules/ngx_stream_module.so;
                    daemon off;
                    master_process off;
                    pid DIR/nginx.pid;
                    error_log DIR/error.log;
                    events {}
                    stream {
                        server {
                            listen 127.0.0.1:%d;
                            proxy_pass 127.0.0.1:%d;
                            proxy_protocol on;
                            proxy_ssl on;
                            proxy_ssl_name www.example.com;
                            proxy_ssl_server_name on;
                            proxy_ssl_verify on;
                            proxy_ssl_trusted_certificate %s;
                        }
                    }
                    """
                            .formatted(port, secured, certificates.authorityFile());
            try (TcpProxy proxy =
                    TcpProxy.builder()
                            .config(HaproxyConfigReader.read("haproxy.cfg", lines).proxy())
                            .eventLoops(1)
                            .transport(transport)
                            .drainTimeout(Duration.ZERO)
                            .observer(
                                    new ProxyObserver() {
                                        @Override
                                        public void onSessionEnd(SessionEnd end) {
                                            ends.add(end);
                                        }
                                    })
                            .build()) {
                proxy.start();
                try (StockProxy nginx = StockProxy.nginx(directory, configuration, port);
                        Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
                    client.setSoTimeout(10_000);
                    client.getOutputStream().write('x');
                    assertEquals('x', client.getInputStream().read());
                    client.shutdownOutput();
                    assertEquals(-1, client.getInputStream().read());
                    // Whoever found out that nginx listens was a client too.
                    Await.until(
                            "the session of this client has ended",
                            () -> {
                                SessionEnd end = ends.poll();
                                return end != null
                                        && end.client().getPort() == client.getLocalPort();
                            });
                    assertTrue(nginx.isAlive());
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHaproxySendsIsRead(Transport transport) throws Exception {
        List<String> kinds =
                List.of(
                        "send-proxy",
                        "send-proxy-v2",
                        "send-proxy-v2 proxy-v2-options crc32c",
                        "send-proxy-v2-ssl-cn proxy-v2-options crc32c,authority,unique-id");
        try (TcpServer app = TcpServer.echo();
                ProxyFixture proxy =
                        ProxyFixture.start(
                                transport,
                                unused ->
                                        FrontendConfig.builder("web")
                                                .bind(
                                                        new BindAddress("127.0.0.1", 0),
                                                        ProxyHeaderSenders.of("127.0.0.1"))
                                                .defaultBackend("app"),
                                List.of(
                                        BackendConfig.builder("app")
                                                .servers(ProxyFixture.at(app.port()))
                                                .build()))) {
            StringBuilder configuration = new StringBuilder(DEFAULTS);
            List<Integer> ports = new ArrayList<>();
            for (String kind : kinds) {
                ports.add(TcpServer.unusedPort());
                configuration.append(
                        """
                        listen l%1$d
                            bind 127.0.0.1:%1$d
                            unique-id-format %%ci:%%cp
                            server s 127.0.0.1:%2$d %3$s
                        """
                                .formatted(
                                        ports.get(ports.size() - 1),
                                        proxy.address().getPort(),
                                        kind));
            }
            int control = TcpServer.unusedPort();
            configuration.append(
                    "frontend ready\n  mode http\n  bind 127.0.0.1:%d\n".formatted(control));
            try (StockProxy haproxy =
                    StockProxy.haproxy(directory, configuration.toString(), control)) {
                for (int i = 0; i < kinds.size(); i++) {
                    try (Socket client =
                            new Socket(InetAddress.getLoopbackAddress(), ports.get(i))) {
                        client.setSoTimeout(10_000);
                        client.getOutputStream().write('x');
                        assertEquals('x', client.getInputStream().read(), kinds.get(i));
                        client.shutdownOutput();
                        assertEquals(-1, client.getInputStream().read());
                        assertEquals(
                                client.getLocalSocketAddress(),
                                proxy.awaitEnd().client(),
                                kinds.get(i));
                    }
                }
                assertTrue(haproxy.isAlive());
            }
        }
    }

    /** The same lines as HAProxy's, both ways: one Evenkeel in front of another. */
    @Test
    void oneReadsWhatTheOtherSendsByTheSameLines() throws Exception {
        int front = TcpServer.unusedPort();
        int back = TcpServer.unusedPort();
        try (TcpServer app = TcpServer.echo()) {
            String lines =
                    DEFAULTS
                            + """
                            listen front
                                bind 127.0.0.1:%1$d
                                server s 127.0.0.1:%2$d check inter 100ms send-proxy-v2 proxy-v2-options crc32c
                            listen back
                                bind 127.0.0.1:%2$d
                                tcp-request connection expect-proxy layer4 if { src 127.0.0.0/8 }
                                tcp-request content reject unless { dst_port %1$d }
                                server s 127.0.0.1:%3$d
                            """
                                    .formatted(front, back, app.port());
            ProxyConfig config = HaproxyConfigReader.read("haproxy.cfg", lines).proxy();
            try (TcpProxy proxy = TcpProxy.builder().config(config).eventLoops(1).build()) {
                proxy.start();
                Await.until("the check passes", proxy.backend("front")::hasUsable);
                try (Socket client = new Socket(InetAddress.getLoopbackAddress(), front)) {
                    client.setSoTimeout(10_000);
                    client.getOutputStream().write('x');
                    assertEquals('x', client.getInputStream().read());
                }
                assertTrue(app.accepted() > 0);
            }
        }
    }
}

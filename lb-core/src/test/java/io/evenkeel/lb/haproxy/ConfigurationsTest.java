package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.ExpectedStatus;
import io.evenkeel.lb.ExpectedStatus.Range;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.HttpHeader;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.ServerConfig;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whole files and the model that they mean. */
class ConfigurationsTest {
    @Test
    void twoServers() {
        HaproxyConfig config = HaproxyConfigReader.read("f", TestFiles.read("two-servers.cfg"));
        BindAddress bind = new BindAddress("192.168.1.100", 80);
        CheckConfig check = CheckConfig.builder().build();
        assertEquals(
                new ProxyConfig(
                        List.of(
                                FrontendConfig.builder("http_front")
                                        .bind(bind)
                                        .defaultBackend("http_back")
                                        .build()),
                        List.of(
                                BackendConfig.builder("http_back")
                                        .server(server("server1", "192.168.1.101", 80, check))
                                        .server(server("server2", "192.168.1.102", 80, check))
                                        .build())),
                config.proxy());
        assertEquals(Map.of(bind, 2), config.bindLines());
        assertEquals(Map.of("http_back/server1", 7, "http_back/server2", 8), config.serverLines());
        assertEquals(0, config.threads());
        assertEquals(List.of(1, 5), config.warnings().stream().map(ConfigProblem::line).toList());
    }

    @Test
    void checksOverTlsWhileConnectionsPassThrough() {
        HaproxyConfig config = HaproxyConfigReader.read("f", TestFiles.read("kubernetes.cfg"));
        CheckConfig check = CheckConfig.builder().tls(true).verifyCertificate(false).build();
        assertEquals(
                new ProxyConfig(
                        List.of(
                                FrontendConfig.builder("apiserver")
                                        .bind("0.0.0.0", 8443)
                                        .defaultBackend("apiservers")
                                        .clientTimeout(Duration.ofSeconds(35))
                                        .build()),
                        List.of(
                                BackendConfig.builder("apiservers")
                                        .retries(1)
                                        .redispatchInterval(-1)
                                        .queueTimeout(Duration.ofSeconds(20))
                                        .connectTimeout(Duration.ofSeconds(5))
                                        .serverTimeout(Duration.ofSeconds(35))
                                        .checkTimeout(Duration.ofSeconds(10))
                                        .httpCheck(
                                                HttpCheck.builder()
                                                        .method("GET")
                                                        .uri("/healthz")
                                                        .expectedStatus(ExpectedStatus.of(200))
                                                        .build())
                                        .server(server("cp1", "10.77.0.1", 6443, check))
                                        .server(server("cp2", "10.77.0.2", 6443, check))
                                        .server(server("cp3", "10.77.0.3", 6443, check))
                                        .build())),
                config.proxy());
        // Logging and the background are the launcher's business; nothing else is lost.
        assertEquals(
                List.of(3, 4, 8, 9, 10),
                config.warnings().stream().map(ConfigProblem::line).toList());
    }

    @Test
    void aNameToListenOnMayHaveAFamily() {
        String file =
                "listen l\n bind ipv4@localhost:443,tcp6@localhost:443\n server s 192.0.2.9:80\n";
        assertEquals(
                List.of(
                        new BindAddress("ipv4@localhost", 443),
                        new BindAddress("ipv6@localhost", 443)),
                HaproxyConfigReader.read("f", file).proxy().frontends().get(0).binds());
    }

    @Test
    void aRangeMayBeOfAllPorts() {
        String file = "listen l\n bind 192.0.2.1:1-65535 tfo\n server s 192.0.2.9:80\n";
        FrontendConfig all = HaproxyConfigReader.read("f", file).proxy().frontends().get(0);
        assertEquals(65_535, all.binds().size());
        assertEquals(new BindAddress("192.0.2.1", 65_535), all.binds().get(65_534));
    }

    /** That is read at once, also where each address has settings. */
    @Test
    void severalAddressesMayHaveAllPorts() {
        String file =
                "listen l\n bind 192.0.2.1:1-65535,192.0.2.2:1-65535 tfo accept-proxy\n"
                        + " bind [2001:db8::1]:1-65535\n server s 192.0.2.9:80\n";
        FrontendConfig all = HaproxyConfigReader.read("f", file).proxy().frontends().get(0);
        assertEquals(3 * 65_535, all.binds().size());
    }

    @Test
    void everythingThatIsCarriedOut() {
        HaproxyConfig config =
                HaproxyConfigReader.read(
                        "f",
                        TestFiles.read("everything.cfg"),
                        Map.of("ADDRESS", "192.0.2.10")::get);
        CheckConfig.Builder a =
                CheckConfig.builder()
                        .inter(Duration.ofSeconds(5))
                        .fastInter(Duration.ofMillis(500))
                        .downInter(Duration.ofSeconds(10))
                        .rise(3)
                        .fall(2)
                        .spreadPercent(5)
                        .port(9000)
                        .tls(true)
                        .sni("health.example.net");
        CheckConfig.Builder m1 = CheckConfig.builder().spreadPercent(5).verifyCertificate(false);
        FrontendConfig web =
                FrontendConfig.builder("web")
                        .bind("192.0.2.10", 80)
                        .bind("2001:db8::1", 8080)
                        .bind("2001:db8::1", 8081)
                        .bind("::", 443)
                        .clientTimeout(Duration.ofMinutes(1))
                        .maxConnections(100)
                        .defaultBackend("web")
                        .build();

        FrontendConfig mail =
                FrontendConfig.builder("mail")
                        .bind("0.0.0.0", 25)
                        .clientTimeout(Duration.ofMinutes(1))
                        .maxConnections(4000)
                        .defaultBackend("mail")
                        .build();
        BackendConfig webServers =
                BackendConfig.builder("web")
                        .retries(2)
                        .redispatchInterval(2)
                        .queueTimeout(Duration.ofSeconds(10))
                        .connectTimeout(Duration.ofSeconds(4))
                        .serverTimeout(Duration.ofHours(1))
                        .httpCheck(
                                HttpCheck.builder()
                                        .method("HEAD")
                                        .uri("/health")
                                        .version("HTTP/1.1")
                                        .host("health.example.net")
                                        .header(new HttpHeader("X-Load", "50%"))
                                        .expectedStatus(
                                                new ExpectedStatus(
                                                        List.of(new Range(400, 599)), true))
                                        .build())
                        .server(
                                ServerConfig.builder("a", "192.0.2.1", 8001)
                                        .weight(10)
                                        .maxConnections(20)
                                        .check(a.build())
                                        .build())
                        .server(
                                ServerConfig.builder("b", "web-b.example.net", 8001)
                                        .backup(true)
                                        .check(
                                                a.inter(Duration.ofSeconds(1))
                                                        .host("192.0.2.99")
                                                        .build())
                                        .build())
                        .server(
                                ServerConfig.builder("c", "2001:db8::3", 8001)
                                        .disabled(true)
                                        .weight(0)
                                        .check(a.inter(Duration.ofSeconds(5)).host(null).build())
                                        .build())
                        .server(ServerConfig.builder("d", "192.0.2.4", 8001).build())
                        .build();
        BackendConfig mailServers =
                BackendConfig.builder("mail")
                        .retries(0)
                        .connectTimeout(Duration.ofSeconds(4))
                        .serverTimeout(Duration.ofHours(1))
                        .queueTimeout(Duration.ofSeconds(10))
                        .server(
                                ServerConfig.builder("m1", "192.0.2.5", 25)
                                        .check(
                                                m1.inter(Duration.ofSeconds(5))
                                                        .fastInter(Duration.ofMillis(500))
                                                        .downInter(Duration.ofSeconds(10))
                                                        .rise(3)
                                                        .fall(2)
                                                        .build())
                                        .build())
                        .server(ServerConfig.builder("m2", "192.0.2.6", 25).build())
                        .build();
        assertEquals(List.of(web, mail), config.proxy().frontends());
        assertEquals(webServers, config.proxy().backend("web"));
        assertEquals(mailServers, config.proxy().backend("mail"));
        assertEquals(List.of("web", "mail"), names(config));
        assertEquals(4, config.threads());
        assertEquals(
                Map.of(
                        new BindAddress("192.0.2.10", 80), 33,
                        new BindAddress("2001:db8::1", 8080), 33,
                        new BindAddress("2001:db8::1", 8081), 33,
                        new BindAddress("::", 443), 34,
                        new BindAddress("0.0.0.0", 25), 52),
                config.bindLines());
    }

    @Test
    void aDisabledFrontendDoesNotListenAndADisabledBackendTakesNothing() {
        HaproxyConfig config =
                HaproxyConfigReader.read(
                        "f",
                        """
                        frontend on
                            bind :80
                            default_backend b
                        frontend off
                            bind :80
                            default_backend b
                            disabled
                        backend b
                            disabled
                            server s 192.0.2.1:80
                        """);
        assertEquals(
                List.of("on"),
                config.proxy().frontends().stream().map(FrontendConfig::name).toList());
        assertEquals(
                List.of(true),
                config.proxy().backends().get(0).servers().stream()
                        .map(ServerConfig::disabled)
                        .toList());
    }

    @Test
    void aConnectRuleSpeaksForItselfUnlessItSaysDefault() {
        String file =
                """
                listen l
                    bind :80
                    option tcp-check
                    tcp-check connect %s
                    server s 192.0.2.1:80 check check-ssl check-sni a.example.net verify none
                """;
        CheckConfig own = check(file.formatted("port 81"));
        assertEquals(CheckConfig.builder().port(81).verifyCertificate(false).build(), own);
        CheckConfig usual = check(file.formatted("default"));
        assertEquals(
                CheckConfig.builder()
                        .tls(true)
                        .sni("a.example.net")
                        .verifyCertificate(false)
                        .build(),
                usual);
    }

    @Test
    void rulesOfASectionReplaceThoseOfItsDefaults() {
        String defaults =
                """
                defaults
                    option httpchk GET /a
                    http-check send uri /b hdr X y
                    http-check expect status 204
                listen l
                    bind :80
                    server s 192.0.2.1:80
                """;
        assertEquals(
                HttpCheck.builder()
                        .method("GET")
                        .uri("/b")
                        .header(new HttpHeader("X", "y"))
                        .expectedStatus(ExpectedStatus.of(204))
                        .build(),
                backend(defaults).httpCheck());
        assertEquals(
                HttpCheck.builder().uri("/c").build(),
                backend(defaults + "    http-check send uri /c\n").httpCheck());
    }

    @Test
    void headersMayFollowTheVersionAsTheyOnceDid() {
        assertEquals(
                HttpCheck.builder()
                        .method("GET")
                        .version("HTTP/1.1")
                        .host("www.example.net")
                        .header(new HttpHeader("X-A", "b c"))
                        .build(),
                backend(
                                """
                        listen l
                            bind :80
                            option httpchk GET / HTTP/1.1\\r\\nHost:\\ www.example.net\\r\\nX-A:\\ b\\ c
                        """)
                        .httpCheck());
    }

    private static CheckConfig check(String file) {
        CheckConfig check = backend(file).servers().get(0).check();
        if (check == null) {
            throw new AssertionError("the server is not checked");
        }
        return check;
    }

    private static BackendConfig backend(String file) {
        return HaproxyConfigReader.read("f", file).proxy().backends().get(0);
    }

    private static List<String> names(HaproxyConfig config) {
        return config.proxy().backends().stream().map(BackendConfig::name).toList();
    }

    private static ServerConfig server(String name, String host, int port, CheckConfig check) {
        return ServerConfig.builder(name, host, port).check(check).build();
    }
}

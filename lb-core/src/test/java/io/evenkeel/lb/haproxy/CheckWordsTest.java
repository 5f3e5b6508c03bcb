package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.AgentConfig;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.CheckConfig;
import io.evenkeel.lb.CheckStatus;
import io.evenkeel.lb.ExpectedStatus;
import io.evenkeel.lb.HttpCheck;
import io.evenkeel.lb.HttpHeader;
import io.evenkeel.lb.InitialState;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.ServiceChecks;
import io.evenkeel.lb.TcpCheck;
import io.evenkeel.lb.TcpConnect;
import io.evenkeel.lb.TcpExpect;
import io.evenkeel.lb.TcpExpect.Match;
import io.evenkeel.lb.TcpSend;
import io.evenkeel.lb.TrackedServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the words about checks, agents and tracked servers become. */
class CheckWordsTest {
    private static HaproxyConfig read(String file) {
        return HaproxyConfigReader.read("haproxy.cfg", file);
    }

    /** The backend of a listen section with these lines and a checked server. */
    private static BackendConfig backend(String... lines) {
        String file =
                "listen l\n    bind :80\n    timeout client 1s\n    timeout server 1s\n"
                        + "    timeout connect 1s\n    "
                        + String.join("\n    ", lines)
                        + "\n    server s 192.0.2.1:80 check\n";
        HaproxyConfig config = read(file);
        assertEquals(List.of(), config.warnings());
        return config.proxy().backends().get(0);
    }

    private static ServerConfig server(String words) {
        return read("listen l\n    bind :80\n    server s 192.0.2.1:80 " + words + "\n")
                .proxy()
                .backends()
                .get(0)
                .servers()
                .get(0);
    }

    @Test
    void tcpCheckStepsAreReadInTheirOrder() {
        TcpCheck expected =
                TcpCheck.builder()
                        .step(new TcpConnect(true, null, 0, false, null, false, null))
                        .step(new TcpSend("PING\r\n", "are you there"))
                        .step(
                                TcpExpect.builder(Match.STRING, "+PONG")
                                        .comment("are you there")
                                        .build())
                        .step(new TcpSend("info replication\r\n", "which one"))
                        .step(
                                TcpExpect.builder(Match.REGEX, "role:(master|slave)")
                                        .negated(true)
                                        .minReceivedBytes(4)
                                        .okStatus(CheckStatus.L7OKC)
                                        .errorStatus(CheckStatus.L7STS)
                                        .timeoutStatus(CheckStatus.L4TOUT)
                                        .comment("are you there")
                                        .build())
                        .step(
                                new TcpConnect(
                                        false,
                                        "192.0.2.9",
                                        6380,
                                        false,
                                        null,
                                        true,
                                        "the other one"))
                        .step(new TcpSend("PING\r\n", "are you there"))
                        .step(
                                TcpExpect.builder(Match.BINARY, "+PONG")
                                        .comment("are you there")
                                        .build())
                        .step(
                                TcpExpect.builder(Match.BINARY_REGEX, "^2B")
                                        .negated(true)
                                        .comment("are you there")
                                        .build())
                        .build();
        assertEquals(
                expected,
                backend(
                                "option tcp-check",
                                "tcp-check connect default",
                                "tcp-check comment are\\ you\\ there",
                                "tcp-check send PING\\r\\n",
                                "tcp-check expect string +PONG",
                                "tcp-check send info\\ replication\\r\\n comment which\\ one",
                                "tcp-check expect min-recv 4 ok-status L7OKC error-status L7STS"
                                        + " tout-status L4TOUT ! rstring role:(master|slave)",
                                "tcp-check connect port 6380 addr 192.0.2.9 linger comment"
                                        + " the\\ other\\ one",
                                "tcp-check send-binary 50494e470d0a",
                                "tcp-check expect binary 2b504F4e47",
                                "tcp-check expect !rbinary ^2B")
                        .tcpCheck());
    }

    @Test
    void tcpCheckRulesOfASectionReplaceThoseOfItsDefaults() {
        BackendConfig backend =
                read("""
                                defaults
                                    option tcp-check
                                    tcp-check send a
                                    tcp-check expect string b
                                listen heir
                                    bind :80
                                    server s 192.0.2.1:80 check
                                listen own
                                    bind :81
                                    tcp-check send c
                                    server s 192.0.2.1:80 check
                                """)
                        .proxy()
                        .backend("heir");
        assertEquals(
                TcpCheck.builder().send("a").expect("b").build(),
                Objects.requireNonNull(backend).tcpCheck());
    }

    @Test
    void oneConnectAloneStaysAConnect() {
        BackendConfig backend = backend("option tcp-check", "tcp-check connect port 81");
        assertNull(backend.tcpCheck());
        CheckConfig check = Objects.requireNonNull(backend.servers().get(0).check());
        assertEquals(81, check.port());
    }

    @Test
    void servicesAreCheckedInTheirOwnWords() {
        assertEquals(ServiceChecks.redis(), backend("option redis-check").tcpCheck());
        assertEquals(ServiceChecks.ldap(), backend("option ldap-check").tcpCheck());
        assertEquals(ServiceChecks.tlsHello(), backend("option ssl-hello-chk").tcpCheck());
        assertEquals(ServiceChecks.smtp("HELO", "localhost"), backend("option smtpchk").tcpCheck());
        assertEquals(
                ServiceChecks.smtp("HELO", "localhost"),
                backend("option smtpchk FOO example.net").tcpCheck());
        assertEquals(
                ServiceChecks.smtp("EHLO", "example.net"),
                backend("option smtpchk EHLO example.net").tcpCheck());
        assertEquals(
                ServiceChecks.postgres("lb"), backend("option pgsql-check user lb").tcpCheck());
        assertEquals(ServiceChecks.mysql(), backend("option mysql-check").tcpCheck());
        assertEquals(
                ServiceChecks.mysql("lb", false), backend("option mysql-check user lb").tcpCheck());
        assertEquals(
                ServiceChecks.mysql("lb", true),
                backend("option mysql-check user lb pre-41").tcpCheck());
        assertNull(backend("option redis-check", "option httpchk").tcpCheck(), "the last counts");
    }

    @Test
    void anAgentAndWhatFollowsAreSettingsOfTheServer() {
        ServerConfig server =
                server(
                        "check agent-check agent-port 8081 agent-addr 192.0.2.2 agent-inter 500ms"
                                + " agent-send s\\n on-marked-down shutdown-sessions on-marked-up"
                                + " shutdown-backup-sessions init-state fully-down");
        assertEquals(
                AgentConfig.builder(8081)
                        .host("192.0.2.2")
                        .inter(Duration.ofMillis(500))
                        .send("s\n")
                        .build(),
                server.agent());
        assertTrue(server.resetSessionsWhenDown());
        assertTrue(server.resetBackupSessionsWhenUp());
        assertEquals(
                InitialState.FULLY_DOWN, Objects.requireNonNull(server.check()).initialState());
        assertNull(server("agent-port 8081").agent(), "only agent-check asks it");
        assertNull(server("agent-check agent-port 8081 no-agent-check").agent());
        assertEquals(
                InitialState.UNKNOWN,
                Objects.requireNonNull(server("check init-state none").check()).initialState());
    }

    @Test
    void aTrackedServerIsNamedWithItsBackend() {
        HaproxyConfig config =
                read(
                        """
                        listen a
                            bind :80
                            server s 192.0.2.1:80 track b/s
                        listen b
                            bind :81
                            server s 192.0.2.1:80 track t
                            server t 192.0.2.1:81 check
                        """);
        BackendConfig a = config.proxy().backends().get(0);
        assertEquals(new TrackedServer("b", "s"), a.servers().get(0).tracked());
        BackendConfig b = config.proxy().backends().get(1);
        assertEquals(new TrackedServer("b", "t"), b.servers().get(0).tracked());
    }

    private static BackendConfig heir(String... lines) {
        String file =
                """
                defaults
                    timeout client 1s
                    timeout connect 1s
                    timeout server 1s
                    option httpchk GET /defaults
                    http-check connect port 8080
                    http-check send hdr X-A 1
                    http-check expect status 404
                listen l
                    bind :80
                    server s 192.0.2.1:80 check
                """;
        return read(file + String.join("\n", lines) + "\n").proxy().backends().get(0);
    }

    private static int checkPort(BackendConfig backend) {
        return Objects.requireNonNull(backend.servers().get(0).check()).port();
    }

    @Test
    void anHttpCheckOfASectionBeginsAnew() {
        BackendConfig inherits = heir();
        assertEquals(
                HttpCheck.builder()
                        .method("GET")
                        .uri("/defaults")
                        .header(new HttpHeader("X-A", "1"))
                        .expectedStatus(ExpectedStatus.of(404))
                        .build(),
                inherits.httpCheck());
        assertEquals(8080, checkPort(inherits));
        BackendConfig own = heir("option httpchk GET /own");
        assertEquals(HttpCheck.builder().method("GET").uri("/own").build(), own.httpCheck());
        assertEquals(0, checkPort(own));
    }

    @Test
    void rulesOfTheSectionItselfStayWithItsHttpCheck() {
        HttpCheck expected =
                HttpCheck.builder()
                        .method("GET")
                        .uri("/own")
                        .expectedStatus(ExpectedStatus.of(200))
                        .build();
        String option = "option httpchk GET /own";
        String rule = "http-check expect status 200";
        assertEquals(expected, heir(option, rule).httpCheck());
        assertEquals(expected, heir(rule, option).httpCheck());
        assertEquals(expected, heir("option httpchk", rule, option).httpCheck());
    }

    @Test
    void anyRuleOfASectionReplacesTheRequestOfItsDefaults() {
        assertEquals(
                HttpCheck.builder().uri("/own").build(),
                heir("http-check send uri /own").httpCheck());
        assertEquals(HttpCheck.builder().build(), heir("http-check send").httpCheck());
        BackendConfig elsewhere =
                heir(
                        "http-check connect port 9000",
                        "http-check send meth GET",
                        "http-check expect status 204");
        assertEquals(
                HttpCheck.builder().method("GET").expectedStatus(ExpectedStatus.of(204)).build(),
                elsewhere.httpCheck());
        assertEquals(9000, checkPort(elsewhere));
        BackendConfig connects = heir("http-check connect port 9000");
        assertNull(connects.httpCheck(), "a connect is all that is left");
        assertEquals(9000, checkPort(connects));
        HttpCheck kept = heir("tcp-check connect port 9000").httpCheck();
        assertEquals(heir().httpCheck(), kept, "rules of another kind replace nothing");
        HttpCheck stopping = heir("http-check disable-on-404").httpCheck();
        assertEquals("/defaults", Objects.requireNonNull(stopping).uri());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http-check expect status 200",
                "http-check connect port 9000\nhttp-check expect status 200",
            })
    void anAnswerIsNotExpectedWhereNothingIsSent(String lines) {
        List<ConfigProblem> problems =
                assertThrows(ConfigException.class, () -> heir(lines)).problems();
        assertEquals(1, problems.size(), problems.toString());
        assertEquals(11 + (int) lines.lines().count(), problems.get(0).line());
        assertTrue(problems.get(0).message().startsWith("no request is sent before this"));
    }

    @Test
    void rulesThatNoServerIsCheckedByAreNoProblem() {
        String file =
                """
                defaults
                    option httpchk
                listen l
                    bind :80
                    http-check expect status 200
                    server s 192.0.2.1:80
                """;
        assertNull(read(file).proxy().backends().get(0).httpCheck());
    }

    @Test
    void ofTheOptionAndASendTheLaterGoesBefore() {
        assertEquals(
                HttpCheck.builder().method("HEAD").uri("/send").build(),
                heir("option httpchk HEAD /option", "http-check send uri /send").httpCheck());
        assertEquals(
                HttpCheck.builder()
                        .method("PUT")
                        .uri("/option")
                        .version("HTTP/1.1")
                        .header(new HttpHeader("X-A", "1"))
                        .build(),
                heir(
                                "http-check send meth PUT uri /send ver HTTP/1.1 hdr X-A 1",
                                "option httpchk /option")
                        .httpCheck());
        String headers = "option httpchk GET / HTTP/1.1\\r\\nHost:\\ a\\r\\nX-B:\\ 2";
        assertEquals(
                HttpCheck.builder()
                        .method("GET")
                        .version("HTTP/1.1")
                        .header(new HttpHeader("X-A", "1"))
                        .build(),
                heir(headers, "http-check send hdr X-A 1").httpCheck(),
                "headers are replaced together");
        assertEquals(
                HttpCheck.builder()
                        .method("GET")
                        .version("HTTP/1.1")
                        .host("a")
                        .header(new HttpHeader("X-B", "2"))
                        .build(),
                heir("http-check send hdr X-A 1", headers).httpCheck());
    }

    private static @Nullable TcpCheck steps(String defaults, String lines) {
        String file =
                "defaults\n%s\nlisten l\nbind :80\nserver s 192.0.2.1:80 check\n%s\n"
                        .formatted(defaults, lines);
        return read(file).proxy().backends().get(0).tcpCheck();
    }

    @Test
    void stepsAreInheritedWithTheirOption() {
        TcpCheck hello = TcpCheck.builder().step(new TcpSend("hello", null)).build();
        String both = "option tcp-check\ntcp-check send hello";
        assertEquals(hello, steps(both, ""));
        assertEquals(hello, steps(both, "option tcp-check"));
        assertNull(steps("tcp-check send hello", "option tcp-check"));
        assertNull(steps(both, "option redis-check\noption tcp-check"));
        assertNull(steps(both, "option httpchk\noption tcp-check"));
        TcpCheck own = TcpCheck.builder().step(new TcpSend("x", null)).build();
        assertEquals(own, steps(both, "tcp-check send x\noption tcp-check"));
        assertEquals(own, steps("option tcp-check", "tcp-check send x"));
    }

    private static BackendConfig withoutPort(String... lines) {
        String file =
                "listen l\n bind :80\n server s 192.0.2.1 check\n " + String.join("\n ", lines);
        return read(file + "\n").proxy().backends().get(0);
    }

    @Test
    void aServerWithoutAPortIsCheckedAtThePortsThatTheRulesName() {
        BackendConfig http = withoutPort("option httpchk", "http-check connect port 9000");
        assertEquals(9000, checkPort(http));
        assertEquals(80, http.servers().get(0).port());
        assertEquals(
                9001, checkPort(withoutPort("option tcp-check", "tcp-check connect port 9001")));
        assertEquals(
                TcpCheck.builder()
                        .step(TcpConnect.toPort(9002))
                        .step(new TcpSend("x", null))
                        .step(TcpConnect.toPort(9003))
                        .build(),
                withoutPort(
                                "option tcp-check",
                                "tcp-check connect port 9002",
                                "tcp-check send x",
                                "tcp-check connect port 9003")
                        .tcpCheck());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http-check connect port 9000",
                "tcp-check connect port 9000",
                "option httpchk\n http-check connect",
                "option httpchk\n tcp-check connect port 9000",
                "option tcp-check",
                "option tcp-check\n tcp-check connect",
                "option tcp-check\n tcp-check connect port 9000\n tcp-check connect",
                "option redis-check\n tcp-check connect port 9000",
            })
    void whereARuleNamesNoPortTheServerHasToHaveOne(String lines) {
        List<ConfigProblem> problems =
                assertThrows(ConfigException.class, () -> withoutPort(lines)).problems();
        assertEquals(1, problems.size(), problems.toString());
        assertEquals(3, problems.get(0).line());
        assertTrue(problems.get(0).message().startsWith("the check of server 's' has no port"));
    }

    @Test
    void disableOn404BelongsToTheHttpCheck() {
        HttpCheck check = backend("option httpchk", "http-check disable-on-404").httpCheck();
        assertTrue(Objects.requireNonNull(check).disableOn404());
    }

    @Test
    void aCheckThatHasBecomeAConnectIsWarnedOf() {
        HaproxyConfig config =
                read(
                        """
                        defaults
                            timeout client 1s
                            timeout connect 1s
                            timeout server 1s
                            option httpchk
                        listen l
                            bind :80
                            server s 192.0.2.1:80 check
                            http-check connect port 9000
                        """);
        assertEquals(1, config.warnings().size(), config.warnings().toString());
        assertEquals(9, config.warnings().get(0).line());
        assertTrue(config.warnings().get(0).message().startsWith("servers are connected to"));
    }
}

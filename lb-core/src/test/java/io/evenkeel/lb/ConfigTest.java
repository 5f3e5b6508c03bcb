package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigTest {
    private static final Duration TOO_LONG = Duration.ofMillis(1L + Integer.MAX_VALUE);

    @Test
    void defaultsAreThoseOfHaproxy() {
        ServerConfig server = ServerConfig.builder("s1", "192.0.2.1", 80).build();
        assertEquals(1, server.weight());
        assertEquals(0, server.maxConnections());
        assertNull(server.check());

        BackendConfig backend = BackendConfig.builder("web").build();
        assertEquals(Balance.roundRobin(), backend.balance());
        assertEquals(3, backend.retries());
        assertEquals(0, backend.redispatchInterval());
        assertNull(backend.httpCheck());

        CheckConfig check = CheckConfig.builder().build();
        assertEquals(2_000_000_000L, check.interNanos());
        assertEquals(check.interNanos(), check.fastInterNanos());
        assertEquals(check.interNanos(), check.downInterNanos());
        assertEquals(2, check.rise());
        assertEquals(3, check.fall());

        HttpCheck http = HttpCheck.builder().build();
        assertEquals("OPTIONS / HTTP/1.0 expecting 200-399", http.toString());
    }

    @Test
    void everyProblemOfACheckWithStepsIsNamed() {
        problems(
                () ->
                        TcpCheck.builder()
                                .send("x")
                                .step(TcpConnect.toPort(80))
                                .maxReceivedBytes(0)
                                .build(),
                "tcpCheck.maxReceivedBytes: is 0, but must be from 1 to 16777216",
                "tcpCheck.steps: connect later, so the first must be a connect too; add one in"
                        + " front");
        problems(
                () ->
                        TcpExpect.builder(TcpExpect.Match.STRING, "\u20ac")
                                .minReceivedBytes(-2)
                                .okStatus(CheckStatus.L7RSP)
                                .errorStatus(CheckStatus.L7OK)
                                .timeoutStatus(CheckStatus.L7OK)
                                .build(),
                "expect.minReceivedBytes: is -2, but must be at least -1",
                "expect.okStatus: is L7RSP, but must be one of L4OK, L6OK, L7OK, L7OKC",
                "expect.errorStatus: is L7OK, but must be one of L4CON, L6RSP, L7OKC, L7RSP, L7STS",
                "expect.timeoutStatus: is L7OK, but must be one of L4TOUT, L6TOUT, L7TOUT",
                "expect.string: holds the character U+20AC, which is not one byte; write its bytes"
                        + " in hexadecimal");
        problems(
                () -> TcpExpect.builder(TcpExpect.Match.REGEX, "(").build(),
                "expect.rstring: '(' is no regular expression of Java: Unclosed group");
        problems(
                () -> TcpExpect.builder(TcpExpect.Match.REGEX, "x".repeat(1001)).build(),
                "expect.rstring: is longer than 1000; look for less");
        problems(
                () -> TcpExpect.builder(TcpExpect.Match.BINARY, "").build(),
                "expect.binary: is empty, but there must be something to expect");
        problems(
                () -> new TcpSend("", null),
                "send.text: is empty, but there must be something to send");
        problems(
                () -> new TcpConnect(false, "", -1, false, "a b", false, null),
                "connect.port: is -1, but must be from 0 to 65535",
                "connect.host: is empty, but must be a host name or an address",
                "connect.sni: holds the character U+0020, but spaces and control characters are"
                        + " not allowed there");
        problems(
                () ->
                        BackendConfig.builder("web")
                                .httpCheck(HttpCheck.builder().build())
                                .tcpCheck(ServiceChecks.redis())
                                .build(),
                "backend[web].tcpCheck: is there beside an httpCheck; choose one of the two");
    }

    @Test
    void everyProblemOfAnAgentIsNamed() {
        problems(
                () ->
                        AgentConfig.builder(0)
                                .host("")
                                .inter(Duration.ZERO)
                                .spreadPercent(51)
                                .send("\u20ac")
                                .build(),
                "agent.port: is 0, but must be from 1 to 65535",
                "agent.host: is empty, but must be a host name or an address",
                "agent.inter: is PT0S, but must be above 0 and at most 2147483647 ms",
                "agent.spreadPercent: is 51, but must be from 0 to 50",
                "agent.send: holds the character U+20AC, which is not one byte; write its bytes in"
                        + " hexadecimal");
    }

    @Test
    void settingsAboutHealthAreKeptByCopies() {
        ServerConfig server =
                ServerConfig.builder("s", "192.0.2.1", 80)
                        .agent(AgentConfig.builder(81).build())
                        .tracked(new TrackedServer("web", "t"))
                        .resetSessionsWhenDown(true)
                        .resetBackupSessionsWhenUp(true)
                        .build();
        assertEquals(server, server.toBuilder().build());
        assertNotEquals(server, server.toBuilder().tracked(null).build());
        assertNotEquals(
                CheckConfig.builder().build(),
                CheckConfig.builder().initialState(InitialState.UP).build());
        assertEquals("s", server.name());
    }

    @Test
    void queueTimeoutIsTheConnectTimeoutUnlessSet() {
        BackendConfig.Builder builder =
                BackendConfig.builder("web").connectTimeout(Duration.ofSeconds(5));
        assertEquals(5_000_000_000L, builder.build().queueTimeoutNanos());
        assertEquals(0, builder.queueTimeout(Duration.ZERO).build().queueTimeoutNanos());
    }

    @Test
    void everyProblemOfAServerIsNamed() {
        problems(
                () -> ServerConfig.builder("s 1", "", 0).weight(257).maxConnections(-1).build(),
                "server[s 1].name: holds the character U+0020, but a name is made of letters,"
                        + " digits and - _ . :",
                "server[s 1].host: is empty, but must be a host name or an address",
                "server[s 1].port: is 0, but must be from 1 to 65535",
                "server[s 1].weight: is 257, but must be from 0 to 256",
                "server[s 1].maxConnections: is -1, but must be at least 0");
        problems(
                () -> ServerConfig.builder("", "a\nb", 65536).weight(-1).build(),
                "server[].name: is empty, but a name needs at least one character",
                "server[].host: holds the character U+000A, but spaces and control characters are"
                        + " not allowed there",
                "server[].port: is 65536, but must be from 1 to 65535",
                "server[].weight: is -1, but must be from 0 to 256");
    }

    @Test
    void everyProblemOfACheckIsNamed() {
        problems(
                () ->
                        CheckConfig.builder()
                                .inter(Duration.ZERO)
                                .fastInter(Duration.ofMillis(-1))
                                .downInter(TOO_LONG)
                                .rise(0)
                                .fall(0)
                                .spreadPercent(51)
                                .port(-1)
                                .host("")
                                .sni("a b")
                                .build(),
                "check.inter: is PT0S, but must be above 0 and at most 2147483647 ms",
                "check.fastInter: is PT-0.001S, but must be above 0 and at most 2147483647 ms",
                "check.downInter: is PT596H31M23.648S, but must be above 0 and at most"
                        + " 2147483647 ms",
                "check.rise: is 0, but must be from 1 to 1000000",
                "check.fall: is 0, but must be from 1 to 1000000",
                "check.spreadPercent: is 51, but must be from 0 to 50",
                "check.port: is -1, but must be from 0 to 65535",
                "check.host: is empty, but must be a host name or an address",
                "check.sni: holds the character U+0020, but spaces and control characters are not"
                        + " allowed there");
    }

    @Test
    void everyProblemOfAnHttpCheckIsNamed() {
        problems(
                () ->
                        HttpCheck.builder()
                                .method("GE T")
                                .uri("/a b")
                                .version("HTTP/2")
                                .host("")
                                .build(),
                "httpCheck.method: 'GE T' is not a method; write GET, HEAD, ...",
                "httpCheck.uri: holds the character U+0020, but spaces and control characters are"
                        + " not allowed there",
                "httpCheck.version: is 'HTTP/2', but must be HTTP/1.0 or HTTP/1.1",
                "httpCheck.host: is empty, but must be a host name or an address");
        problems(
                () -> HttpCheck.builder().uri("").build(),
                "httpCheck.uri: is empty, but must be a path such as /healthz");
        problems(
                () -> new HttpHeader("X:", "a\r\nEvil: 1"),
                "header[X:].name: is not a header name: letters, digits and !#$%&'*+-.^_`|~ are"
                        + " allowed",
                "header[X:].value: holds a control character, which no header value may have");
    }

    @Test
    void everyProblemOfABackendIsNamed() {
        ServerConfig server = ServerConfig.builder("s1", "192.0.2.1", 80).build();
        problems(
                () ->
                        BackendConfig.builder("wéb")
                                .servers(List.of(server, server, server))
                                .retries(-1)
                                .connectTimeout(TOO_LONG)
                                .serverTimeout(Duration.ofSeconds(Long.MAX_VALUE))
                                .queueTimeout(Duration.ofMillis(-1))
                                .checkTimeout(Duration.ofNanos(-1))
                                .build(),
                "backend[wéb].name: holds the character U+00E9, but a name is made of letters,"
                        + " digits and - _ . :",
                "backend[wéb].server[s1]: this server name is there twice; rename one",
                "backend[wéb].retries: is -1, but must be at least 0",
                "backend[wéb].connectTimeout: is PT596H31M23.648S, but must be from 0 (no limit)"
                        + " to 2147483647 ms",
                "backend[wéb].serverTimeout: is PT2562047788015215H30M7S, but must be from 0 (no"
                        + " limit) to 2147483647 ms",
                "backend[wéb].queueTimeout: is PT-0.001S, but must be from 0 (no limit) to"
                        + " 2147483647 ms",
                "backend[wéb].checkTimeout: is PT-0.000000001S, but must be from 0 (no limit) to"
                        + " 2147483647 ms");
    }

    @Test
    void everyProblemOfAFrontendIsNamed() {
        problems(
                () ->
                        FrontendConfig.builder("in")
                                .clientTimeout(Duration.ofMillis(-1))
                                .maxConnections(-1)
                                .build(),
                "frontend[in].bind: is missing; say where to listen, such as *:80",
                "frontend[in].defaultBackend: is missing; say which backend gets the connections",
                "frontend[in].clientTimeout: is PT-0.001S, but must be from 0 (no limit) to"
                        + " 2147483647 ms",
                "frontend[in].maxConnections: is -1, but must be at least 0");
        problems(
                () -> new BindAddress("a b", 65536),
                "bind[a b:65536].host: holds the character U+0020, but spaces and control"
                        + " characters are not allowed there",
                "bind[a b:65536].port: is 65536, but must be from 0 to 65535");
    }

    @Test
    void everyProblemBetweenThePartsIsNamed() {
        FrontendConfig in = frontend("in", "10.0.0.1", 80, "wbe");
        BackendConfig web = BackendConfig.builder("web").build();
        BackendConfig api = BackendConfig.builder("api").build();
        problems(
                () ->
                        new ProxyConfig(
                                List.of(in, frontend("in", "10.0.0.1", 80, "web")),
                                List.of(web, api, web)),
                "proxy.frontend[in]: this frontend name is there twice; rename one",
                "proxy.backend[web]: this backend name is there twice; rename one",
                "proxy.frontend[in].defaultBackend: there is no backend 'wbe'; there are web, api,"
                        + " web",
                "proxy.frontend[in].bind[10.0.0.1:80]: frontend 'in' listens there already; remove"
                        + " one of the two");
        problems(
                () -> new ProxyConfig(List.of(in), List.of()),
                "proxy.frontend[in].defaultBackend: there is no backend 'wbe'; define it");
    }

    @Test
    void twoFrontendsMayBothAskForAFreePort() {
        BackendConfig web = BackendConfig.builder("web").build();
        ProxyConfig proxy =
                new ProxyConfig(
                        List.of(
                                frontend("a", "127.0.0.1", 0, "web"),
                                frontend("b", "127.0.0.1", 0, "web")),
                        List.of(web));
        assertSame(web, proxy.backend("web"));
        assertNull(proxy.backend("a"));
    }

    @Test
    void wildcardBindIsTheIpv4Wildcard() {
        assertEquals(new BindAddress("0.0.0.0", 80), new BindAddress("*", 80));
        assertEquals(new BindAddress("0.0.0.0", 80), new BindAddress("", 80));
        assertEquals("[::]:80", new BindAddress("::", 80).toString());
    }

    @Test
    void configurationsAreValues() {
        ServerConfig.Builder server =
                ServerConfig.builder("s1", "192.0.2.1", 80)
                        .weight(3)
                        .backup(true)
                        .disabled(true)
                        .maxConnections(9)
                        .check(CheckConfig.builder().fall(5).build());
        assertValue(server.build(), server.build(), server.weight(4).build());
        assertEquals(server.build(), server.build().toBuilder().build());
        assertEquals("s1 (192.0.2.1:80)", server.build().toString());

        assertValue(
                CheckConfig.builder().build(),
                CheckConfig.builder().rise(2).build(),
                CheckConfig.builder().tls(true).build());
        HttpHeader header = new HttpHeader("Accept", "text/plain; q=1");
        assertValue(
                HttpCheck.builder().header(header).host("a").build(),
                HttpCheck.builder().header(header).host("a").build(),
                HttpCheck.builder().host("a").build());
        assertValue(
                BackendConfig.builder("web").build(),
                BackendConfig.builder("web").retries(3).build(),
                BackendConfig.builder("web").httpCheck(HttpCheck.builder().build()).build());
        assertValue(
                frontend("in", "*", 80, "web"),
                frontend("in", "0.0.0.0", 80, "web"),
                frontend("in", "*", 81, "web"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "20", "2000", "abc", "200-", "200,", "200-99", "a,b", " 200"})
    void statusThatIsNoneIsRefused(String text) {
        assertThrows(InvalidConfigException.class, () -> ExpectedStatus.parse(text));
    }

    @Test
    void everyStatusThatIsNoneIsNamed() {
        problems(
                () -> ExpectedStatus.parse("2xx,200,foo"),
                "status: '2xx' is not a status; write codes such as 200,204 or 200-299",
                "status: 'foo' is not a status; write codes such as 200,204 or 200-299");
        problems(
                () -> ExpectedStatus.parse("299-200"),
                "status[299-200]: ends before it starts; write the lower code first");
        problems(
                () -> new ExpectedStatus(List.of(), false),
                "status: lists no code; give one or more, such as 200 or 200-299");
    }

    @Test
    void statusMatchesItsRanges() {
        ExpectedStatus status = ExpectedStatus.parse("200,301-303");
        ExpectedStatus negated = new ExpectedStatus(status.ranges(), true);
        for (int code : new int[] {199, 200, 201, 300, 301, 302, 303, 304}) {
            boolean expected = code == 200 || code >= 301 && code <= 303;
            assertEquals(expected, status.matches(code), "status " + code);
            assertEquals(!expected, negated.matches(code), "not status " + code);
        }
        assertEquals("200,301-303", status.toString());
        assertEquals("! 200,301-303", negated.toString());
        assertEquals(ExpectedStatus.of(200), ExpectedStatus.parse("200"));
    }

    private static FrontendConfig frontend(String name, String host, int port, String backend) {
        return FrontendConfig.builder(name).bind(host, port).defaultBackend(backend).build();
    }

    private static void problems(Executable executable, String... expected) {
        InvalidConfigException e = assertThrows(InvalidConfigException.class, executable);
        assertEquals(
                List.of(expected), e.problems().stream().map(ConfigProblem::toString).toList());
        assertEquals(String.join("\n", expected), e.getMessage());
    }

    private static void assertValue(Object one, Object equal, Object other) {
        assertEquals(one, equal);
        assertEquals(one.hashCode(), equal.hashCode());
        assertNotEquals(one, other);
        assertNotEquals(one, "something else");
    }
}

package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.evenkeel.lb.AccessRule;
import io.evenkeel.lb.BackendRule;
import io.evenkeel.lb.Condition;
import io.evenkeel.lb.ConnectionFacts;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.HttpRequest;
import io.evenkeel.lb.TextMatch;
import io.evenkeel.lb.Truth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lines of rules mean. */
class RulesTest {
    private static FrontendConfig frontend(String... lines) {
        String file =
                "frontend f\n bind :80\n default_backend b\n "
                        + String.join("\n ", lines)
                        + "\nbackend b\nbackend c\n";
        return HaproxyConfigReader.read(
                        "f",
                        file,
                        name -> null,
                        Map.of(
                                        "blocks.lst",
                                        "# c\n\n 10.0.0.0/8\r\n",
                                        "empty.lst",
                                        "",
                                        "comment.lst",
                                        "# nobody yet\n")
                                ::get)
                .proxy()
                .frontends()
                .get(0);
    }

    private static Condition condition(String criterion) {
        return frontend("use_backend c if { " + criterion + " }").backendRules().get(0).condition();
    }

    /** Equal to what is made in code. */
    @Test
    void criteriaAreConditions() {
        assertMeans(Condition.source("10.0.0.0/8", "::1"), "src 10.0.0.0/8 ::1");
        assertMeans(Condition.destination("10.0.0.1"), "dst -n -m ip 10.0.0.1");
        assertMeans(Condition.source("10.0.0.0/8"), "src -f blocks.lst");
        assertMeans(Condition.source("10.0.0.0/8", "::1"), "src -f blocks.lst ::1");
        assertMeans(Condition.sourcePort(80, 80), "src_port 80");
        assertMeans(Condition.destinationPort(8000, 8080), "dst_port 8000:8080");
        assertMeans(Condition.destinationPort(1024, 65535), "dst_port gt 1023");
        assertMeans(Condition.destinationPort(0, 1023), "dst_port lt 1024");
        assertMeans(Condition.destinationPort(0, 10), "dst_port :10");
        assertMeans(
                Condition.destinationPort(80, 80).or(Condition.destinationPort(443, 443)),
                "dst_port 80 443");
        assertMeans(Condition.never(), "dst_port gt 65535");
        assertMeans(Condition.sni("www.example.com"), "req.ssl_sni -i www.example.com");
        assertMeans(Condition.sniSuffix(".example.com"), "req_ssl_sni -m end .example.com");
        assertMeans(Condition.sni(TextMatch.regex("^a")), "req.ssl_sni -m reg ^a");
        assertMeans(Condition.sni(TextMatch.anything()), "req.ssl_sni -m found");
        assertMeans(Condition.alpn("h2"), "req.ssl_alpn h2");
        assertMeans(Condition.tls(), "req.ssl_hello_type 1");
        assertMeans(Condition.http(), "req_proto_http");
        assertMeans(Condition.received(), "req.len gt 0");
        assertMeans(Condition.waitEnded(), "wait_end");
        assertMeans(Condition.method("GET", "PUT"), "method GET PUT");
        assertMeans(Condition.path(TextMatch.prefix("/a", "/b")), "path_beg /a /b");
        assertMeans(Condition.path(TextMatch.prefix("/a")), "path -m beg /a");
        assertMeans(Condition.path(TextMatch.suffix(".png").ignoringCase()), "path_end -i .png");
        assertMeans(Condition.path(TextMatch.suffix("-i")), "path_end -- -i");
        assertMeans(Condition.path(TextMatch.exact("/a")), "path_beg -m str /a");
        assertMeans(Condition.uri(TextMatch.containing("x")), "url_sub x");
        assertMeans(
                Condition.header("host", TextMatch.exact("a").ignoringCase()), "hdr(Host) -i a");
        assertMeans(
                Condition.header("host", TextMatch.domain("a").ignoringCase()),
                "hdr_dom(host),lower -m dom a");
        assertMeans(Condition.header("x", TextMatch.anything()), "req.hdr(x) -m found");
        assertMeans(Condition.wholeHeader("x", TextMatch.directory("a")), "req.fhdr(x) -m dir a");
        assertMeans(Condition.httpVersion(TextMatch.exact("1.1")), "req.ver 1.1");
    }

    private static void assertMeans(Condition expected, String criterion) {
        assertEquals(expected, condition(criterion), criterion);
    }

    @ParameterizedTest
    @CsvSource({
        "if a b, a and b",
        "if a or b, a or b",
        "if a b || c, a and b or c",
        "if a !b, a and not b",
        "if a ! b, a and not b",
        "if !!a, a",
        "unless a, not a",
        "unless a or b, neither",
        "if { src 10.0.0.1 } !{ src 10.0.0.2 }, a and not b",
    })
    void conditions(String text, String meaning) {
        Condition a = Condition.source("10.0.0.1");
        Condition b = Condition.source("10.0.0.2");
        Condition c = Condition.source("10.0.0.3");
        Condition expected =
                switch (meaning) {
                    case "a" -> a;
                    case "not a" -> a.not();
                    case "a and b" -> a.and(b);
                    case "a or b" -> a.or(b);
                    case "a and not b" -> a.and(b.not());
                    case "a and b or c" -> a.and(b).or(c);
                    case "neither" -> a.or(b).not();
                    default -> throw new AssertionError(meaning);
                };
        FrontendConfig frontend =
                frontend(
                        "acl a src 10.0.0.1",
                        "acl b src 10.0.0.2",
                        "acl c src 10.0.0.3",
                        "use_backend c " + text);
        assertEquals(List.of(new BackendRule("c", expected)), frontend.backendRules());
    }

    @Test
    void linesOfOneNameAreOredEvenAfterTheirUse() {
        FrontendConfig frontend =
                frontend("acl a src 10.0.0.1", "use_backend c if a", "acl a src 10.0.0.2");
        assertEquals(
                Condition.source("10.0.0.1").or(Condition.source("10.0.0.2")),
                frontend.backendRules().get(0).condition());
    }

    @Test
    void anAclOfTheFileHidesThePredefinedOne() {
        assertEquals(
                Condition.source("10.0.0.1"),
                frontend("acl HTTP src 10.0.0.1", "use_backend c if HTTP")
                        .backendRules()
                        .get(0)
                        .condition());
    }

    @ParameterizedTest
    @CsvSource({
        "TRUE, TRUE",
        "FALSE, FALSE",
        "LOCALHOST, TRUE",
        "HTTP, TRUE",
        "HTTP_1.0, FALSE",
        "HTTP_1.1, TRUE",
        "HTTP_2.0, FALSE",
        "HTTP_URL_ABS, FALSE",
        "HTTP_URL_SLASH, TRUE",
        "HTTP_URL_STAR, FALSE",
        "METH_GET, TRUE",
        "METH_HEAD, TRUE",
        "METH_POST, FALSE",
        "METH_PUT, FALSE",
        "METH_DELETE, FALSE",
        "METH_CONNECT, FALSE",
        "METH_OPTIONS, FALSE",
        "METH_TRACE, FALSE",
        "REQ_CONTENT, TRUE",
        "WAIT_END, UNKNOWN",
    })
    void predefinedAcls(String name, Truth expected) {
        ConnectionFacts facts = new ConnectionFacts(new byte[] {127, 0, 0, 9}, 1, new byte[4], 80);
        facts.received();
        facts.noTls();
        facts.http(new HttpRequest("HEAD", "/", "1.1", List.of()));
        Condition condition =
                frontend("use_backend c if " + name).backendRules().get(0).condition();
        assertEquals(expected, condition.test(facts));
    }

    @Test
    void rulesOfAccessAreKeptApart() {
        FrontendConfig frontend =
                frontend(
                        "tcp-request inspect-delay 5s",
                        "tcp-request content accept if HTTP",
                        "tcp-request connection reject unless LOCALHOST",
                        "tcp-request content reject");
        assertEquals(5_000_000_000L, frontend.inspectDelayNanos());
        assertEquals(
                List.of(AccessRule.reject(Condition.source("127.0.0.1/8", "::1").not())),
                frontend.connectionRules());
        assertEquals(
                List.of(AccessRule.accept(Condition.http()), AccessRule.reject(Condition.always())),
                frontend.contentRules());
    }

    /** So that a list of those to be kept out may be empty. */
    @ParameterizedTest
    @CsvSource({
        "src -f empty.lst",
        "src -f comment.lst",
        "dst_port -f empty.lst",
        "req.ssl_sni -i -f empty.lst",
        "req.ssl_sni -m reg -f empty.lst -f comment.lst",
        "req.ssl_hello_type -f empty.lst",
        "hdr_dom(host) -f comment.lst",
        "src --",
    })
    void aFileWithoutPatternsNeverMatches(String criterion) {
        assertEquals(Condition.never(), condition(criterion));
    }

    @Test
    void withUseBackendADefaultIsNotNeeded() {
        FrontendConfig frontend =
                HaproxyConfigReader.read(
                                "f", "frontend f\n bind :80\n use_backend b if TRUE\nbackend b\n")
                        .proxy()
                        .frontends()
                        .get(0);
        assertNull(frontend.defaultBackend());
        assertEquals(List.of(new BackendRule("b", Condition.always())), frontend.backendRules());
    }

    @Test
    void aListenSectionIsItsOwnDefault() {
        FrontendConfig listen =
                HaproxyConfigReader.read(
                                "f",
                                "listen l\n bind :80\n use_backend b if LOCALHOST\n server s"
                                        + " 192.0.2.1:80\nbackend b\n")
                        .proxy()
                        .frontends()
                        .get(0);
        assertEquals("l", listen.defaultBackend());
    }
}

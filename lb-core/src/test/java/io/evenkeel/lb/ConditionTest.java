package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.0.1, TRUE",
        "10.0.0.0/8, 11.0.0.1, FALSE",
        "10.1.2.3/8, 10.0.0.1, TRUE",
        "10.0.0.0/255.0.0.0, 10.0.0.1, TRUE",
        "192.0.2.1, 192.0.2.1, TRUE",
        "192.0.2.1, 192.0.2.2, FALSE",
        "0.0.0.0/0, 192.0.2.2, TRUE",
        "0.0.0.0/0, 2001:db8::1, FALSE",
        "10.0.0.0/8, ::ffff:10.0.0.1, TRUE",
        "::ffff:0:0/96, 10.0.0.1, TRUE",
        "::/0, 10.0.0.1, TRUE",
        "2001:db8::/32, 2001:db8:ffff::1, TRUE",
        "2001:db8::/32, 2001:db9::1, FALSE",
        "2001:db8::1, 2001:db8:0:0:0:0:0:1, TRUE",
        "2001:db8::/65, 2001:db8::8000:0:0:1, FALSE",
        "::1, ::1, TRUE",
    })
    void addresses(String block, String address, Truth expected) {
        ConnectionFacts facts = RandomRouting.addresses(address, 80);
        assertEquals(expected, Condition.source(block).test(facts));
        String[] many = {block, "203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.4/30"};
        assertEquals(expected, Condition.source(many).test(facts));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0",
                "10.0.0.256",
                "10.0.0.0/33",
                "10.0.0.0/255.0.255.0",
                "10.0.0.0/",
                "example.com",
                "1:2",
                "::1::",
                "::/129",
                "1:2:3:4:5:6:7:8:9",
                "::12345",
                ":::",
            })
    void whatIsNoAddressIsRefused(String text) {
        InvalidConfigException refused =
                assertThrows(InvalidConfigException.class, () -> Condition.source(text));
        assertEquals(
                "source: '"
                        + text
                        + "' is no address; write one such as 192.0.2.1, 10.0.0.0/8 or"
                        + " 2001:db8::/32",
                refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com, www.example.com, TRUE",
        "www.example.com, WWW.Example.COM., TRUE",
        "Www.Example.com., www.example.com, TRUE",
        "www.example.com, example.com, FALSE",
        "*.example.com, www.example.com, TRUE",
        "*.example.com, a.b.example.com, TRUE",
        "*.example.com, example.com, FALSE",
        "*.example.com, wwwexample.com, FALSE",
    })
    void names(String pattern, String name, Truth expected) {
        ConnectionFacts tls = RandomRouting.facts("192.0.2.1", 443, name);
        assertEquals(expected, Condition.sni(pattern).test(tls));
        assertEquals(expected, Condition.sni(pattern, "1", "2", "3", "*.4").test(tls));
        assertEquals(
                expected, Condition.host(pattern).test(http("GET", "/", "Host", name + ":8443")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "*.", "*", "a.*.b", "www*.example.com"})
    void whatIsNoNameIsRefused(String text) {
        assertThrows(InvalidConfigException.class, () -> Condition.sni(text));
    }

    @Test
    void aSuffixNeedsNoDot() {
        ConnectionFacts facts = RandomRouting.facts("192.0.2.1", 443, "wwwexample.com");
        assertEquals(Truth.TRUE, Condition.sniSuffix("Example.com").test(facts));
        assertEquals(Truth.FALSE, Condition.sniSuffix(".example.com").test(facts));
    }

    @Test
    void whatIsNotThereIsFalseAndItsNegationTrueOnceThatIsKnown() {
        ConnectionFacts facts = RandomRouting.addresses("192.0.2.1", 443);
        Condition sni = Condition.sni("a.example");
        Condition path = Condition.path(TextMatch.anything());
        assertEquals(Truth.UNKNOWN, sni.test(facts));
        assertEquals(Truth.UNKNOWN, sni.not().test(facts));
        assertEquals(Truth.UNKNOWN, path.test(facts));
        facts.noTls();
        assertEquals(Truth.FALSE, sni.test(facts));
        assertEquals(Truth.TRUE, sni.not().test(facts));
        assertEquals(Truth.UNKNOWN, path.test(facts));
        facts.end();
        assertEquals(Truth.FALSE, path.test(facts));
    }

    @Test
    void unknownGoesThroughAndOrNotAsKleeneHasIt() {
        ConnectionFacts facts = RandomRouting.addresses("192.0.2.1", 443);
        Condition unknown = Condition.sni("a.example");
        assertEquals(Truth.FALSE, unknown.and(Condition.never()).test(facts));
        assertEquals(Truth.UNKNOWN, unknown.and(Condition.always()).test(facts));
        assertEquals(Truth.TRUE, unknown.or(Condition.always()).test(facts));
        assertEquals(Truth.UNKNOWN, unknown.or(Condition.never()).test(facts));
        assertEquals(Truth.TRUE, Condition.all(List.of()).test(facts));
        assertEquals(Truth.FALSE, Condition.any(List.of()).test(facts));
    }

    @Test
    void theWaitAndTheFirstByte() {
        ConnectionFacts facts = RandomRouting.addresses("192.0.2.1", 443);
        assertEquals(Truth.UNKNOWN, Condition.received().test(facts));
        assertEquals(Truth.UNKNOWN, Condition.waitEnded().test(facts));
        facts.received();
        assertEquals(Truth.TRUE, Condition.received().test(facts));
        facts.end();
        assertEquals(Truth.TRUE, Condition.waitEnded().test(facts));
        ConnectionFacts silent = RandomRouting.addresses("192.0.2.1", 443);
        silent.end();
        assertEquals(Truth.FALSE, Condition.received().test(silent));
    }

    @Test
    void alpn() {
        ConnectionFacts facts = RandomRouting.addresses("192.0.2.1", 443);
        facts.tls(null, List.of("h2", "http/1.1"));
        assertEquals(Truth.TRUE, Condition.tls().test(facts));
        assertEquals(Truth.TRUE, Condition.alpn("http/1.1").test(facts));
        assertEquals(Truth.FALSE, Condition.alpn("acme-tls/1").test(facts));
        assertEquals(Truth.FALSE, Condition.sni("a").test(facts));
    }

    private static ConnectionFacts http(String method, String uri, String... fields) {
        ConnectionFacts facts = RandomRouting.addresses("192.0.2.1", 80);
        List<HttpRequest.Field> all = new java.util.ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            all.add(new HttpRequest.Field(fields[i], fields[i + 1]));
        }
        facts.http(new HttpRequest(method, uri, "1.1", all));
        return facts;
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b?c, /a/b",
        "/, /",
        "http://host.example/a?b, /a",
        "http://host.example, ",
        "*, ",
        "host.example:443, ",
    })
    void thePathIsWhatStandsBeforeTheQuery(String uri, String path) {
        ConnectionFacts facts = http("GET", uri);
        assertEquals(Truth.of(path != null), Condition.path(TextMatch.anything()).test(facts));
        if (path != null) {
            assertEquals(Truth.TRUE, Condition.path(TextMatch.exact(path)).test(facts));
        }
        assertEquals(Truth.TRUE, Condition.uri(TextMatch.exact(uri)).test(facts));
    }

    @ParameterizedTest
    @CsvSource({
        "'one, two', two, TRUE",
        "'one ,\ttwo', one, TRUE",
        "'one, two', 'one, two', FALSE",
        "'\"a, b\", c', '\"a, b\"', TRUE",
        "'\"a\\\", b\", c', c, TRUE",
        "'\"a, b', b, FALSE",
        "'\"a\\', '\"a\\', TRUE",
        "'', '', TRUE",
    })
    void aFieldIsDividedAtItsCommas(String value, String element, Truth expected) {
        ConnectionFacts facts = http("GET", "/", "X-Test", value);
        TextMatch match = TextMatch.exact(element);
        assertEquals(expected, Condition.header("x-test", match).test(facts));
        assertEquals(
                Truth.TRUE, Condition.wholeHeader("X-TEST", TextMatch.exact(value)).test(facts));
        assertEquals(Truth.FALSE, Condition.header("x-other", match).test(facts));
    }

    @Test
    void anyFieldOfThatNameMayMatch() {
        ConnectionFacts facts = http("GET", "/", "X-Test", "1", "x-test", "2");
        assertEquals(Truth.TRUE, Condition.header("X-Test", TextMatch.exact("2")).test(facts));
        assertEquals(Truth.FALSE, Condition.host("a.example").test(facts));
        assertEquals(Truth.TRUE, Condition.method("POST", "GET").test(facts));
        assertEquals(Truth.FALSE, Condition.method("get").test(facts));
        assertEquals(Truth.TRUE, Condition.http().test(facts));
    }

    @Test
    void needsAreThoseOfAllParts() {
        assertEquals(Set.of(), Condition.source("::1").and(Condition.always()).needs());
        assertEquals(
                Set.of(Condition.Need.TLS, Condition.Need.HTTP),
                Condition.sni("a").not().or(Condition.method("GET")).needs());
        assertEquals(Set.of(Condition.Need.END), Condition.waitEnded().needs());
        assertEquals(Set.of(Condition.Need.BYTES), Condition.received().needs());
    }

    @Test
    void equalConditionsAreEqual() {
        Condition one =
                Condition.source("10.0.0.0/8")
                        .and(Condition.sni("a"))
                        .or(Condition.path(TextMatch.regex("^/x")).not());
        Condition same =
                Condition.source("10.1.0.0/8")
                        .and(Condition.sni("A."))
                        .or(Condition.path(TextMatch.regex("^/x")).not());
        assertEquals(one, same);
        assertEquals(one.hashCode(), same.hashCode());
        assertEquals(one, one.not().not());
        assertNotEquals(one, one.not());
        assertNotEquals(Condition.source("::1"), Condition.destination("::1"));
        assertNotEquals(Condition.sni("a"), Condition.host("a"));
    }

    @Test
    void anEmptyRangeOfPortsIsRefused() {
        assertThrows(InvalidConfigException.class, () -> Condition.sourcePort(2, 1));
        ConnectionFacts facts = RandomRouting.addresses("192.0.2.1", 443);
        assertEquals(Truth.TRUE, Condition.sourcePort(40_000, 40_000).test(facts));
        assertEquals(Truth.FALSE, Condition.destinationPort(444, 500).test(facts));
    }
}

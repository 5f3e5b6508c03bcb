package io.evenkeel.lb.haproxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a line becomes words, and words become times and addresses. */
class WordsTest {
    private final Report report = new Report("f");

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            textBlock =
                    """
                    a b c                 ~ a|b|c
                    `\ta  b\t `           ~ a|b
                    a#b                   ~ a
                    a \\#b                ~ a|#b
                    a\\ b                 ~ a b
                    "a b" 'c d'           ~ a b|c d
                    x"a b"'c d'y          ~ xa bc dy
                    'a"b' "c'd"           ~ a"b|c'd
                    "a#b"                 ~ a#b
                    \\x41\\x7a            ~ Az
                    "\\x41"               ~ A
                    '\\x41'               ~ \\x41
                    a\\qb                 ~ a\\qb
                    a\\                   ~ a\\
                    a\\\\b                ~ a\\b
                    \\"a\\'               ~ "a'
                    "\\"a"                ~ "a
                    "$NAME"               ~ value
                    "${NAME}s"            ~ values
                    "${NAME-other}"       ~ value
                    "${NONE-other}"       ~ other
                    "x${NONE-}"           ~ x
                    "$NAME-x"             ~ value-x
                    "\\$NAME"             ~ $NAME
                    '$NAME'               ~ $NAME
                    $NAME                 ~ $NAME
                    "$QUOTED"             ~ a "b" #c
                    """)
    void aLineIsSplitAsHaproxyDoes(String line, String words) {
        assertEquals(List.of(words.split("[|]")), words(line));
        assertFalse(report.hasProblems(), () -> report.problems().toString());
    }

    @Test
    void linesAreCountedWithEmptyOnesAndCarriageReturnsAreSpace() {
        List<Line> lines = tokens("\r\na\r\n\n# c\n  b\n");
        assertEquals(
                List.of(new Line(2, List.of("a"), false), new Line(5, List.of("b"), false)), lines);
        assertTrue(report.warnings().isEmpty());
    }

    @Test
    void aLastLineWithoutLineFeedIsReadWithAWarning() {
        assertEquals(1, tokens("a").size());
        assertEquals(1, report.warnings().size());
        assertFalse(report.hasProblems());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "5, 5000000",
        "5ms, 5000000",
        "500us, 500000",
        "2s, 2000000000",
        "1m, 60000000000",
        "1h, 3600000000000",
        "24d, 2073600000000000",
        "2147483647, 2147483647000000",
        "007s, 7000000000"
    })
    void timesHaveUnits(String text, long nanos) {
        assertEquals(Duration.ofNanos(nanos), words1(text).time("t", true));
        assertFalse(report.hasProblems());
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "5x", "s", "1.5s", "2147483648", "25d", "5S", "5mss", "1e3"})
    void whatIsNoTimeIsRefused(String text) {
        assertNull(words1(text).time("t", true));
        assertEquals(1, report.problems().size());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "web1.example.net, web1.example.net",
        "web_1, web_1",
        "10.example, 10.example",
        "example.net., example.net.",
        "::, ::",
        "::1, ::1",
        "2001:DB8:0:0:0::1, 2001:db8::1",
        "1:0:0:2:0:0:0:3, 1:0:0:2::3",
        "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
        "::ffff:192.0.2.1, ::ffff:c000:201",
        "1::, 1::"
    })
    void hostsHaveOneSpelling(String text, String canonical) {
        assertEquals(canonical, Addresses.host(words1("x"), "h", text, false));
        assertFalse(report.hasProblems());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "256.0.0.1",
                "1.2.3",
                "01.2.3.4",
                "1.2.3.4.5",
                "a..b",
                "-a",
                "a-",
                "a b",
                "a!",
                ":",
                ":::",
                "1:2",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "g::",
                "::12345",
                "::1.2.3",
                "fe80::1%eth0",
                "unix@/x",
                "",
                "*"
            })
    void whatIsNoHostIsRefused(String text) {
        assertNull(Addresses.host(words1("x"), "h", text, false));
        assertEquals(1, report.problems().size());
    }

    @Test
    void aLongHostNameIsRefusedQuickly() {
        assertNull(Addresses.host(words1("x"), "h", "a.".repeat(200_000), false));
        assertNull(Addresses.host(words1("x"), "h", "a".repeat(64), false));
    }

    @ParameterizedTest
    @CsvSource({
        "balence, balance",
        "Balance, balance",
        "roundrobin, roundrobin",
        "chekc, check",
        "wieght, weight"
    })
    void theNearestWordIsFound(String word, String meant) {
        List<String> known = List.of("check", "balance", "backup", "roundrobin", "weight");
        assertEquals(meant, Nearest.of(word, known));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyzzy", "x", "", "balancebalance"})
    void aWordThatIsNotNearHasNone(String word) {
        assertNull(Nearest.of(word, List.of("check", "balance", "weight")));
    }

    private List<String> words(String line) {
        List<Line> lines = tokens(line + "\n");
        return lines.get(0).words();
    }

    private List<Line> tokens(String text) {
        Map<String, String> environment = Map.of("NAME", "value", "QUOTED", "a \"b\" #c");
        Tokenizer tokenizer = new Tokenizer(report, text, new Environment(environment::get));
        List<Line> lines = new ArrayList<>();
        for (Line line = tokenizer.next(); line != null; line = tokenizer.next()) {
            lines.add(line);
        }
        return lines;
    }

    private Words words1(String word) {
        return new Words(new Line(1, List.of(word), false), report, new Environment(name -> null));
    }
}

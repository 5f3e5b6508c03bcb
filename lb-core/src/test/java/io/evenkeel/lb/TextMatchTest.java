package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextMatchTest {
    private static final long SEED = 20_261_126L;

    private static boolean matches(TextMatch match, String text) {
        boolean whole = match.matches(text, 0, text.length());
        assertEquals(whole, match.matches("x." + text + ".x", 2, 2 + text.length()));
        return whole;
    }

    @Test
    void theKindsOfComparison() {
        assertTrue(matches(TextMatch.exact("a", "b"), "b"));
        assertFalse(matches(TextMatch.exact("a"), "A"));
        assertTrue(matches(TextMatch.exact("a").ignoringCase(), "A"));
        assertFalse(matches(TextMatch.exact("a"), "ab"));
        assertTrue(matches(TextMatch.prefix("/api"), "/api/x"));
        assertFalse(matches(TextMatch.prefix("/api"), "/ap"));
        assertTrue(matches(TextMatch.suffix(".png"), "/a.png"));
        assertFalse(matches(TextMatch.suffix(".png"), "png"));
        assertTrue(matches(TextMatch.containing("bc"), "abcd"));
        assertFalse(matches(TextMatch.containing("cb"), "abcd"));
        assertTrue(matches(TextMatch.containing(""), ""));
        assertTrue(matches(TextMatch.anything(), ""));
    }

    @ParameterizedTest
    @CsvSource({
        "/images, true",
        "/images/png, true",
        "images/png, true",
        "/png/logo, true",
        "logo/32x32.png, true",
        "32x32.png, true",
        "png, true",
        "32x32, false",
        "/, false",
    })
    void directories(String pattern, boolean expected) {
        TextMatch match = TextMatch.directory(pattern);
        assertEquals(expected, matches(match, "/images/png/logo/32x32.png"));
    }

    @ParameterizedTest
    @CsvSource({
        "static, true",
        "/static/, true",
        "v=1, true",
        "?v=1, true",
        "stat, false",
        "css, false",
        "a.css, true",
    })
    void theQueryOfAUriEndsADirectory(String pattern, boolean expected) {
        assertEquals(expected, matches(TextMatch.directory(pattern), "/a.css/static?v=1"));
    }

    @ParameterizedTest
    @CsvSource({
        "http, true",
        "www1, true",
        ".www1, true",
        "dc-eu, true",
        "example, true",
        "com, true",
        "80, true",
        "dc-eu.example, true",
        "blah, true",
        ":www1:, true",
        "dc-eu.example:80, false",
        "dc-eu.example.com:80, true",
        "eu, false",
        "dc, false",
    })
    void domains(String pattern, boolean expected) {
        TextMatch match = TextMatch.domain(pattern);
        assertEquals(expected, matches(match, "http://www1.dc-eu.example.com:80/blah"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(a)\\1",
                "(?=a)",
                "(?<n>a)",
                "a**",
                "a*+",
                "a{1,2}{3}",
                "\\bx",
                "[a",
                "[z-a]",
                "[[:foo:]]",
                "(a",
                "a)",
                "*a",
                "a{2,1}",
                "a{x}",
                "a\\",
                "x^",
                "a$b",
                "(a$)",
                "(^a)",
                "a{65}",
                "(){999}{2}",
                "\u00e9",
            })
    void whatTakesMoreThanLinearTimeOrIsMalformedIsRefused(String expression) {
        InvalidConfigException refused =
                assertThrows(InvalidConfigException.class, () -> TextMatch.regex(expression));
        assertTrue(refused.getMessage().startsWith("regex: '"));
    }

    /** The automaton and java.util.regex agree on random expressions and texts. */
    @Test
    void regularExpressionsMeanWhatTheyMeanElsewhere() {
        Random random = new Random(SEED);
        int matched = 0;
        for (int i = 0; i < 20_000; i++) {
            String expression = expression(random, 3);
            if (random.nextInt(4) == 0) {
                expression = "^" + expression;
            }
            if (random.nextInt(4) == 0) {
                expression = expression + "$";
            }
            LinearRegex regex;
            try {
                regex = LinearRegex.compile(expression, false);
            } catch (InvalidConfigException tooLong) {
                continue;
            }
            String message = "seed " + SEED + ", number " + i + ", expression " + expression;
            Pattern pattern = Pattern.compile(expression);
            for (int t = 0; t < 10; t++) {
                String text = text(random);
                boolean expected = pattern.matcher(text).find();
                assertEquals(
                        expected,
                        regex.matches(text, 0, text.length()),
                        () -> message + ", text " + text);
                matched += expected ? 1 : 0;
            }
        }
        assertTrue(matched > 10_000 && matched < 190_000, matched + " texts matched");
    }

    private static String expression(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 10)) {
            case 0, 1 -> String.valueOf((char) ('a' + random.nextInt(3)));
            case 2 -> ".";
            case 3 -> random.nextBoolean() ? "[ab]" : "[^a-b]";
            case 4 -> "(" + expression(random, depth - 1) + ")*";
            case 5 -> "(?:" + expression(random, depth - 1) + ")+";
            case 6 -> "(" + expression(random, depth - 1) + ")?";
            case 7 ->
                    "(" + expression(random, depth - 1) + "|" + expression(random, depth - 1) + ")";
            case 8 -> {
                int least = random.nextInt(3);
                String most = random.nextBoolean() ? "" : "" + (least + random.nextInt(2));
                yield "(" + expression(random, depth - 1) + "){" + least + "," + most + "}";
            }
            default -> expression(random, depth - 1) + expression(random, depth - 1);
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append((char) ('a' + random.nextInt(4)));
        }
        return text.toString();
    }

    @ParameterizedTest
    @CsvSource({
        "'^/api/v[0-9]+/.*\\.(png|jpe?g)$', /api/v12/x/y.jpeg, true",
        "'^/api/v[0-9]+/.*\\.(png|jpe?g)$', /api/v12/x/y.jpegs, false",
        "'^$', '', true",
        "'^$', x, false",
        "'^a|b$', xb, true",
        "'\\d{3}-\\w+', id 123-abc, true",
        "'[[:upper:]_]{2}', xA_, true",
        "'[]a]', ], true",
        "'[a-]', -, true",
        "(?i)AbC, xaBc, true",
    })
    void expressionsAsPeopleWriteThem(String expression, String text, boolean expected) {
        assertEquals(expected, matches(TextMatch.regex(expression), text));
    }

    @Test
    void aTextThatMakesOthersGoBackForEverTakesOneStepForEachCharacter() {
        TextMatch match = TextMatch.regex("^(a+)+$");
        assertFalse(matches(match, "a".repeat(100_000) + "b"));
        assertTrue(matches(match, "a".repeat(100_000)));
    }

    @Test
    void caseIsIgnoredInExpressionsToo() {
        assertTrue(matches(TextMatch.regex("^[a-c]x$").ignoringCase(), "BX"));
        assertFalse(matches(TextMatch.regex("^[a-c]x$"), "BX"));
    }
}

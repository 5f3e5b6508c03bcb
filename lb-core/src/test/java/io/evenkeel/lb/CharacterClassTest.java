package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands within the brackets of a regular expression, against the JDK's. */
class CharacterClassTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "[[:alpha:]]; \\p{Alpha}",
                "[[:digit:]]; \\p{Digit}",
                "[[:alnum:]]; \\p{Alnum}",
                "[[:upper:]]; \\p{Upper}",
                "[[:lower:]]; \\p{Lower}",
                "[[:space:]]; \\p{Space}",
                "[[:xdigit:]]; \\p{XDigit}",
                "[[:punct:]]; \\p{Punct}",
                "[^[:alpha:]_]; [^\\p{Alpha}_]",
                "[a-f0-3.]; [a-f0-3.]",
                "[]x]; [\\]x]",
                "[^]x]; [^\\]x]",
                "[a-]; [a\\-]",
                "[-a]; [\\-a]",
                "[\\d\\.]; [\\d.]",
                "[\\\\-a]; [\\\\-a]",
                "[+--]; [+-\\-]",
            })
    void eachCharacterIsInItOrNot(String ours, String theirs) {
        LinearRegex regex = LinearRegex.compile(ours, false);
        Pattern pattern = Pattern.compile(theirs);
        for (char c = 0; c < 127; c++) {
            String text = String.valueOf(c);
            assertEquals(
                    pattern.matcher(text).matches(),
                    regex.matches(text, 0, 1),
                    "character " + (int) c);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[^d]",
                "[^D]",
                "[^a-c]",
                "[d]",
                "[B-D_]",
                "\\W",
                "\\D",
                "[^\\w]",
                "[^[:upper:]]",
                "[[:lower:]]",
                "[^X-c]",
            })
    void withoutCaseBothLettersAreInItOrNeither(String expression) {
        LinearRegex regex = LinearRegex.compile(expression, true);
        Pattern pattern =
                Pattern.compile(
                        expression.replace("[:upper:]", "A-Z").replace("[:lower:]", "a-z"),
                        Pattern.CASE_INSENSITIVE);
        for (char c = 0; c < 127; c++) {
            String text = String.valueOf(c);
            assertEquals(
                    pattern.matcher(text).matches(),
                    regex.matches(text, 0, 1),
                    "character " + (int) c);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"[z-a]", "[\\d-z]", "[a-\\d]", "[[:vowel:]]", "[é]", "[a", "[", "[^"})
    void whatIsNoClassIsRefused(String expression) {
        assertThrows(IllegalArgumentException.class, () -> LinearRegex.compile(expression, false));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "www.Example.com, www.example.com",
        "www.example.com:8080, www.example.com",
        "www.example.com., www.example.com",
        "[2001:db8::1], [2001:db8::1]",
        "[2001:db8::1]:443, [2001:db8::1]",
        "192.0.2.1:80, 192.0.2.1",
    })
    void theHostOfARequestIsWithoutItsPort(String field, String host) {
        HttpRequest request =
                new HttpRequest(
                        "GET",
                        "/",
                        "1.1",
                        List.of(
                                new HttpRequest.Field("Accept", "*/*"),
                                new HttpRequest.Field("hOST", field),
                                new HttpRequest.Field("Host", "second.example")));
        assertEquals(host, request.hostName());
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "/a/b?c=/d, /a/b",
        "/a#b, /a",
        "http://www.example.com/a?b, /a",
        "http://www.example.com, ",
        "*, ",
        "www.example.com:443, ",
    })
    void thePathOfARequestIsWithoutItsQuery(String uri, String path) {
        assertEquals(path, new HttpRequest("GET", uri, "1.1", List.of()).path());
    }

    @Test
    void aMatchIsWhatItSays() {
        TextMatch prefix = TextMatch.prefix("/a");
        assertEquals(prefix, TextMatch.prefix("/a"));
        assertEquals(prefix.hashCode(), TextMatch.prefix("/a").hashCode());
        for (Object other :
                new Object[] {
                    TextMatch.suffix("/a"),
                    TextMatch.prefix("/b"),
                    prefix.ignoringCase(),
                    "something else"
                }) {
            assertTrue(!prefix.equals(other), String.valueOf(other));
        }
        assertEquals(prefix.ignoringCase(), prefix.ignoringCase().ignoringCase());
        assertTrue(prefix.ignoringCase().toString().endsWith("ignoring case"));
    }
}

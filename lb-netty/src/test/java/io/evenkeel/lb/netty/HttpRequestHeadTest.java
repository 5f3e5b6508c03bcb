package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.evenkeel.lb.Condition;
import io.evenkeel.lb.ConnectionFacts;
import io.evenkeel.lb.HttpRequest;
import io.evenkeel.lb.TextMatch;
import io.evenkeel.lb.Truth;
import io.evenkeel.lb.netty.HttpRequestHead.Result;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpRequestHeadTest {
    private static final long SEED = 20_261_126L;
    private static final String REQUEST =
            "POST /a/b?c=d HTTP/1.1\r\nHost: www.example.com:8080\r\nX-Two:  1, 2 \t\r\nEmpty:\r\n\r\n";

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Result parse(String text) {
        return new HttpRequestHead().parse(bytes(text), text.length());
    }

    private static void assertHolds(HttpRequest request, Condition condition) {
        ConnectionFacts facts = new ConnectionFacts(new byte[4], 1, new byte[4], 2);
        facts.http(request);
        assertEquals(Truth.TRUE, condition.test(facts), condition::toString);
    }

    private static void assertIsTheRequest(HttpRequestHead head) {
        HttpRequest request = Objects.requireNonNull(head.request());
        assertHolds(request, Condition.method("POST"));
        assertHolds(request, Condition.path(TextMatch.exact("/a/b")));
        assertHolds(request, Condition.uri(TextMatch.exact("/a/b?c=d")));
        assertHolds(request, Condition.httpVersion(TextMatch.exact("1.1")));
        assertHolds(request, Condition.host("www.example.com"));
        assertHolds(request, Condition.wholeHeader("x-two", TextMatch.exact("1, 2")));
        assertHolds(request, Condition.header("empty", TextMatch.exact("")));
    }

    @Test
    void aRequestIsFoundAtItsLastByteHoweverItIsCut() {
        byte[] bytes = bytes(REQUEST);
        HttpRequestHead slow = new HttpRequestHead();
        for (int length = 0; length < bytes.length; length++) {
            assertEquals(Result.MORE, slow.parse(Arrays.copyOf(bytes, length), length));
        }
        assertEquals(Result.REQUEST, slow.parse(bytes, bytes.length));
        assertIsTheRequest(slow);
        for (int split = 0; split < bytes.length; split++) {
            HttpRequestHead head = new HttpRequestHead();
            assertEquals(Result.MORE, head.parse(bytes, split));
            assertEquals(Result.REQUEST, head.parse(bytes, bytes.length));
            assertIsTheRequest(head);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.0\n\n",
                "GET / HTTP/1.1\r\n\r\nbody",
                "\r\n\r\nGET / HTTP/1.1\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\n\r\n",
                "GET http://a.example/ HTTP/1.1\r\nHost: a.example\r\n\r\n",
                "M-SEARCH / HTTP/1.1\r\nA:\u00e9\r\n\r\n",
            })
    void requests(String text) {
        assertEquals(Result.REQUEST, parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0016\u0003\u0001",
                "\u0000",
                " ",
                "SSH-2.0-OpenSSH_9.2\r",
                "GET /\r",
                "GET  ",
                "GET / HTTQ",
                "GET / HTTP/2",
                "GET / HTTP/1.1x",
                "GET / HTTP/1.1\r\r",
                "PRI * HTTP/2",
                "GET / HTTP/1.1\r\n folded",
                "GET / HTTP/1.1\r\nA : b\r\n",
                "GET / HTTP/1.1\r\n: b\r\n",
                "GET / HTTP/1.1\r\nA b\r\n",
                "GET / HTTP/1.1\r\nA: b\rc",
                "GET / HTTP/1.1\r\nA: b\u0000",
                "GET / HTTP/1.1\r\nA: b\r\n c\r\n",
                "\r\n\r\n\r",
                "GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n",
                "ABCDEFGHIJKLMNOPQRSTUVWXYZABCDEFGHIJ",
            })
    void whatIsNoRequestIsToldAtOnce(String text) {
        boolean foldedLine = text.contains("\n ");
        assertEquals(Result.OTHER, parse(foldedLine ? text + "\r\n" : text));
    }

    /** Damaged requests in random pieces: never an exception, and the same answer as in one piece. */
    @Test
    void damagedOnesAreAnsweredAlikeHoweverTheyAreCut() {
        int count = Integer.getInteger("evenkeel.fuzz", 100_000);
        Random random = new Random(SEED);
        int requests = 0;
        for (int i = 0; i < count; i++) {
            byte[] bytes = bytes(REQUEST);
            for (int times = random.nextInt(3); times > 0; times--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            try {
                Result expected = new HttpRequestHead().parse(bytes, bytes.length);
                HttpRequestHead cut = new HttpRequestHead();
                Result result = Result.MORE;
                int length = 0;
                while (result == Result.MORE && length < bytes.length) {
                    length = Math.min(bytes.length, length + 1 + random.nextInt(30));
                    result = cut.parse(bytes, length);
                }
                assertEquals(expected, result);
                requests += expected == Result.REQUEST ? 1 : 0;
            } catch (RuntimeException | AssertionError e) {
                fail("seed " + SEED + ", number " + i, e);
            }
        }
        assertTrue(requests > count / 10 && requests < count, requests + " were requests");
    }
}

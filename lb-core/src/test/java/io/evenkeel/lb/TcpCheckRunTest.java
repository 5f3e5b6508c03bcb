package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.TcpExpect.Match;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TcpCheckRunTest {
    private static TcpExpect expect(Match match, String wanted, int least) {
        return TcpExpect.builder(match, wanted).minReceivedBytes(least).build();
    }

    private static TcpCheckRun run(TcpCheck.Builder check) {
        return new TcpCheckRun(check.build(), Fixture.CHECK);
    }

    private static void hear(TcpCheckRun run, String bytes) {
        run.onBytes(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Connects, sends what is to be sent, and stops where an answer is awaited or all is over. */
    private static TcpCheckAction untilItListens(TcpCheckRun run) {
        TcpCheckAction action = run.next();
        while (action instanceof TcpCheckAction.Open || action instanceof TcpCheckAction.Send) {
            action = run.next();
        }
        return action;
    }

    /** The result, or "waits". */
    private static String outcome(TcpCheckAction action) {
        return action instanceof TcpCheckAction.Finish finish
                ? finish.result().toString()
                : "waits";
    }

    /** What becomes of one expectation after these bytes, and after the server has closed. */
    @ParameterizedTest(name = "{0} {1} min-recv {2} of {3}: {4}, {5}")
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            value = {
                "STRING       | +PONG     | -1 | +PONG!   | passes | passes",
                "STRING       | +PONG     | -1 | x+PONGx  | passes | passes",
                "STRING       | +PONG     | -1 | +PON     | waits  | fails",
                "STRING       | +PONG     | -1 | -ERR xxx | waits  | fails",
                "STRING       | +PONG     | 0  | -ERR xxx | fails  | fails",
                "STRING       | +PONG     | 0  | +PON     | waits  | fails",
                "STRING       | +PONG     | 9  | +PONG!   | waits  | passes",
                "BINARY       | ab        | -1 | xaby     | passes | passes",
                "REGEX        | ^2..      | -1 | 250 ok   | passes | passes",
                "REGEX        | ^2..      | -1 | 550 no   | waits  | fails",
                "REGEX        | ^2..      | 3  | 550 no   | fails  | fails",
                "REGEX        | ^2..      | 3  | 25       | waits  | fails",
                "BINARY_REGEX | ^2B50     | -1 | +PONG    | passes | passes",
                "BINARY_REGEX | ^2b50     | -1 | +PONG    | waits  | fails",
            })
    void anExpectationHoldsFailsOrWaits(
            Match match, String wanted, int least, String bytes, String now, String atTheEnd) {
        TcpExpect.Builder expect = TcpExpect.builder(match, wanted).minReceivedBytes(least);
        assertEquals(List.of(now, atTheEnd), ways(expect, bytes));
        // The negation fails where it passes and the other way round, and waits as long.
        List<String> negated = new ArrayList<>();
        for (String way : List.of(now, atTheEnd)) {
            negated.add(way.equals("passes") ? "fails" : way.equals("fails") ? "passes" : "waits");
        }
        assertEquals(negated, ways(expect.negated(true), bytes));
    }

    private static List<String> ways(TcpExpect.Builder expect, String bytes) {
        TcpCheckRun run = run(TcpCheck.builder().step(expect.build()));
        untilItListens(run);
        hear(run, bytes);
        String now = way(run);
        run.onClosed();
        return List.of(now, way(run));
    }

    private static String way(TcpCheckRun run) {
        String outcome = outcome(run.next());
        return outcome.equals("Layer7 check passed")
                ? "passes"
                : outcome.equals("waits") ? "waits" : "fails";
    }

    @Test
    void whatIsToBeDoneComesStepByStep() {
        TcpConnect second = TcpConnect.toPort(143);
        TcpCheckRun run =
                run(
                        TcpCheck.builder()
                                .step(TcpConnect.toPort(110))
                                .expect("+OK")
                                .send("QUIT\r\n")
                                .step(second)
                                .expect("* OK"));
        assertEquals(new TcpCheckAction.Open(TcpConnect.toPort(110)), run.next());
        assertEquals(TcpCheckAction.Receive.MORE, run.next());
        hear(run, "+OK POP3 ready\r\n");
        TcpCheckAction.Send send = assertInstanceOf(TcpCheckAction.Send.class, run.next());
        assertEquals("QUIT\r\n", new String(send.send().bytes(), StandardCharsets.US_ASCII));
        assertEquals(new TcpCheckAction.Open(second), run.next());
        hear(run, "* OK IMAP4 ready\r\n");
        assertEquals("Layer7 check passed", outcome(run.next()));
        assertEquals("Layer7 check passed", outcome(run.next()), "over is over");
    }

    @Test
    void theFirstConnectIsTheUsualOneIfNoneIsGiven() {
        TcpCheckRun run = run(TcpCheck.builder().send("x"));
        assertEquals(new TcpCheckAction.Open(TcpConnect.USUAL), run.next());
        assertInstanceOf(TcpCheckAction.Send.class, run.next());
        assertEquals("Layer7 check passed", outcome(run.next()));
    }

    @Test
    void connectsAloneSayNothingAboutWhatTheServerSpeaks() {
        assertEquals(
                "Layer4 check passed",
                outcome(untilItListens(run(TcpCheck.builder().step(TcpConnect.toPort(1))))));
        CheckConfig tls = CheckConfig.builder().tls(true).build();
        TcpCheck both =
                TcpCheck.builder().step(TcpConnect.toPort(1)).step(TcpConnect.USUAL).build();
        assertEquals("Layer6 check passed", outcome(untilItListens(new TcpCheckRun(both, tls))));
    }

    @Test
    void anAnswerInPiecesOfOneByteIsFound() {
        TcpCheckRun run =
                run(
                        TcpCheck.builder()
                                .send("PING\r\n")
                                .expect("+PONG")
                                .step(expect(Match.REGEX, "\\+PONG\r\n$", -1)));
        assertEquals(TcpCheckAction.Receive.MORE, untilItListens(run));
        String answer = "welcome\r\n+PONG\r\n";
        for (int i = 0; i < answer.length(); i++) {
            assertEquals(TcpCheckAction.Receive.MORE, run.next(), () -> "too early");
            hear(run, answer.substring(i, i + 1));
        }
        assertEquals("Layer7 check passed", outcome(run.next()));
    }

    @Test
    void howAnAnswerIsCutDoesNotMatter() {
        Random random = new Random(11);
        for (int i = 0; i < 300; i++) {
            StringBuilder answer = new StringBuilder();
            for (int n = random.nextInt(40); n > 0; n--) {
                answer.append("ab\n".charAt(random.nextInt(3)));
            }
            TcpCheck.Builder check =
                    random.nextBoolean()
                            ? TcpCheck.builder().expect("abba")
                            : TcpCheck.builder().step(expect(Match.REGEX, "^a+b$", -1));
            TcpCheckRun whole = run(check);
            untilItListens(whole);
            hear(whole, answer.toString());
            whole.onClosed();
            TcpCheckRun pieces = run(check);
            untilItListens(pieces);
            int at = 0;
            while (at < answer.length()) {
                int end = Math.min(answer.length(), at + 1 + random.nextInt(5));
                hear(pieces, answer.substring(at, end));
                at = end;
            }
            pieces.onClosed();
            assertEquals(outcome(whole.next()), outcome(pieces.next()), "seed 11, case " + i);
        }
    }

    @Test
    void aServerThatTalksForEverIsCutOff() {
        TcpCheckRun run = run(TcpCheck.builder().expect("never").maxReceivedBytes(1000));
        untilItListens(run);
        for (int i = 0; i < 9; i++) {
            hear(run, "x".repeat(100));
            assertEquals(TcpCheckAction.Receive.MORE, run.next());
        }
        hear(run, "x".repeat(5000));
        String outcome = outcome(run.next());
        assertTrue(outcome.startsWith("Layer7 invalid response, step 1 (expect"), outcome);
        assertTrue(outcome.endsWith("in the first 1000 bytes"), outcome);
    }

    @Test
    void whatWasReceivedBeforeASendIsForgotten() {
        TcpCheckRun run = run(TcpCheck.builder().expect("ready").send("x").expect("ready"));
        untilItListens(run);
        hear(run, "ready");
        assertEquals(TcpCheckAction.Receive.MORE, untilItListens(run));
        hear(run, "ready");
        assertEquals("Layer7 check passed", outcome(run.next()));
    }

    @Test
    void expectationsInARowLookAtTheSameBytesUntilAllHold() {
        TcpExpect noError =
                TcpExpect.builder(Match.STRING, "error").negated(true).minReceivedBytes(0).build();
        TcpCheckRun run = run(TcpCheck.builder().step(noError).expect("done"));
        untilItListens(run);
        hear(run, "working ");
        assertEquals(TcpCheckAction.Receive.MORE, run.next());
        hear(run, "error done");
        assertTrue(outcome(run.next()).contains("step 1 (expect ! string 'error')"));
    }

    @Test
    void aFailureNamesItsStepAndWhatPeopleSayAboutIt() {
        TcpCheck check =
                TcpCheck.builder()
                        .send("PING\r\n")
                        .step(
                                TcpExpect.builder(Match.STRING, "+PONG\r\n")
                                        .minReceivedBytes(1)
                                        .comment("is it there")
                                        .build())
                        .build();
        TcpCheckRun run = new TcpCheckRun(check, Fixture.CHECK);
        assertEquals(
                "Layer4 connection problem, connect: refused",
                run.failed(CheckStatus.L4CON, "refused").toString());
        untilItListens(run);
        assertEquals(
                "Layer7 timeout, step 2 (expect string '+PONG\\x0d\\x0a', is it there): the server"
                        + " said nothing",
                run.timedOut(CheckStatus.L4TOUT).toString());
        hear(run, "-NOAUTH\n");
        assertEquals(
                "Layer7 invalid response, step 2 (expect string '+PONG\\x0d\\x0a', is it there):"
                        + " the server said '-NOAUTH\\x0a'",
                outcome(run.next()));
        TcpCheckRun connecting = new TcpCheckRun(check, Fixture.CHECK);
        connecting.next();
        assertEquals(
                "Layer6 timeout, connect: no answer in time",
                connecting.timedOut(CheckStatus.L6TOUT).toString());
        TcpCheckRun closed = new TcpCheckRun(check, Fixture.CHECK);
        untilItListens(closed);
        closed.onClosed();
        assertTrue(
                outcome(closed.next())
                        .endsWith("the server said nothing and closed the connection"));
    }

    @Test
    void aStepMaySayHowTheCheckEnds() {
        TcpExpect.Builder expect =
                TcpExpect.builder(Match.STRING, "ok")
                        .minReceivedBytes(0)
                        .okStatus(CheckStatus.L7OKC)
                        .errorStatus(CheckStatus.L4CON)
                        .timeoutStatus(CheckStatus.L6TOUT);
        TcpCheck check = TcpCheck.builder().step(expect.build()).build();
        TcpCheckRun run = new TcpCheckRun(check, Fixture.CHECK);
        untilItListens(run);
        assertEquals(CheckStatus.L6TOUT, run.timedOut(CheckStatus.L4TOUT).status());
        hear(run, "ok");
        assertEquals("Layer7 check conditionally passed", outcome(run.next()));
        TcpCheckRun fails = new TcpCheckRun(check, Fixture.CHECK);
        untilItListens(fails);
        hear(fails, "no");
        assertTrue(outcome(fails.next()).startsWith("Layer4 connection problem, step 1"));
    }

    /** One takes exponentially long, the other as many stack frames as there are characters. */
    @ParameterizedTest
    @CsvSource({"(x+x+)+y", "(x|z)*y"})
    void anExpressionThatTakesTooLongIsGivenUp(String regex) {
        TcpCheckRun run = run(TcpCheck.builder().step(expect(Match.REGEX, regex, 0)));
        untilItListens(run);
        hear(run, "x".repeat(16_384));
        String outcome = outcome(run.next());
        assertTrue(outcome.contains("the expression takes too many steps"), outcome);
    }
}

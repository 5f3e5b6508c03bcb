package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results (+ passed, - failed) and the verdict that is told after each (U up, D down, . none). */
class ScriptVerdictTest {
    @ParameterizedTest(name = "rise {0}, fall {1}, initially failed {2}: {3}")
    @CsvSource({
        // Nothing known: the first result is told in any case and is enough, whatever rise and fall
        // say.
        "1, 1, false, +-+-,   UDUD",
        "2, 3, false, -,      D",
        "2, 3, false, -+-++,  D...U",
        // Once up, it takes fall failures in a row.
        "2, 3, false, +--+--, U.....",
        "2, 3, false, +---,   U..D",
        // Told as failed before the first run: it takes rise successes in a row.
        "1, 1, true,  -+,     .U",
        "3, 1, true,  ++-+++, .....U",
        "3, 2, true,  +++-+,  ..U..",
    })
    void theVerdictFollowsRiseAndFall(
            int rise, int fall, boolean initiallyFailed, String results, String verdicts) {
        ScriptVerdict verdict = new ScriptVerdict(rise, fall, initiallyFailed);
        StringBuilder told = new StringBuilder();
        for (char result : results.toCharArray()) {
            boolean isTold = verdict.onResult(result == '+');
            told.append(!isTold ? '.' : verdict.isUp() ? 'U' : 'D');
        }
        assertEquals(verdicts, told.toString());
    }
}

package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results (+ passed, - failed) and the verdict after each (U up, D down). */
class ScriptVerdictTest {
    @ParameterizedTest(name = "rise {0}, fall {1}, initially failed {2}: {3}")
    @CsvSource({
        // Assumed up: the first failure is enough, whatever fall says.
        "1, 1, false, +-+-,   UDUD",
        "2, 3, false, -,      D",
        "2, 3, false, -+-++,  DDDDU",
        // Once up by its own runs, it takes fall failures in a row.
        "2, 3, false, +--+--, UUUUUU",
        "2, 3, false, +---,   UUUD",
        // Assumed failed: it takes rise successes in a row.
        "1, 1, true,  +,      U",
        "3, 1, true,  ++-+++, DDDDDU",
        "3, 2, true,  +++-+,  DDUUU",
    })
    void theVerdictFollowsRiseAndFall(
            int rise, int fall, boolean initiallyFailed, String results, String verdicts) {
        ScriptVerdict verdict = new ScriptVerdict(rise, fall, initiallyFailed);
        StringBuilder seen = new StringBuilder();
        for (char result : results.toCharArray()) {
            boolean before = verdict.isUp();
            boolean changed = verdict.onResult(result == '+');
            assertEquals(before != verdict.isUp(), changed);
            seen.append(verdict.isUp() ? 'U' : 'D');
        }
        assertEquals(verdicts, seen.toString());
    }
}

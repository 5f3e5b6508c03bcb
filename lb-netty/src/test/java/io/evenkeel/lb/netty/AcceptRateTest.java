package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptRateTest {
    private static final long SECOND = 1_000_000_000L;

    /** When connections are accepted of which there are always more. */
    private static List<Long> flood(AcceptRate rate, long from, long until) {
        List<Long> accepted = new ArrayList<>();
        long now = from;
        while (now < until) {
            long wait = rate.take(now);
            if (wait == 0) {
                accepted.add(now);
            }
            now += wait;
        }
        return accepted;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 1000, 100_000})
    void aFloodIsSpreadOverTheSecond(int perSecond) {
        // The clock of the JVM may begin below 0.
        long start = -3 * SECOND / 2;
        List<Long> accepted = flood(new AcceptRate(perSecond, start), start, start + 3 * SECOND);
        assertEquals(3.0 * perSecond, accepted.size(), 1 + perSecond / 5.0);
        int first = 0;
        for (int last = 0; last < accepted.size(); last++) {
            while (accepted.get(last) - accepted.get(first) >= SECOND) {
                first++;
            }
            assertTrue(last - first + 1 <= 1 + 1.1 * perSecond, "in the second to " + last);
        }
    }

    @Test
    void whatWasNotNeededIsThereForTheNext() {
        AcceptRate rate = new AcceptRate(5, 0);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, rate.take(0));
            rate.giveBack();
        }
        assertEquals(0, rate.take(0));
        assertEquals(SECOND / 5, rate.take(0));
    }

    @Test
    void aQuietTimeIsNotMadeUpFor() {
        AcceptRate rate = new AcceptRate(100, 0);
        assertEquals(10, flood(rate, 60 * SECOND, 60 * SECOND + 1).size());
    }
}

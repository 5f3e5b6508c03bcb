package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rates over two periods: what the present one has, and of the one before what is not over. */
class SlidingRateTest {
    private static final long PERIOD = 10_000;

    /** 100 events at 0 and 40 at 10,000, which is the period after. */
    @ParameterizedTest
    @CsvSource({
        "0, 100",
        "9999, 100",
        "10000, 140",
        "12500, 115",
        "15000, 90",
        "17500, 65",
        "19999, 40",
        "20000, 40",
        "25000, 20",
        "29999, 0",
        "30000, 0",
        "99999, 0"
    })
    void thePeriodBeforeFades(long at, long rate) {
        for (long start : new long[] {0, Long.MAX_VALUE - 15_000, -5}) {
            long[] data = new long[SlidingRate.LENGTH];
            SlidingRate.add(data, 0, PERIOD, 100, start);
            if (at >= PERIOD) {
                SlidingRate.add(data, 0, PERIOD, 40, start + PERIOD);
            }
            assertEquals(rate, SlidingRate.perPeriod(data, 0, PERIOD, start + at));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "9999, 1", "10000, 1", "19999, 1", "20000, 0"})
    void aSingleEventIsNotRoundedAway(long at, long rate) {
        long[] data = new long[SlidingRate.LENGTH];
        SlidingRate.add(data, 0, PERIOD, 1, 0);
        assertEquals(rate, SlidingRate.perPeriod(data, 0, PERIOD, at));
    }

    @Test
    void nothingIsNothing() {
        long[] data = new long[SlidingRate.LENGTH];
        SlidingRate.add(data, 0, PERIOD, 0, 5);
        assertEquals(0, SlidingRate.perPeriod(data, 0, PERIOD, 5));
    }

    @Test
    void aClockThatIsReadTooEarlyDoesNoHarm() {
        long[] data = new long[SlidingRate.LENGTH];
        SlidingRate.add(data, 0, PERIOD, 5, 100);
        SlidingRate.add(data, 0, PERIOD, 5, 90);
        assertEquals(10, SlidingRate.perPeriod(data, 0, PERIOD, 80));
    }

    /** However often it is taken over, and in whatever of its periods. */
    @Test
    void whoTakesARateOverCountsOnAsIfItHadCountedItself() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            long[] alone = new long[SlidingRate.LENGTH];
            long[] taken = new long[SlidingRate.LENGTH];
            long now = random.nextLong();
            for (int i = 0; i < 200; i++) {
                now += random.nextInt((int) PERIOD / (1 + random.nextInt(20)));
                long count = random.nextInt(3);
                SlidingRate.add(alone, 0, PERIOD, count, now);
                SlidingRate.add(taken, 0, PERIOD, count, now);
                long[] next = new long[SlidingRate.LENGTH];
                SlidingRate.set(next, 0, SlidingRate.get(taken, 0, PERIOD, now), now);
                taken = next;
                now += random.nextInt(100);
                assertEquals(
                        SlidingRate.perPeriod(alone, 0, PERIOD, now),
                        SlidingRate.perPeriod(taken, 0, PERIOD, now),
                        "seed " + seed + ", round " + i);
            }
        }
    }

    @Test
    void bytesOfDaysDoNotOverflow() {
        long[] data = new long[SlidingRate.LENGTH];
        long days = 20L * 86_400 * 1_000_000_000;
        SlidingRate.add(data, 0, days, 1L << 50, 0);
        SlidingRate.add(data, 0, days, 0, days);
        assertEquals(1L << 49, SlidingRate.perPeriod(data, 0, days, days + days / 2), 1L << 10);
    }

    @Test
    void steadyEventsHaveTheirRateAndNoRateIsFarFromTheTruth() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            long[] data = new long[SlidingRate.LENGTH];
            Deque<Long> events = new ArrayDeque<>();
            long start = random.nextLong();
            long now = start;
            int mean = 1 + random.nextInt(200);
            long measured = 0;
            long rounds = 0;
            while (now - start < 40 * PERIOD) {
                now += 1 + random.nextInt(2 * mean);
                SlidingRate.add(data, 0, PERIOD, 1, now);
                events.addLast(now);
                while (now - events.getFirst() >= 2 * PERIOD) {
                    events.removeFirst();
                }
                long rate = SlidingRate.perPeriod(data, 0, PERIOD, now);
                assertTrue(rate <= events.size(), "seed " + seed + ": more than there were");
                if (now - start > 2 * PERIOD) {
                    measured += rate;
                    rounds++;
                }
            }
            double expected = PERIOD / (mean + 0.5);
            assertEquals(expected, (double) measured / rounds, 0.1 * expected + 1, "seed " + seed);
        }
    }
}

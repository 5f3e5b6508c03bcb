package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.many;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Latencies decide. */
class PeakEwmaTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    @Test
    void aPeakCountsAtOnceAndFadesByHalfInAHalfLife() {
        LatencyAverage average = new LatencyAverage(10 * SECOND);
        assertEquals(0, average.nanos(0), "nothing is known");
        average.observe(10 * MILLI, 100 * SECOND);
        average.observe(80 * MILLI, 101 * SECOND);
        assertEquals(80 * MILLI, average.nanos(101 * SECOND), MILLI);
        assertEquals(40 * MILLI, average.nanos(111 * SECOND), MILLI);
        assertEquals(10 * MILLI, average.nanos(131 * SECOND), MILLI);
    }

    @Test
    void betterTimesBringItDownSlowly() {
        LatencyAverage average = new LatencyAverage(10 * SECOND);
        average.observe(80 * MILLI, 0);
        average.observe(20 * MILLI, 10 * SECOND);
        assertEquals(50 * MILLI, average.nanos(10 * SECOND), MILLI);
        average.observe(60 * MILLI, 10 * SECOND);
        assertEquals(60 * MILLI, average.nanos(10 * SECOND), MILLI, "a peak counts at once");
    }

    @Test
    void timesBeforeAndAroundTheEndOfTheClockDoNoHarm() {
        LatencyAverage average = new LatencyAverage(10 * SECOND);
        long wrap = (1L << 31) << 20;
        average.observe(80 * MILLI, wrap - SECOND);
        assertEquals(40 * MILLI, average.nanos(wrap + 9 * SECOND), MILLI);
        assertEquals(80 * MILLI, average.nanos(wrap - 2 * SECOND), MILLI, "an earlier time");
        average.observe(-5, wrap + SECOND);
        assertTrue(average.nanos(wrap + SECOND) > 0);
    }

    @Test
    void aServerThatNobodyKnowsGetsOneConnectionUntilItAnswers() {
        Backend backend = many(Balance.peakEwma(Duration.ofSeconds(10)), 2);
        Server known = backend.servers().get(0);
        Server unknown = backend.servers().get(1);
        known.observeLatency(10 * MILLI, SECOND);
        for (int i = 0; i < 10; i++) {
            assertNotNull(backend.pick(PickRequest.ofKey(0), SECOND));
        }
        assertEquals(1, unknown.inFlight());
        assertEquals(9, known.inFlight());
    }

    @Test
    void aSlowServerIsTriedAgainWhenThreeHalfLivesHavePassed() {
        Backend backend = many(Balance.peakEwma(Duration.ofSeconds(10)), 2);
        Server fast = backend.servers().get(0);
        Server slow = backend.servers().get(1);
        fast.observeLatency(10 * MILLI, SECOND);
        slow.observeLatency(75 * MILLI, SECOND);
        assertEquals(fast, one(backend, SECOND));
        // The one that is in use goes on answering, the other one is not heard of.
        long later = 31 * SECOND;
        for (long now = SECOND; now <= later; now += SECOND / 10) {
            fast.observeLatency(10 * MILLI, now);
        }
        assertEquals(slow, one(backend, later));
    }

    private static Server one(Backend backend, long now) {
        try (Lease lease = backend.pick(PickRequest.ofKey(0), now)) {
            return lease.server();
        }
    }

    @Test
    void halvingIsRightToFourDigits() {
        for (double power = 0; power < 40; power += 0.001) {
            double exact = Math.pow(0.5, power);
            assertEquals(exact, LatencyAverage.half(power), 5e-5 * exact, "power " + power);
        }
        assertEquals(0, LatencyAverage.half(1e9));
        assertTrue(LatencyAverage.half(999) > 0);
    }
}

package io.evenkeel.benchmarks.queueing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What the balances are for, in virtual time. */
class SimulationTest {
    private static final Site ONE_SLOW = new Site(10, 4, 10, 10, 0.6);
    private static final int REQUESTS = 20_000;

    @Test
    void aServerTenTimesAsSlowGetsLittleAndTheTailIsShort() {
        Simulation ewma = new Simulation(ONE_SLOW, Policy.PEAK_EWMA, REQUESTS, 1);
        long tail = Percentile.of(ewma.run(), 99.9);
        long other = tail(Policy.POWER_OF_TWO);
        assertTrue(ewma.slowShare() < 0.05, "share " + ewma.slowShare());
        assertTrue(tail < other, tail + " against " + other);
        assertTrue(other < tail(Policy.ROUND_ROBIN));
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        assertArrayEquals(
                new Simulation(ONE_SLOW, Policy.RANDOM, REQUESTS, 7).run(),
                new Simulation(ONE_SLOW, Policy.RANDOM, REQUESTS, 7).run());
    }

    private static long tail(Policy policy) {
        return Percentile.of(new Simulation(ONE_SLOW, policy, REQUESTS, 1).run(), 99.9);
    }
}

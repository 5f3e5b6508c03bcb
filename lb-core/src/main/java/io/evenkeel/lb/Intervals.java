package io.evenkeel.lb;

import java.util.random.RandomGenerator;

/** Times between checks. */
final class Intervals {
    private Intervals() {}

    /** The interval, longer or shorter by up to so many percent. */
    static long varied(long intervalNanos, int spreadPercent, RandomGenerator random) {
        if (spreadPercent == 0) {
            return intervalNanos;
        }
        double share = (2 * random.nextDouble() - 1) * spreadPercent / 100;
        return intervalNanos + (long) (intervalNanos * share);
    }
}

package io.evenkeel.benchmarks.queueing;

/** Percentiles of what is sorted. */
final class Percentile {
    private Percentile() {}

    /** The smallest value that at least {@code percent} of all do not exceed. */
    static long of(long[] ascending, double percent) {
        int index = (int) Math.ceil(percent / 100 * ascending.length) - 1;
        return ascending[Math.max(0, index)];
    }
}

package io.evenkeel.benchmarks.failover;

import java.util.Arrays;
import java.util.List;

/**
 * Everything that was measured of one quantity. Percentiles are values that occurred (nearest rank), since a few hundred samples
 * need no histogram: the p99 of 50 is the largest.
 */
final class Samples {
    private final double[] sorted;
    private final int misses;

    /**
     * @param values in any order
     * @param misses how often what was waited for did not come; each counts as a value above all others
     */
    Samples(List<Double> values, int misses) {
        sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        this.misses = misses;
    }

    static Samples of(double... values) {
        return new Samples(Arrays.stream(values).boxed().toList(), 0);
    }

    int count() {
        return sorted.length + misses;
    }

    int misses() {
        return misses;
    }

    /**
     * The smallest value that at least {@code percent} of all do not exceed.
     *
     * @param percent above 0, at most 100
     * @return infinity where it is one that did not come, NaN of no samples
     */
    double percentile(double percent) {
        if (count() == 0) {
            return Double.NaN;
        }
        int rank = Math.max(1, (int) Math.ceil(percent / 100 * count() - 1e-9));
        return rank > sorted.length ? Double.POSITIVE_INFINITY : sorted[rank - 1];
    }

    double max() {
        return percentile(100);
    }
}

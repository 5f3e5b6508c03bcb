package io.evenkeel.benchmarks.sidebyside;

import java.util.Collection;
import java.util.Locale;

/** The median of some values, with the lowest and the highest; NaN of none. */
record Spread(double median, double lowest, double highest) {
    static Spread of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int count = sorted.length;
        if (count == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        double median =
                count % 2 == 1
                        ? sorted[count / 2]
                        : (sorted[count / 2 - 1] + sorted[count / 2]) / 2;
        return new Spread(median, sorted[0], sorted[count - 1]);
    }

    /** Of the inverse values. */
    Spread inverse() {
        return new Spread(1 / median, 1 / highest, 1 / lowest);
    }

    boolean isEmpty() {
        return Double.isNaN(median);
    }

    /** As ratios are shown: {@code 1.05 (0.98 to 1.12)}. */
    String text() {
        return isEmpty()
                ? "-"
                : String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, lowest, highest);
    }
}

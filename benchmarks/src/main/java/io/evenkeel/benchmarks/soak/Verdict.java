package io.evenkeel.benchmarks.soak;

import java.util.Arrays;
import java.util.List;

/**
 * Whether a quantity stayed flat.
 *
 * @param second its median in the second quarter of the time
 * @param last its median in the last quarter
 * @param most the most that it ever was; NaN if it was not to be seen
 * @param samples how many there are in the lesser of the two quarters
 */
record Verdict(Quantity quantity, double second, double last, double most, int samples) {
    private static final int FEWEST = 3;

    static Verdict of(Quantity quantity, List<Sample> samples) {
        double end = samples.isEmpty() ? 0 : samples.get(samples.size() - 1).seconds();
        double[] second = between(quantity, samples, end / 4, end / 2);
        double[] last = between(quantity, samples, end * 3 / 4, end);
        double[] all = between(quantity, samples, 0, end);
        return new Verdict(
                quantity,
                median(second),
                median(last),
                all.length == 0 ? Double.NaN : all[all.length - 1],
                Math.min(second.length, last.length));
    }

    /** Whether there is enough to say so or otherwise. */
    boolean isKnown() {
        return samples >= FEWEST;
    }

    boolean isFlat() {
        return last <= quantity.bound(second);
    }

    @Override
    public String toString() {
        if (Double.isNaN(most)) {
            return "not seen";
        }
        return !isKnown() ? "too short" : isFlat() ? "flat" : "GROWS";
    }

    private static double[] between(
            Quantity quantity, List<Sample> samples, double from, double to) {
        return samples.stream()
                .filter(sample -> sample.seconds() >= from && sample.seconds() <= to)
                .mapToDouble(quantity::of)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
    }

    private static double median(double[] ascending) {
        return ascending.length == 0
                ? Double.NaN
                : Arrays.stream(ascending, (ascending.length - 1) / 2, ascending.length / 2 + 1)
                        .average()
                        .orElseThrow();
    }
}

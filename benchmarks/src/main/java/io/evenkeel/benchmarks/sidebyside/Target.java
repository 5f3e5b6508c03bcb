package io.evenkeel.benchmarks.sidebyside;

import java.util.Locale;

/**
 * What Evenkeel is to reach in a row.
 *
 * @param limit the least or the most, by what is better
 * @param ofRatio whether it is the ratio to the reference that counts, or else the value
 */
record Target(double limit, boolean ofRatio) {
    static Target ratio(double limit) {
        return new Target(limit, true);
    }

    static Target value(double limit) {
        return new Target(limit, false);
    }

    /** Such as {@code at least 1.20, reached}. */
    String verdict(Comparison comparison) {
        boolean more = comparison.row().isMoreBetter();
        Spread spread = ofRatio ? comparison.ratios() : comparison.values();
        String text =
                String.format(
                        Locale.ROOT,
                        "%s%s %.2f",
                        ofRatio ? "" : "the value ",
                        more ? "at least" : "at most",
                        limit);
        if (spread.isEmpty()) {
            return text;
        }
        boolean reached = more ? spread.median() >= limit : spread.median() <= limit;
        return text + (reached ? ", reached" : ", **missed**");
    }
}

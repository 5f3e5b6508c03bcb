package io.evenkeel.benchmarks.failover;

import java.util.Locale;

/** What a figure counts. */
enum Unit {
    MILLIS("ms", 1),
    SECONDS("s", 2),
    PERCENT_OF_A_CORE("% of a core", 2),
    COUNT("", 0);

    private final String text;
    private final int decimals;

    Unit(String text, int decimals) {
        this.text = text;
        this.decimals = decimals;
    }

    /** A figure without its unit, which its row names; "never" of what did not come. */
    String format(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        return Double.isInfinite(value)
                ? "never"
                : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    @Override
    public String toString() {
        return text;
    }
}

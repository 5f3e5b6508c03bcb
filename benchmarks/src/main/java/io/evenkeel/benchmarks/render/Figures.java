package io.evenkeel.benchmarks.render;

import java.util.Locale;

/** Figures as people read them. */
final class Figures {
    private static final String[] TIMES = {"ns", "µs", "ms", "s"};
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB"};

    private Figures() {}

    /** {@code 32 ± 3 ns}; without the second if it is NaN. */
    static String time(double nanos, double errorNanos) {
        int unit = 0;
        double divisor = 1;
        while (nanos / divisor >= 999.5 && unit < TIMES.length - 1) {
            divisor *= 1000;
            unit++;
        }
        String format = nanos / divisor < 9.95 ? "%.1f" : "%.0f";
        String text = String.format(Locale.ROOT, format, nanos / divisor);
        if (!Double.isNaN(errorNanos)) {
            text += " ± " + String.format(Locale.ROOT, format, errorNanos / divisor);
        }
        return text + " " + TIMES[unit];
    }

    /** {@code 96 B}, {@code 1.2 MiB}; a question mark if it is NaN. */
    static String bytes(double bytes) {
        if (Double.isNaN(bytes)) {
            return "?";
        }
        int unit = 0;
        double divisor = 1;
        while (bytes / divisor >= 10_000 || unit > 0 && bytes / divisor >= 1024) {
            divisor *= 1024;
            unit++;
        }
        String format = unit > 0 && bytes / divisor < 9.95 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format + " %s", bytes / divisor, SIZES[unit]);
    }
}

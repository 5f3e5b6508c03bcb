package io.evenkeel.lb.haproxy;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** HAProxy's times: a whole number and a unit, {@code us ms s m h d}; milliseconds without one. */
final class Times {
    private static final int MOST_DIGITS = 18;
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private Times() {}

    /**
     * The time of {@code word}, or null after {@code words} has been told what is wrong with it.
     *
     * @param zeroAllowed whether 0 has a meaning, which then is "no limit"
     */
    static @Nullable Duration parse(Words words, String of, String word, boolean zeroAllowed) {
        int digits = 0;
        while (digits < word.length() && word.charAt(digits) >= '0' && word.charAt(digits) <= '9') {
            digits++;
        }
        String unit = word.substring(digits);
        long nanosOfUnit =
                switch (unit) {
                    case "us" -> 1_000L;
                    case "", "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    case "d" -> 86_400_000_000_000L;
                    default -> 0L;
                };
        if (digits == 0 || nanosOfUnit == 0) {
            String what = word.matches("-[0-9]+(us|ms|[smhd])?") ? " is negative" : " is no time";
            words.refuse(
                    of
                            + " "
                            + Report.quote(word)
                            + what
                            + "; write a whole number with us, ms, s, m, h or d, such as 5s");
            return null;
        }
        long number =
                digits > MOST_DIGITS ? Long.MAX_VALUE : Long.parseLong(word.substring(0, digits));
        if (number > LONGEST.toNanos() / nanosOfUnit) {
            words.refuse(
                    of
                            + " "
                            + Report.quote(word)
                            + " is too long; the longest time is 2147483647 ms, about 24.8 days");
            return null;
        }
        if (number == 0 && !zeroAllowed) {
            words.refuse(of + " is 0, but must be above 0");
            return null;
        }
        return Duration.ofNanos(number * nanosOfUnit);
    }

    /** Whether that time limits nothing. */
    static boolean isNone(@Nullable Duration timeout) {
        return timeout == null || timeout.isZero();
    }

    /** That time, or 0, "no limit", if none is given. */
    static Duration orNone(@Nullable Duration timeout) {
        return timeout == null ? Duration.ZERO : timeout;
    }
}

package io.evenkeel.examples.log;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** A time as ISO 8601 has it, to the millisecond: {@code 2026-03-01T09:05:07.042+01:00}. */
final class LogTime {
    private LogTime() {}

    /**
     * @param millis since 1970
     * @param offsetMillis how far the clocks of the place are before UTC
     */
    static void append(StringBuilder to, long millis, int offsetMillis) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds(offsetMillis / 60_000 * 60);
        LocalDateTime time =
                LocalDateTime.ofEpochSecond(
                        Math.floorDiv(millis, 1000L),
                        (int) Math.floorMod(millis, 1000L) * 1_000_000,
                        offset);
        digits(to, time.getYear(), 1000);
        digits(to.append('-'), time.getMonthValue(), 10);
        digits(to.append('-'), time.getDayOfMonth(), 10);
        digits(to.append('T'), time.getHour(), 10);
        digits(to.append(':'), time.getMinute(), 10);
        digits(to.append(':'), time.getSecond(), 10);
        digits(to.append('.'), time.getNano() / 1_000_000, 100);
        to.append(offset.getId());
    }

    /** @param highest 1, 10, 100... of the first digit, so that zeros are written before a small value */
    private static void digits(StringBuilder to, int value, int highest) {
        for (int place = highest; place > 0; place /= 10) {
            to.append((char) ('0' + value / place % 10));
        }
    }
}

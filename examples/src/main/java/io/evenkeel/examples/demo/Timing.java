package io.evenkeel.examples.demo;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The demo's intervals and what follows from them by the protocol; all in nanoseconds. */
final class Timing {
    static final long ADVERTISEMENT_INTERVAL = TimeUnit.MILLISECONDS.toNanos(100);
    static final int FIRST_PRIORITY = 100;
    static final int SECOND_PRIORITY = 90;

    static final long CHECK_INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);
    static final int CHECK_RISE = 2;
    static final int CHECK_FALL = 3;

    static final long CLIENT_PACE = TimeUnit.MILLISECONDS.toNanos(5);
    static final long CLIENT_TIMEOUT = TimeUnit.MILLISECONDS.toNanos(500);

    /** What the protocol cannot know: scheduling, opening the listener, the client's own pace. */
    static final long ALLOWANCE = TimeUnit.MILLISECONDS.toNanos(150);

    private Timing() {}

    /** Skew_Time, RFC 9568 section 6.1. */
    static long skew(int priority) {
        return (256 - priority) * ADVERTISEMENT_INTERVAL / 256;
    }

    /** Active_Down_Interval, RFC 9568 section 6.1: how long a Backup waits for a silent Active. */
    static long activeDown(int priority) {
        return 3 * ADVERTISEMENT_INTERVAL + skew(priority);
    }

    /** For people: whole milliseconds, seconds from ten of them. */
    static String show(long nanos) {
        long millis = Math.round(nanos / 1e6);
        return millis < 10_000
                ? millis + " ms"
                : String.format(Locale.ROOT, "%.1f s", millis / 1e3);
    }
}

package io.evenkeel.lb;

/**
 * How often something happens in a period, as HAProxy measures it: what the present period has counted, and of the period before the
 * part that is not over. It is three numbers of an array: the start of the present period, its count, and the count before.
 */
final class SlidingRate {
    /** How many numbers it takes. */
    static final int LENGTH = 3;

    private static final int START = 0;
    private static final int CURRENT = 1;
    private static final int PREVIOUS = 2;

    private SlidingRate() {}

    static void add(long[] data, int at, long periodNanos, long count, long nowNanos) {
        if (count == 0) {
            return;
        }
        long elapsed = nowNanos - data[at + START];
        if (data[at + CURRENT] == 0 && (data[at + PREVIOUS] == 0 || elapsed >= periodNanos)
                || elapsed >= 2 * periodNanos) {
            data[at + START] = nowNanos;
            data[at + CURRENT] = 0;
            data[at + PREVIOUS] = 0;
        } else if (elapsed >= periodNanos) {
            data[at + START] += periodNanos;
            data[at + PREVIOUS] = data[at + CURRENT];
            data[at + CURRENT] = 0;
        }
        data[at + CURRENT] += count;
    }

    static void set(long[] data, int at, StickRate rate, long nowNanos) {
        data[at + START] = nowNanos - rate.elapsedNanos();
        data[at + CURRENT] = rate.current();
        data[at + PREVIOUS] = rate.previous();
    }

    static StickRate get(long[] data, int at, long periodNanos, long nowNanos) {
        long elapsed = elapsed(data, at, nowNanos);
        if (elapsed >= 2 * periodNanos) {
            return StickRate.NONE;
        }
        return elapsed >= periodNanos
                ? new StickRate(elapsed - periodNanos, 0, data[at + CURRENT])
                : new StickRate(elapsed, data[at + CURRENT], data[at + PREVIOUS]);
    }

    static long perPeriod(long[] data, int at, long periodNanos, long nowNanos) {
        long elapsed = elapsed(data, at, nowNanos);
        if (elapsed >= 2 * periodNanos) {
            return 0;
        }
        boolean over = elapsed >= periodNanos;
        long current = over ? 0 : data[at + CURRENT];
        long previous = over ? data[at + CURRENT] : data[at + PREVIOUS];
        long remaining = (over ? 2 * periodNanos : periodNanos) - elapsed;
        if (current == 0 && previous <= 1) {
            // A single event counts until its period is over, and not as a fraction that is rounded
            // to nothing at once.
            return previous;
        }
        return current + share(previous, remaining, periodNanos);
    }

    /** Another thread may have read its clock later and been here earlier. */
    private static long elapsed(long[] data, int at, long nowNanos) {
        return Math.max(0, nowNanos - data[at + START]);
    }

    private static long share(long count, long part, long whole) {
        long product = count * part;
        return Math.multiplyHigh(count, part) == 0 && product >= 0
                ? product / whole
                : (long) ((double) count / whole * part);
    }
}

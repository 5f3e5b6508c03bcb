package io.evenkeel.vrrp;

/**
 * Makes the sequence numbers of signed advertisements: the wall clock in seconds (32 bits), the
 * fraction of a second (16 bits) and a counter (16 bits). They always grow, also when the clock is set
 * back or stands still, and nothing has to be kept over a restart, because the clock has moved on by
 * then.
 */
final class SequenceClock {

    private static final long SECOND = 1_000_000_000L;

    private final long windowSeconds;
    private long last;
    private boolean started;

    /**
     * @param windowSeconds how far the numbers may run ahead of the clock before they follow it back,
     *     since a receiver would drop them
     */
    SequenceClock(long windowSeconds) {
        this.windowSeconds = windowSeconds;
    }

    long next(long wallNanos) {
        long now = sequence(wallNanos);
        boolean stranded = secondsApart(last, wallNanos) > windowSeconds;
        last = !started || stranded || isAfter(now, last) ? now : last + 1;
        started = true;
        return last;
    }

    static long sequence(long wallNanos) {
        long seconds = Math.floorDiv(wallNanos, SECOND);
        long fraction = (Math.floorMod(wallNanos, SECOND) << 16) / SECOND;
        return seconds << 32 | fraction << 16;
    }

    /** Serial number arithmetic (RFC 1982), which holds when the seconds wrap. */
    static boolean isAfter(long sequence, long other) {
        return sequence - other > 0;
    }

    /** By how many seconds a number differs from the clock. */
    static long secondsApart(long sequence, long wallNanos) {
        int seconds = (int) Math.floorDiv(wallNanos, SECOND);
        return Math.abs((long) (seconds - (int) (sequence >>> 32)));
    }
}

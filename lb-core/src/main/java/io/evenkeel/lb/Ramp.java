package io.evenkeel.lb;

/**
 * How far a server has come since it returned: HAProxy's {@code slowstart}. The weight grows in sixteenths and starts with the first
 * of them; the limit grows with the time. Changed under its backend's monitor, read by any thread.
 */
final class Ramp {
    /** All of the weight. */
    static final int FULL = 16;

    private volatile int sixteenths = FULL;
    private volatile int percent = 100;
    private long startNanos;
    private long durationNanos;

    /** Begins; or is over at once if the duration is 0. */
    void start(long nowNanos, long durationNanos) {
        startNanos = nowNanos;
        this.durationNanos = durationNanos;
        if (durationNanos == 0) {
            stop();
        } else {
            sixteenths = 1;
            percent = 0;
        }
    }

    /** Over. */
    void stop() {
        sixteenths = FULL;
        percent = 100;
    }

    boolean isOver() {
        return sixteenths == FULL;
    }

    /** Whether that changed anything. */
    boolean advance(long nowNanos) {
        int before = sixteenths;
        if (before == FULL) {
            return false;
        }
        double part = (double) (nowNanos - startNanos) / durationNanos;
        percent = (int) Math.min(100, Math.max(0, part * 100));
        sixteenths =
                part >= 1 ? FULL : Math.max(before, Math.min(FULL - 1, 1 + (int) (part * FULL)));
        return sixteenths != before;
    }

    /** When the next sixteenth is due; there must be one. */
    long nextNanos() {
        int next = sixteenths >= FULL - 1 ? FULL : sixteenths;
        return startNanos + (long) Math.ceil((double) durationNanos * next / FULL);
    }

    /** 1 to {@link #FULL}. */
    int sixteenths() {
        return sixteenths;
    }

    /** Of a limit of connections, never none of them. */
    int of(int limit) {
        int part = percent;
        return part == 100 ? limit : (int) Math.max(1, (long) limit * part / 100);
    }
}

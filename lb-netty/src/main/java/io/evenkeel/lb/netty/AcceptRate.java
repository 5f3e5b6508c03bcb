package io.evenkeel.lb.netty;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many connections are accepted per second: spread over it, and a tenth of them at once when there were few before. Safe for any
 * thread.
 */
final class AcceptRate {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int AT_ONCE = 10;

    private final long intervalNanos;
    private final long aheadNanos;
    private final AtomicLong nextNanos;

    /**
     * A rate.
     *
     * @param perSecond 1 or more
     */
    AcceptRate(int perSecond, long nowNanos) {
        intervalNanos = SECOND_NANOS / perSecond;
        aheadNanos = intervalNanos * Math.max(0, perSecond / AT_ONCE - 1);
        nextNanos = new AtomicLong(nowNanos);
    }

    /** From now on; null for 0, which is no limit. */
    static @Nullable AcceptRate of(int perSecond) {
        return perSecond == 0 ? null : new AcceptRate(perSecond, System.nanoTime());
    }

    /** Takes one; 0 if it was there, otherwise in how many ns to ask again. */
    long take(long nowNanos) {
        while (true) {
            long next = nextNanos.get();
            long wait = next - nowNanos - aheadNanos;
            if (wait > 0) {
                return wait;
            }
            long from = next - nowNanos > 0 ? next : nowNanos;
            if (nextNanos.compareAndSet(next, from + intervalNanos)) {
                return 0;
            }
        }
    }

    /** What was taken is not needed. */
    void giveBack() {
        nextNanos.addAndGet(-intervalNanos);
    }
}

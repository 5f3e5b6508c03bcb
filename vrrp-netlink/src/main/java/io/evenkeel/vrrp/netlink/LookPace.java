package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouter;

/**
 * When the host is looked at. Usually at once when something changed; but where changes come faster than they can be looked at, as
 * when a program adds thousands of addresses, the looking takes a tenth of the VRRP thread's time at most.
 */
final class LookPace {
    /** The share of the time: the pause is this many times as long as the look. */
    private static final int PAUSE_FACTOR = 9;

    private static final long LONGEST_PAUSE_NANOS = 500_000_000L;

    /** After a look that failed; what changed is not seen until one succeeds. */
    static final long RETRY_NANOS = 100_000_000L;

    /** What was there before anybody listened has to be looked at too. */
    private boolean wanted = true;

    private long earliestNanos;

    LookPace(long nowNanos) {
        earliestNanos = nowNanos;
    }

    /** Something changed. */
    void look() {
        wanted = true;
    }

    /** Something is new, and who asks cannot wait. */
    void lookAtOnce(long nowNanos) {
        wanted = true;
        earliestNanos = nowNanos;
    }

    void looked(long startedNanos, long endedNanos) {
        wanted = false;
        long pause = PAUSE_FACTOR * (endedNanos - startedNanos);
        earliestNanos = endedNanos + Math.min(LONGEST_PAUSE_NANOS, pause);
    }

    void failed(long nowNanos) {
        wanted = true;
        earliestNanos = nowNanos + RETRY_NANOS;
    }

    /** When to look next, {@code VirtualRouter.NO_DEADLINE} if nothing has changed. */
    long nextNanos() {
        return wanted ? earliestNanos : VirtualRouter.NO_DEADLINE;
    }
}

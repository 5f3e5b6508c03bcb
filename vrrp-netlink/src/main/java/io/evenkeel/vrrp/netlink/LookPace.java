package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouter;

/**
 * When the host is looked at. Usually at once when something changed; but a look is followed by a pause for each interface and
 * address that was seen, so that a program that adds thousands of addresses does not take the VRRP thread for itself. The pause does
 * not depend on how long the look took: that of the garbage collector is no reason to look later.
 */
final class LookPace {
    /** Some ten times what it takes to read one. */
    private static final long PAUSE_NANOS_PER_ENTRY = 20_000L;

    private static final long LONGEST_PAUSE_NANOS = 500_000_000L;

    /** After a look that failed; what changed is not seen until one succeeds. */
    static final long RETRY_NANOS = 100_000_000L;

    /** What was there before anybody listened has to be looked at too. */
    private boolean wanted = true;

    private long earliestNanos;
    private long retryNanos;

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

    /**
     * @param entries interfaces and addresses that were seen
     */
    void looked(int entries, long nowNanos) {
        wanted = false;
        retryNanos = 0;
        earliestNanos = nowNanos + Math.min(LONGEST_PAUSE_NANOS, entries * PAUSE_NANOS_PER_ENTRY);
    }

    void failed(long nowNanos) {
        wanted = true;
        retryNanos = nowNanos + RETRY_NANOS;
        earliestNanos = retryNanos;
    }

    /**
     * When to look next, {@code VirtualRouter.NO_DEADLINE} if nothing has changed.
     *
     * @param otherNanos when to look whether something changed or not
     */
    long nextNanos(long otherNanos) {
        long next = wanted ? earliestNanos : VirtualRouter.NO_DEADLINE;
        return Math.max(retryNanos, Math.min(next, otherNanos));
    }
}

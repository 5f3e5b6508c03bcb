package io.evenkeel.vrrp;

/** What the driver told of the time of day, which matters to signatures alone. */
final class WallClock {

    private boolean known;
    private long wallMinusMonotonicNanos;

    void take(long wallMinusMonotonic) {
        known = true;
        wallMinusMonotonicNanos = wallMinusMonotonic;
    }

    /** Nanoseconds since 1970; 0 while nobody told. */
    long nanos(long monotonicNanos) {
        return known ? wallMinusMonotonicNanos + monotonicNanos : 0;
    }

    void require(VirtualRouterConfig wanted) {
        if (wanted.hmac() != null && !known) {
            throw new IllegalStateException(
                    "Virtual router "
                            + wanted.name()
                            + " signs or checks with the wall clock and does not know it; call"
                            + " handleWallClock first.");
        }
    }
}

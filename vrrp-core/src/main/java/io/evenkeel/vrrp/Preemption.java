package io.evenkeel.vrrp;

import java.time.Duration;

/**
 * Whether a Backup takes the addresses from an Active of lower priority (RFC 9568, section 6.1,
 * Preempt_Mode). A router of priority 255 always does.
 */
public final class Preemption {

    /** Takes over as soon as the protocol lets it: one Active_Down_Interval after it has started. */
    public static final Preemption IMMEDIATE = new Preemption(0);

    /** Takes over only when the Active falls silent or releases the addresses. */
    public static final Preemption NEVER = new Preemption(VirtualRouter.NO_DEADLINE);

    private static final Duration LONGEST = Duration.ofDays(365);

    private final long delayNanos;

    private Preemption(long delayNanos) {
        this.delayNanos = delayNanos;
    }

    /**
     * Takes over once a lower-priority Active has been heard for this long. After the delay its
     * advertisements no longer hold this router back, so that it takes over within one
     * Active_Down_Interval. Zero is {@link #IMMEDIATE}.
     *
     * @param delay 0..365 days
     * @throws IllegalArgumentException if the delay is out of range
     */
    public static Preemption after(Duration delay) {
        if (delay.isNegative() || delay.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "The preemption delay is " + delay + "; it must be 0..365 days.");
        }
        return delay.isZero() ? IMMEDIATE : new Preemption(delay.toNanos());
    }

    /** False for {@link #NEVER} alone. */
    public boolean isEnabled() {
        return delayNanos != VirtualRouter.NO_DEADLINE;
    }

    /** Nanoseconds to wait; 0 for {@link #IMMEDIATE}, {@link Long#MAX_VALUE} for {@link #NEVER}. */
    public long delayNanos() {
        return delayNanos;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Preemption preemption && delayNanos == preemption.delayNanos;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(delayNanos);
    }

    @Override
    public String toString() {
        if (!isEnabled()) {
            return "NEVER";
        }
        return delayNanos == 0 ? "IMMEDIATE" : "AFTER " + Duration.ofNanos(delayNanos);
    }
}

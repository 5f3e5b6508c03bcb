package io.evenkeel.vrrp.netlink;

import org.jspecify.annotations.Nullable;

/**
 * What {@link ThreadOptions} asked of the host for the VRRP thread, and what came of it.
 *
 * @param kind what it is about
 * @param asked what was asked for, such as {@code SCHED_FIFO with priority 50}
 * @param refusal a sentence that names the call, its error and the right or limit that is missing, or null if the host did it
 */
public record ThreadSetting(Kind kind, String asked, @Nullable String refusal) {
    /** What can be asked for. */
    public enum Kind {
        /** {@link ThreadOptions#withRealTimePriority}. */
        REAL_TIME_PRIORITY,
        /** {@link ThreadOptions#withLockedMemory}. */
        LOCKED_MEMORY,
        /** {@link ThreadOptions#withTimerSlack}. */
        TIMER_SLACK
    }

    /** Whether the host did it. */
    public boolean isTaken() {
        return refusal == null;
    }
}

package io.evenkeel.vrrp.netlink;

import java.time.Duration;

/**
 * What is asked of the host for the VRRP thread. Nothing of it is needed to run: what the host refuses is left out, and {@link
 * VrrpSnapshot#thread()} and the log say so. An immutable value; each method returns a changed copy.
 */
public final class ThreadOptions {
    private static final long DEFAULT_TIMER_SLACK_NANOS = 1_000;
    private static final long LONGEST_TIMER_SLACK_NANOS = 1_000_000_000;
    private static final ThreadOptions DEFAULTS =
            new ThreadOptions(0, false, DEFAULT_TIMER_SLACK_NANOS);

    private final int realTimePriority;
    private final boolean lockedMemory;
    private final long timerSlackNanos;

    private ThreadOptions(int realTimePriority, boolean lockedMemory, long timerSlackNanos) {
        this.realTimePriority = realTimePriority;
        this.lockedMemory = lockedMemory;
        this.timerSlackNanos = timerSlackNanos;
    }

    /**
     * What a service asks for unless told otherwise: a timer slack of 1 µs, which takes no right.
     *
     * @return the defaults
     */
    public static ThreadOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Asks that the VRRP thread, and it alone, runs before every thread of normal priority (SCHED_FIFO, sched(7)). It takes
     * CAP_SYS_NICE or a limit RLIMIT_RTPRIO of that priority. It does not shorten the pauses of the garbage collector, whose
     * threads keep theirs.
     *
     * @param priority 1..99, or 0 for normal scheduling, the default; above 50 it may come before threads of the kernel
     * @return the changed options
     * @throws IllegalArgumentException if the priority is out of range
     */
    public ThreadOptions withRealTimePriority(int priority) {
        if (priority < 0 || priority > 99) {
            throw new IllegalArgumentException(
                    "The real-time priority of the VRRP thread is "
                            + priority
                            + "; it must be 1 to 99, or 0 for none.");
        }
        return new ThreadOptions(priority, lockedMemory, timerSlackNanos);
    }

    /**
     * Asks that the memory of the whole process stays in RAM (mlockall(2)), so that nothing waits for a swapped page. It takes
     * CAP_IPC_LOCK or an unlimited RLIMIT_MEMLOCK, and RAM for the whole heap at once.
     *
     * @param locked whether to ask for it; not by default
     * @return the changed options
     */
    public ThreadOptions withLockedMemory(boolean locked) {
        return new ThreadOptions(realTimePriority, locked, timerSlackNanos);
    }

    /**
     * By how much the kernel may delay the VRRP thread's timers to wake the CPU less often (PR_SET_TIMERSLACK, prctl(2)).
     *
     * @param slack 1 ns to 1 s, or 0 for what the process has, which is 50 µs on most hosts; 1 µs by default
     * @return the changed options
     * @throws IllegalArgumentException if it is out of range
     */
    public ThreadOptions withTimerSlack(Duration slack) {
        if (slack.isNegative()
                || slack.compareTo(Duration.ofNanos(LONGEST_TIMER_SLACK_NANOS)) > 0) {
            throw new IllegalArgumentException(
                    "The timer slack of the VRRP thread is " + slack + "; it must be 0 to 1 s.");
        }
        return new ThreadOptions(realTimePriority, lockedMemory, slack.toNanos());
    }

    int realTimePriority() {
        return realTimePriority;
    }

    boolean lockedMemory() {
        return lockedMemory;
    }

    long timerSlackNanos() {
        return timerSlackNanos;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof ThreadOptions other
                && realTimePriority == other.realTimePriority
                && lockedMemory == other.lockedMemory
                && timerSlackNanos == other.timerSlackNanos;
    }

    @Override
    public int hashCode() {
        return (31 * realTimePriority + Boolean.hashCode(lockedMemory)) * 31
                + Long.hashCode(timerSlackNanos);
    }

    @Override
    public String toString() {
        return "real-time priority "
                + (realTimePriority == 0 ? "none" : String.valueOf(realTimePriority))
                + ", memory "
                + (lockedMemory ? "locked" : "not locked")
                + ", timer slack "
                + (timerSlackNanos == 0 ? "as the process has it" : timerSlackNanos + " ns");
    }
}

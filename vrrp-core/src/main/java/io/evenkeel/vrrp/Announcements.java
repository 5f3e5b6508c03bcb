package io.evenkeel.vrrp;

/** When an Active announces its addresses to the neighbours. */
final class Announcements {

    private static final long NONE = VirtualRouter.NO_DEADLINE;

    private final AnnouncementPolicy policy;
    private final RouterActions actions;
    private Action.Announce delayed;
    private long delayedNanos = NONE;
    private long refreshNanos = NONE;

    Announcements(RouterMachine machine) {
        this.policy = machine.config.announcements();
        this.actions = machine.actions;
        this.delayed = actions.announce;
    }

    long deadlineNanos() {
        return Math.min(delayedNanos, refreshNanos);
    }

    void promoted(long nowNanos, ActionSink sink) {
        burst(actions.announce, policy.delayNanos(), nowNanos, sink);
        if (policy.refreshNanos() > 0) {
            refreshNanos = nowNanos + policy.refreshNanos();
        }
    }

    /** After a pause: as at a promotion, since another router may have been one. */
    void reasserted(long nowNanos, ActionSink sink) {
        burst(actions.announce, policy.delayNanos(), nowNanos, sink);
    }

    void rivalHeard(long nowNanos, ActionSink sink) {
        burst(actions.announceAgainstRival, policy.lowerPriorityDelayNanos(), nowNanos, sink);
    }

    /** Puts the second burst off, so that this router and not the rival announces last. */
    void rivalHeardAgain(long nowNanos) {
        schedule(actions.announceAgainstRival, policy.lowerPriorityDelayNanos(), nowNanos);
    }

    private void burst(Action.Announce burst, long delayNanos, long nowNanos, ActionSink sink) {
        if (burst.repeat() > 0) {
            sink.accept(burst);
        }
        schedule(burst, delayNanos, nowNanos);
    }

    private void schedule(Action.Announce burst, long delayNanos, long nowNanos) {
        if (burst.repeat() > 0 && delayNanos > 0) {
            delayed = burst;
            delayedNanos = nowNanos + delayNanos;
        }
    }

    void onDeadline(long nowNanos, ActionSink sink) {
        if (delayedNanos <= nowNanos) {
            delayedNanos = NONE;
            sink.accept(delayed);
        }
        if (refreshNanos <= nowNanos) {
            refreshNanos += policy.refreshNanos();
            if (refreshNanos <= nowNanos) {
                refreshNanos = nowNanos + policy.refreshNanos();
            }
            sink.accept(actions.refresh);
        }
    }
}

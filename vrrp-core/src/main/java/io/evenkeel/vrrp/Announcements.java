package io.evenkeel.vrrp;

import java.util.List;

/** When an Active announces its addresses to the neighbours. */
final class Announcements {

    private static final long NONE = VirtualRouter.NO_DEADLINE;

    private final RouterMachine machine;
    private AnnouncementPolicy policy;
    private Action.Announce delayed;
    private long delayedNanos = NONE;
    private long refreshNanos = NONE;

    Announcements(RouterMachine machine) {
        this.machine = machine;
        this.policy = machine.config().announcements();
        this.delayed = machine.actions().announce;
    }

    long deadlineNanos() {
        return Math.min(delayedNanos, refreshNanos);
    }

    void promoted(long nowNanos) {
        burst(machine.actions().announce, policy.delayNanos(), nowNanos);
        scheduleRefresh(nowNanos);
    }

    /** After a pause: as at a promotion, since another router may have been one. */
    void reasserted(long nowNanos) {
        promoted(nowNanos);
    }

    void rivalHeard(long nowNanos) {
        burst(machine.actions().announceAgainstRival, policy.lowerPriorityDelayNanos(), nowNanos);
    }

    /** Puts the second burst off, so that this router and not the rival announces last. */
    void rivalHeardAgain(long nowNanos) {
        schedule(
                machine.actions().announceAgainstRival, policy.lowerPriorityDelayNanos(), nowNanos);
    }

    /** New addresses are announced as at a promotion, the others are where they were. */
    void reconfigured(List<VirtualAddress> added, long nowNanos) {
        AnnouncementPolicy before = policy;
        policy = machine.config().announcements();
        delayed = machine.actions().announce;
        if (!added.isEmpty()) {
            burst(new Action.Announce(added, policy.repeat()), policy.delayNanos(), nowNanos);
        }
        if (before.refreshNanos() != policy.refreshNanos()) {
            scheduleRefresh(nowNanos);
        }
    }

    /** The neighbours know these addresses by a hardware address that is no longer theirs. */
    void moved(List<VirtualAddress> addresses, long nowNanos) {
        int repeat = Math.max(1, policy.repeat());
        burst(new Action.Announce(addresses, repeat), policy.delayNanos(), nowNanos);
    }

    /** Nothing is announced before that time. */
    void putOff(long untilNanos) {
        delayedNanos = Math.max(delayedNanos, untilNanos);
        refreshNanos = Math.max(refreshNanos, untilNanos);
    }

    private void scheduleRefresh(long nowNanos) {
        refreshNanos = policy.refreshNanos() > 0 ? nowNanos + policy.refreshNanos() : NONE;
    }

    private void burst(Action.Announce burst, long delayNanos, long nowNanos) {
        if (burst.repeat() > 0) {
            machine.act(burst);
        }
        schedule(burst, delayNanos, nowNanos);
    }

    private void schedule(Action.Announce burst, long delayNanos, long nowNanos) {
        if (burst.repeat() > 0 && delayNanos > 0) {
            delayed = burst;
            delayedNanos = nowNanos + delayNanos;
        }
    }

    void onDeadline(long nowNanos) {
        if (delayedNanos <= nowNanos) {
            delayedNanos = NONE;
            machine.act(delayed);
        }
        if (refreshNanos <= nowNanos) {
            refreshNanos += policy.refreshNanos();
            if (refreshNanos <= nowNanos) {
                refreshNanos = nowNanos + policy.refreshNanos();
            }
            machine.act(machine.actions().refresh);
        }
    }
}

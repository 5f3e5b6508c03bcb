package io.evenkeel.vrrp;

/** Listens to the Active and waits for its silence (RFC 9568, section 6.4.2). */
final class BackupState extends RouterState {

    private static final long NOT_RUNNING = -1;

    /** Active_Adver_Interval: learned from the Active by version 3. */
    private long activeIntervalNanos;

    private boolean intervalLearned;

    /** When Active_Down_Timer fires. */
    private long activeDownNanos;

    /** Active_Down_Timer has fired, but the group or the local address holds this router back. */
    private boolean heldBack;

    /** Until then lower routers are let be, after this router handed over to one. */
    private final long yieldsUntilNanos;

    /** When a delayed preemption stops to listen to lower routers. */
    private long preemptionNanos = NOT_RUNNING;

    private boolean graceGiven;
    private String reason = "no Active was heard";

    /** The Active that is followed; there is none before the first advertisement. */
    private boolean follows;

    private long activeHigh;
    private long activeLow;
    private long lastArrivalNanos;

    private BackupState(RouterMachine machine, long nowNanos, long yieldsUntilNanos) {
        super(machine);
        this.activeIntervalNanos = machine.config().advertisementIntervalNanos();
        this.yieldsUntilNanos = yieldsUntilNanos;
        this.activeDownNanos = nowNanos + machine.activeDownNanos(activeIntervalNanos);
    }

    static BackupState begin(RouterMachine machine, long nowNanos) {
        return new BackupState(machine, nowNanos, NOT_RUNNING);
    }

    /** After a handover: as with {@link Preemption#NEVER} for a while. */
    static BackupState heldBack(RouterMachine machine, long nowNanos) {
        long interval = machine.config().advertisementIntervalNanos();
        long holdBack =
                Math.max(
                        VirtualRouter.HANDOVER_HOLD_BACK_NANOS,
                        2 * machine.activeDownNanos(interval));
        return new BackupState(machine, nowNanos, nowNanos + holdBack);
    }

    /** An owner of the addresses that cannot take them yet; it does not wait for anybody's silence. */
    static BackupState waitingOwner(RouterMachine machine, long nowNanos) {
        BackupState state = begin(machine, nowNanos);
        state.heldBack = true;
        state.reason = "it owns the addresses";
        return state;
    }

    @Override
    VrrpState kind() {
        return VrrpState.BACKUP;
    }

    @Override
    long deadlineNanos() {
        return heldBack ? VirtualRouter.NO_DEADLINE : activeDownNanos;
    }

    @Override
    boolean hears() {
        return true;
    }

    @Override
    boolean wantsActive() {
        return heldBack;
    }

    @Override
    void onAdvertisement(Advertisement advertisement, long arrivalNanos, long nowNanos) {
        if (advertisement.priority() == 0) {
            preemptionNanos = NOT_RUNNING;
            graceGiven = false;
            heldBack = false;
            follows = false;
            reason = "the Active released the addresses";
            activeDownNanos = arrivalNanos + machine.skewNanos(activeIntervalNanos);
        } else if (isListenedTo(advertisement.priority(), arrivalNanos)) {
            follow(advertisement, arrivalNanos);
        } else {
            follows = false;
            reason = "the Active has a lower priority";
        }
    }

    /** Takes the sender for the Active. */
    void follow(Advertisement advertisement, long arrivalNanos) {
        if (machine.config().version() == VrrpVersion.V3) {
            activeIntervalNanos =
                    advertisement.maxAdvertiseIntervalCentis() * ConfigChecks.CENTI_NANOS;
            intervalLearned = true;
        }
        graceGiven = false;
        heldBack = false;
        follows = true;
        activeHigh = advertisement.sourceHigh();
        activeLow = advertisement.sourceLow();
        lastArrivalNanos = arrivalNanos;
        reason = "the Active fell silent";
        // From the arrival, not from now: an advertisement that lay in the socket during a pause
        // of this process must not make a dead Active live longer.
        activeDownNanos = arrivalNanos + machine.activeDownNanos(activeIntervalNanos);
    }

    private boolean isListenedTo(int priority, long arrivalNanos) {
        if (priority >= machine.priority()) {
            preemptionNanos = NOT_RUNNING;
            return true;
        }
        Preemption preemption = machine.config().preemption();
        if (!preemption.isEnabled() || arrivalNanos < yieldsUntilNanos) {
            return true;
        }
        if (preemption.delayNanos() == 0) {
            return false;
        }
        if (preemptionNanos == NOT_RUNNING) {
            preemptionNanos = arrivalNanos + preemption.delayNanos();
        }
        return arrivalNanos < preemptionNanos;
    }

    @Override
    void onDeadline(long nowNanos) {
        long lateNanos = nowNanos - activeDownNanos;
        if (lateNanos > activeIntervalNanos && !graceGiven) {
            listenOnceMore(nowNanos);
            machine.wokeLate(lateNanos, "it listens once more before it takes over.");
            return;
        }
        if (machine.mayPromote()) {
            promote(nowNanos);
        } else {
            heldBack = true;
        }
    }

    /**
     * Whoever slept over the deadline may have slept over advertisements too, since a frozen machine
     * loses packets. A living Active is heard within one interval.
     */
    private void listenOnceMore(long nowNanos) {
        graceGiven = true;
        activeDownNanos =
                Math.max(
                        activeDownNanos,
                        nowNanos + activeIntervalNanos + machine.skewNanos(activeIntervalNanos));
    }

    @Override
    void onHeldBackNoMore(long nowNanos) {
        if (heldBack && machine.mayPromote()) {
            promote(nowNanos);
        }
    }

    private void promote(long nowNanos) {
        ActiveState.promote(machine, reason + ".", nowNanos);
        if (follows) {
            machine.diagnosis().silent(activeHigh, activeLow, lastArrivalNanos, nowNanos);
        }
        machine.diagnosis().promoted();
    }

    @Override
    void onShutdown(long nowNanos) {
        machine.enter(new InitializeState(machine), "stopped.", nowNanos);
    }

    @Override
    void onFault(String faultReason, long nowNanos) {
        machine.enter(new FaultState(machine), faultReason, nowNanos);
    }

    /** The time that has passed counts; only the difference between the two skews is added. */
    @Override
    void onPriority(int from, int to, long nowNanos) {
        VrrpVersion version = machine.config().version();
        activeDownNanos +=
                Intervals.skewNanos(version, to, activeIntervalNanos)
                        - Intervals.skewNanos(version, from, activeIntervalNanos);
    }

    /** As with the priority, the time that has passed counts. */
    @Override
    void onReconfigured(VirtualRouterConfig before, int priorityBefore, long nowNanos) {
        long downBefore =
                Intervals.activeDownNanos(
                        before.version(),
                        before.downTimerAdverts(),
                        priorityBefore,
                        activeIntervalNanos);
        if (!intervalLearned) {
            activeIntervalNanos = machine.config().advertisementIntervalNanos();
        }
        activeDownNanos += machine.activeDownNanos(activeIntervalNanos) - downBefore;
    }

    @Override
    void onSuspended(long suspendedNanos, long nowNanos) {
        listenOnceMore(nowNanos);
    }
}

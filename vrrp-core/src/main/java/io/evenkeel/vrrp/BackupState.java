package io.evenkeel.vrrp;

/** Listens to the Active and waits for its silence (RFC 9568, section 6.4.2). */
final class BackupState extends RouterState {

    private static final long NOT_RUNNING = -1;

    /** Active_Adver_Interval: learned from the Active by version 3. */
    private long activeIntervalNanos;

    /** When Active_Down_Timer fires. */
    private long activeDownNanos;

    /** Until then lower routers are let be, after this router handed over to one. */
    private final long heldBackUntilNanos;

    /** When a delayed preemption stops to listen to lower routers. */
    private long preemptionNanos = NOT_RUNNING;

    private boolean graceGiven;
    private String reason = "no Active was heard";

    private BackupState(RouterMachine machine, long nowNanos, long heldBackUntilNanos) {
        super(machine);
        this.activeIntervalNanos = machine.config.advertisementIntervalNanos();
        this.heldBackUntilNanos = heldBackUntilNanos;
        this.activeDownNanos = nowNanos + machine.activeDownNanos(activeIntervalNanos);
    }

    static BackupState begin(RouterMachine machine, long nowNanos) {
        return new BackupState(machine, nowNanos, NOT_RUNNING);
    }

    /** After a handover: as with {@link Preemption#NEVER} for a while. */
    static BackupState heldBack(RouterMachine machine, long nowNanos) {
        long interval = machine.config.advertisementIntervalNanos();
        long holdBack =
                Math.max(
                        VirtualRouter.HANDOVER_HOLD_BACK_NANOS,
                        2 * machine.activeDownNanos(interval));
        return new BackupState(machine, nowNanos, nowNanos + holdBack);
    }

    @Override
    VrrpState kind() {
        return VrrpState.BACKUP;
    }

    @Override
    long deadlineNanos() {
        return activeDownNanos;
    }

    @Override
    boolean hears() {
        return true;
    }

    @Override
    void onAdvertisement(
            Advertisement advertisement, long arrivalNanos, long nowNanos, ActionSink sink) {
        if (advertisement.priority() == 0) {
            preemptionNanos = NOT_RUNNING;
            graceGiven = false;
            reason = "the Active released the addresses";
            activeDownNanos = arrivalNanos + machine.skewNanos(activeIntervalNanos);
        } else if (isListenedTo(advertisement.priority(), arrivalNanos)) {
            follow(advertisement, arrivalNanos);
        } else {
            reason = "the Active has a lower priority";
        }
    }

    /** Takes the sender for the Active. */
    void follow(Advertisement advertisement, long arrivalNanos) {
        if (machine.config.version() == VrrpVersion.V3) {
            activeIntervalNanos =
                    advertisement.maxAdvertiseIntervalCentis() * ConfigChecks.CENTI_NANOS;
        }
        graceGiven = false;
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
        Preemption preemption = machine.config.preemption();
        if (!preemption.isEnabled() || arrivalNanos < heldBackUntilNanos) {
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
    void onDeadline(long nowNanos, ActionSink sink) {
        long lateNanos = nowNanos - activeDownNanos;
        if (lateNanos > activeIntervalNanos && !graceGiven) {
            // Whoever slept over the deadline may have slept over advertisements too, since a
            // frozen machine loses packets. A living Active is heard within one interval.
            graceGiven = true;
            activeDownNanos =
                    nowNanos + activeIntervalNanos + machine.skewNanos(activeIntervalNanos);
            machine.wokeLate(lateNanos, "it listens once more before it takes over.", sink);
            return;
        }
        ActiveState.promote(machine, reason + ".", nowNanos, sink);
    }

    @Override
    void onShutdown(long nowNanos, ActionSink sink) {
        machine.enter(new InitializeState(machine), "stopped.", sink);
    }

    @Override
    void onFault(String reason, long nowNanos, ActionSink sink) {
        machine.enter(new FaultState(machine), reason, sink);
    }

    /** The time that has passed counts; only the difference between the two skews is added. */
    @Override
    void onPriority(int from, int to, long nowNanos, ActionSink sink) {
        VrrpVersion version = machine.config.version();
        activeDownNanos +=
                Intervals.skewNanos(version, to, activeIntervalNanos)
                        - Intervals.skewNanos(version, from, activeIntervalNanos);
    }
}

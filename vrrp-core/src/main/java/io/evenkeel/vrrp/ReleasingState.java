package io.evenkeel.vrrp;

/**
 * Gives the addresses away in milliseconds and owns them until another router has them.
 *
 * <p>A version 3 Backup adopts the interval of each advertisement that it hears. So one advertisement
 * of normal priority first teaches the shortest interval, which shrinks the Backups' Skew_Time; then
 * priority 0, three times because a lost one would cost a whole Active_Down_Interval.
 */
final class ReleasingState extends RouterState {

    /** What follows. */
    enum Goal {
        STOP,
        HAND_OVER,
        FAULT,
        GROUP
    }

    private static final int RELEASES = 3;
    private static final long RELEASE_SPACING_NANOS = 3_000_000L;
    private static final long BOUND_NANOS = 100_000_000L;

    private final long startNanos;
    private Goal goal;
    private String reason;
    private int releasesLeft = RELEASES;
    private long releaseNanos;

    private ReleasingState(RouterMachine machine, Goal goal, String reason, long nowNanos) {
        super(machine);
        this.goal = goal;
        this.reason = reason;
        this.startNanos = nowNanos;
    }

    /** Leaves Active: fast if the version and the configuration let it, else with one release. */
    static void begin(RouterMachine machine, Goal goal, String reason, long nowNanos) {
        ReleasingState releasing = new ReleasingState(machine, goal, reason, nowNanos);
        if (!isFast(machine)) {
            machine.send(machine.actions().release);
            releasing.finish(nowNanos);
            return;
        }
        machine.send(teaching(machine));
        releasing.release(nowNanos);
        machine.enter(releasing, reason, nowNanos);
    }

    /** Leaves Active in this very turn, because the other routers of the group have. */
    static void leaveAtOnce(RouterMachine machine, String reason, long nowNanos) {
        boolean fast = isFast(machine);
        if (fast) {
            machine.send(teaching(machine));
        }
        machine.send(fast ? machine.actions().fastRelease : machine.actions().release);
        new ReleasingState(machine, Goal.GROUP, reason, nowNanos).finish(nowNanos);
    }

    private static boolean isFast(RouterMachine machine) {
        return machine.config().version() == VrrpVersion.V3 && machine.config().fastHandover();
    }

    private static Action.SendAdvertisement teaching(RouterMachine machine) {
        return new Action.SendAdvertisement(machine.priority(), RouterActions.HANDOVER_CENTIS);
    }

    private void release(long nowNanos) {
        releasesLeft--;
        releaseNanos =
                releasesLeft == 0 ? VirtualRouter.NO_DEADLINE : nowNanos + RELEASE_SPACING_NANOS;
        machine.send(machine.actions().fastRelease);
    }

    /** The addresses are still here, so people would still call it Active. */
    @Override
    VrrpState kind() {
        return VrrpState.ACTIVE;
    }

    @Override
    long deadlineNanos() {
        return Math.min(releaseNanos, startNanos + BOUND_NANOS);
    }

    @Override
    boolean hears() {
        return true;
    }

    @Override
    void onAdvertisement(Advertisement advertisement, long arrivalNanos, long nowNanos) {
        if (advertisement.priority() == 0 || arrivalNanos < startNanos) {
            return;
        }
        finish(nowNanos);
        if (machine.state().hears()) {
            machine.state().onAdvertisement(advertisement, arrivalNanos, nowNanos);
        }
    }

    @Override
    void onDeadline(long nowNanos) {
        if (nowNanos >= startNanos + BOUND_NANOS) {
            finish(nowNanos);
        } else {
            release(nowNanos);
        }
    }

    private void finish(long nowNanos) {
        machine.act(machine.actions().removeAddresses);
        String fault = machine.fault();
        if (goal == Goal.STOP) {
            machine.enter(new InitializeState(machine), reason, nowNanos);
        } else if (fault != null) {
            machine.enter(new FaultState(machine), fault, nowNanos);
        } else if (goal == Goal.HAND_OVER) {
            machine.enter(BackupState.heldBack(machine, nowNanos), reason, nowNanos);
        } else if (goal == Goal.GROUP) {
            machine.enter(BackupState.begin(machine, nowNanos), reason, nowNanos);
        } else {
            // Also an owner starts over as a Backup: the release is out, and some router may be
            // on its way to take over.
            machine.enter(
                    BackupState.begin(machine, nowNanos),
                    "the fault that it released the addresses for is over.",
                    nowNanos);
        }
    }

    @Override
    void onShutdown(long nowNanos) {
        goal = Goal.STOP;
        reason = "stopped.";
    }

    @Override
    void onFault(String faultReason, long nowNanos) {
        // Found again when the release is done; it may be over by then.
    }

    @Override
    void onInterfaceDown(String faultReason, long nowNanos) {
        finish(nowNanos);
    }

    /** New addresses are not for this router any more; old ones would be left behind. */
    @Override
    void onReconfigured(VirtualRouterConfig before, int priorityBefore, long nowNanos) {
        AddressChange change = AddressChange.between(before, machine.config());
        if (!change.removed().isEmpty()) {
            machine.act(new Action.RemoveAddresses(change.removed()));
        }
    }
}

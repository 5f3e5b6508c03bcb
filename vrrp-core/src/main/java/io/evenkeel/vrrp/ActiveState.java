package io.evenkeel.vrrp;

/** Owns the addresses and advertises (RFC 9568, section 6.4.3). */
final class ActiveState extends RouterState {

    private static final long CONTENTION_REPORT_NANOS = 10_000_000_000L;

    private final long intervalNanos;
    private final Announcements announcements;

    /** When Adver_Timer fires. */
    private long advertiseNanos;

    private final long promotedNanos;
    private long lastSentNanos;
    private long answerAgainNanos;
    private long reportAgainNanos;

    private ActiveState(RouterMachine machine, long nowNanos) {
        super(machine);
        this.intervalNanos = machine.config.advertisementIntervalNanos();
        this.announcements = new Announcements(machine);
        this.advertiseNanos = nowNanos + intervalNanos;
        this.promotedNanos = nowNanos;
        this.lastSentNanos = nowNanos;
    }

    /** Takes the addresses: the advertisement first, so that another Active lets go of them. */
    static void promote(RouterMachine machine, String reason, long nowNanos, ActionSink sink) {
        machine.counters.promotions++;
        ActiveState active = new ActiveState(machine, nowNanos);
        machine.send(machine.actions.advertisement(machine.priority()), sink);
        sink.accept(machine.actions.addAddresses);
        active.announcements.promoted(nowNanos, sink);
        machine.enter(active, reason, sink);
    }

    @Override
    VrrpState kind() {
        return VrrpState.ACTIVE;
    }

    @Override
    long deadlineNanos() {
        return Math.min(advertiseNanos, announcements.deadlineNanos());
    }

    @Override
    boolean hears() {
        return true;
    }

    @Override
    void onAdvertisement(
            Advertisement advertisement, long arrivalNanos, long nowNanos, ActionSink sink) {
        boolean paused = isPausedTooLong(nowNanos);
        if (paused && !mayReassert()) {
            yieldAfterPause(nowNanos, sink);
            machine.state().onAdvertisement(advertisement, arrivalNanos, nowNanos, sink);
            return;
        }
        if (outranksThis(advertisement)) {
            machine.counters.contentions++;
            yieldTo(advertisement, arrivalNanos, nowNanos, sink);
            return;
        }
        boolean release = advertisement.priority() == 0;
        if (!release) {
            machine.counters.contentions++;
        }
        if (paused) {
            reassert(nowNanos, sink);
        } else if (release) {
            answerRelease(nowNanos, sink);
        } else if (answersRivals()) {
            answerLower(nowNanos, sink);
        }
        boolean isLastWord = nowNanos - promotedNanos < intervalNanos;
        if (!release && !isLastWord) {
            report(advertisement, nowNanos, sink);
        }
    }

    /** RFC 9568, section 6.4.3, for version 3; RFC 3768 lets lower routers find out by themselves. */
    private boolean answersRivals() {
        return machine.config.version() == VrrpVersion.V3 || !machine.config.strict();
    }

    /** Higher priority, or the same and the higher address; unsigned, in network order. */
    private boolean outranksThis(Advertisement advertisement) {
        int priority = advertisement.priority();
        return priority > machine.priority()
                || priority == machine.priority()
                        && advertisement.compareSourceTo(machine.localAddress()) > 0;
    }

    private void answerRelease(long nowNanos, ActionSink sink) {
        if (mayAnswer(nowNanos)) {
            advertise(nowNanos, sink);
            advertiseNanos = nowNanos + intervalNanos;
        }
    }

    /**
     * Tells a lower router at once who is Active, and the neighbours whose the addresses are: they may
     * have believed the other one. The schedule of advertisements stays as it is.
     */
    private void answerLower(long nowNanos, ActionSink sink) {
        if (mayAnswer(nowNanos)) {
            advertise(nowNanos, sink);
            announcements.rivalHeard(nowNanos, sink);
        } else {
            announcements.rivalHeardAgain(nowNanos);
        }
    }

    /** At most ten answers in an interval, so that nobody can make this router flood the LAN. */
    private boolean mayAnswer(long nowNanos) {
        if (nowNanos < answerAgainNanos) {
            return false;
        }
        answerAgainNanos = nowNanos + intervalNanos / 10;
        return true;
    }

    private void report(Advertisement advertisement, long nowNanos, ActionSink sink) {
        if (nowNanos < reportAgainNanos) {
            return;
        }
        reportAgainNanos = nowNanos + CONTENTION_REPORT_NANOS;
        IpAddress peer = advertisement.source();
        String sentence =
                machine.config.name()
                        + " is Active with priority "
                        + machine.priority()
                        + " and heard that "
                        + peer
                        + " is too, with priority "
                        + advertisement.priority()
                        + ". If it goes on, that router does not hear this one: look at multicast,"
                        + " the packet filter and the switch between them.";
        sink.accept(
                new Action.Notify(
                        new VrrpEvent.Contention(
                                machine.config.name(), peer, advertisement.priority(), sentence)));
    }

    private void advertise(long nowNanos, ActionSink sink) {
        lastSentNanos = nowNanos;
        machine.send(machine.actions.advertisement(machine.priority()), sink);
    }

    @Override
    void onDeadline(long nowNanos, ActionSink sink) {
        if (advertiseNanos <= nowNanos) {
            if (isPausedTooLong(nowNanos)) {
                if (!mayReassert()) {
                    yieldAfterPause(nowNanos, sink);
                    return;
                }
                reassert(nowNanos, sink);
            } else {
                advertise(nowNanos, sink);
                // From the plan, not from now: lateness must not add up.
                advertiseNanos += intervalNanos;
                if (advertiseNanos <= nowNanos) {
                    advertiseNanos = nowNanos + intervalNanos;
                }
            }
        }
        announcements.onDeadline(nowNanos, sink);
    }

    /** Whether this router was silent for so long that another one may have taken over. */
    private boolean isPausedTooLong(long nowNanos) {
        return nowNanos - lastSentNanos
                >= Intervals.quickestTakeoverNanos(machine.config.version(), intervalNanos);
    }

    private boolean mayReassert() {
        return machine.config.preemption().isEnabled();
    }

    private void reassert(long nowNanos, ActionSink sink) {
        long lateNanos = nowNanos - advertiseNanos;
        advertise(nowNanos, sink);
        advertiseNanos = nowNanos + intervalNanos;
        // Whatever else waited in the socket is answered by this.
        answerAgainNanos = nowNanos + intervalNanos / 10;
        announcements.reasserted(nowNanos, sink);
        machine.wokeLate(
                lateNanos,
                "another router may have taken over, so it asserted itself again.",
                sink);
    }

    private void yieldAfterPause(long nowNanos, ActionSink sink) {
        long lateNanos = nowNanos - advertiseNanos;
        sink.accept(machine.actions.removeAddresses);
        machine.wokeLate(
                lateNanos, "another router may have taken over, and preemption is off.", sink);
        machine.enter(
                BackupState.begin(machine, nowNanos),
                "it was paused for longer than a Backup waits.",
                sink);
    }

    private void yieldTo(
            Advertisement advertisement, long arrivalNanos, long nowNanos, ActionSink sink) {
        if (answersRivals()) {
            // When a partition heals, the better router does not know that there was another one
            // and that neighbours believed it. This last word lets it announce the addresses again.
            machine.send(machine.actions.advertisement(machine.priority()), sink);
        }
        sink.accept(machine.actions.removeAddresses);
        BackupState backup = BackupState.begin(machine, nowNanos);
        backup.follow(advertisement, arrivalNanos);
        machine.enter(
                backup,
                advertisement.source()
                        + " is Active with priority "
                        + advertisement.priority()
                        + (advertisement.priority() == machine.priority()
                                ? " too and has the higher address."
                                : ", this router has " + machine.priority() + "."),
                sink);
    }

    @Override
    void onShutdown(long nowNanos, ActionSink sink) {
        ReleasingState.begin(machine, ReleasingState.Goal.STOP, "stopped.", nowNanos, sink);
    }

    @Override
    void onHandover(long nowNanos, ActionSink sink) {
        ReleasingState.begin(
                machine, ReleasingState.Goal.HAND_OVER, "handed over.", nowNanos, sink);
    }

    @Override
    void onFault(String reason, long nowNanos, ActionSink sink) {
        ReleasingState.begin(machine, ReleasingState.Goal.FAULT, reason, nowNanos, sink);
    }

    @Override
    void onInterfaceDown(String reason, long nowNanos, ActionSink sink) {
        // It will hardly get out, but an interface can be on its way down and still send.
        machine.send(machine.actions.release, sink);
        sink.accept(machine.actions.removeAddresses);
        machine.enter(new FaultState(machine), reason, sink);
    }

    @Override
    void onPriority(int from, int to, long nowNanos, ActionSink sink) {
        // After a pause the deadline that is due finds out about it and sends the new priority.
        if (!isPausedTooLong(nowNanos)) {
            advertise(nowNanos, sink);
        }
    }
}

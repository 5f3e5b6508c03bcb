package io.evenkeel.vrrp;

import java.util.List;

/** Owns the addresses and advertises (RFC 9568, section 6.4.3). */
final class ActiveState extends RouterState {

    private final Announcements announcements;
    private final ContentionReports contentions;
    private final LostAddresses losses = new LostAddresses();

    /** When Adver_Timer fires: the next advertisement that nobody has queued is due. */
    private long advertiseNanos;

    private final long promotedNanos;
    private long lastSentNanos;

    /** The interval that the last advertisement carried, by which the peers judge a silence. */
    private long sentIntervalNanos;

    private long answerAgainNanos;

    private ActiveState(RouterMachine machine, long nowNanos) {
        super(machine);
        this.announcements = new Announcements(machine);
        this.contentions = new ContentionReports(machine);
        this.advertiseNanos = nowNanos + intervalNanos();
        this.promotedNanos = nowNanos;
        this.lastSentNanos = nowNanos;
        this.sentIntervalNanos = intervalNanos();
    }

    /** Takes the addresses: the advertisement first, so that another Active lets go of them. */
    static void promote(RouterMachine machine, String reason, long nowNanos) {
        machine.counters.promotions++;
        ActiveState active = new ActiveState(machine, nowNanos);
        machine.send(machine.actions().advertisement(machine.priority()));
        machine.act(machine.actions().addAddresses);
        active.announcements.promoted(nowNanos);
        machine.enter(active, reason, nowNanos);
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
    long nextAdvertisementNanos() {
        return machine.isLocalAddressUsable() ? advertiseNanos : VirtualRouter.NO_DEADLINE;
    }

    @Override
    void onQueued(int count, long nowNanos) {
        machine.queued().add(count, advertiseNanos);
        advertiseNanos += count * intervalNanos();
    }

    @Override
    void onQueuedSent(long lastNanos) {
        lastSentNanos = Math.max(lastSentNanos, lastNanos);
        sentIntervalNanos = intervalNanos();
        if (advertiseNanos <= lastNanos) {
            // It slipped out while it was being cancelled.
            advertiseNanos = lastNanos + intervalNanos();
        }
    }

    @Override
    void onQueueCancelled(long firstNanos) {
        advertiseNanos = firstNanos;
    }

    private long intervalNanos() {
        return machine.config().advertisementIntervalNanos();
    }

    @Override
    boolean hears() {
        return true;
    }

    @Override
    boolean wantsActive() {
        return true;
    }

    @Override
    void onAdvertisement(Advertisement advertisement, long arrivalNanos, long nowNanos) {
        boolean paused = isPausedTooLong(nowNanos);
        if (paused && !mayReassert()) {
            yieldAfterPause(nowNanos);
            machine.state().onAdvertisement(advertisement, arrivalNanos, nowNanos);
            return;
        }
        boolean release = advertisement.priority() == 0;
        if (!release) {
            machine.counters.contentions++;
        }
        if (outranksThis(advertisement)) {
            yieldTo(advertisement, arrivalNanos, nowNanos);
            return;
        }
        // After a pause a better router may still wait in the socket. The deadline, which is due,
        // comes when all has been read, and speaks to all that were lower at once.
        if (!paused && release) {
            answerRelease(nowNanos);
        } else if (!paused) {
            answerLower(nowNanos);
        }
        boolean isLastWord = nowNanos - promotedNanos < intervalNanos();
        if (!release && !isLastWord) {
            contentions.heard(advertisement, nowNanos);
        }
    }

    /** RFC 9568, section 6.4.3, for version 3; RFC 3768 lets lower routers find out by themselves. */
    private boolean answersRivals() {
        VirtualRouterConfig config = machine.config();
        return config.answersLower() && (config.version() == VrrpVersion.V3 || !config.strict());
    }

    /** Higher priority, or the same and the higher address; unsigned, in network order. */
    private boolean outranksThis(Advertisement advertisement) {
        int priority = advertisement.priority();
        return priority > machine.priority()
                || priority == machine.priority()
                        && advertisement.compareSourceTo(machine.localAddress()) > 0;
    }

    private void answerRelease(long nowNanos) {
        if (mayAnswer(nowNanos)) {
            advertise(nowNanos);
            advertiseNanos = nowNanos + intervalNanos();
        }
    }

    /**
     * Tells a lower router at once who is Active, and the neighbours whose the addresses are: they may
     * have believed the other one. The schedule of advertisements stays as it is.
     */
    private void answerLower(long nowNanos) {
        if (machine.config().version() == VrrpVersion.V2 && machine.config().strict()) {
            return;
        }
        if (!mayAnswer(nowNanos)) {
            announcements.rivalHeardAgain(nowNanos);
            return;
        }
        if (answersRivals()) {
            advertise(nowNanos);
        }
        announcements.rivalHeard(nowNanos);
    }

    /** At most ten answers in an interval, so that nobody can make this router flood the LAN. */
    private boolean mayAnswer(long nowNanos) {
        if (nowNanos < answerAgainNanos) {
            return false;
        }
        answerAgainNanos = nowNanos + intervalNanos() / 10;
        return true;
    }

    private void advertise(long nowNanos) {
        if (machine.isLocalAddressUsable()) {
            lastSentNanos = nowNanos;
            sentIntervalNanos = intervalNanos();
        }
        machine.send(machine.actions().advertisement(machine.priority()));
    }

    @Override
    void onDeadline(long nowNanos) {
        if (!machine.isLocalAddressUsable()) {
            machine.counters.sendsWithoutAddress++;
            advertiseNanos = nowNanos + intervalNanos();
            announcements.putOff(advertiseNanos);
            return;
        }
        if (advertiseNanos <= nowNanos) {
            if (isPausedTooLong(nowNanos)) {
                if (!mayReassert()) {
                    yieldAfterPause(nowNanos);
                    return;
                }
                reassert(nowNanos);
            } else {
                advertise(nowNanos);
                // From the plan, not from now: lateness must not add up.
                advertiseNanos += intervalNanos();
                if (advertiseNanos <= nowNanos) {
                    advertiseNanos = nowNanos + intervalNanos();
                }
            }
        }
        announcements.onDeadline(nowNanos);
    }

    /** Whether this router was silent for so long that even an owner could have taken over. */
    private boolean isPausedTooLong(long nowNanos) {
        VirtualRouterConfig config = machine.config();
        return nowNanos - lastSentNanos
                >= Intervals.activeDownNanos(
                        config.version(),
                        config.downTimerAdverts(),
                        ConfigChecks.OWNER_PRIORITY,
                        sentIntervalNanos);
    }

    private long lateNanos(long nowNanos) {
        return nowNanos - lastSentNanos - sentIntervalNanos;
    }

    private boolean mayReassert() {
        return switch (machine.config().pauseReaction()) {
            case REASSERT -> true;
            case YIELD -> false;
            case BY_PREEMPTION -> machine.config().preemption().isEnabled();
        };
    }

    private void reassert(long nowNanos) {
        long lateNanos = lateNanos(nowNanos);
        advertise(nowNanos);
        advertiseNanos = nowNanos + intervalNanos();
        answerAgainNanos = nowNanos + intervalNanos() / 10;
        // They may have been lost meanwhile.
        machine.act(machine.actions().addAddresses);
        announcements.reasserted(nowNanos);
        machine.wokeLate(
                lateNanos, "another router may have taken over, so it asserted itself again.");
    }

    private void yieldAfterPause(long nowNanos) {
        long lateNanos = lateNanos(nowNanos);
        machine.cancelQueued();
        if (machine.queued().wasUsed()) {
            // A process that was stopped sends what was queued when it goes on, before anybody can
            // cancel it. Whoever took over may have yielded to that.
            machine.send(machine.actions().release);
        }
        machine.act(machine.actions().removeAddresses);
        machine.wokeLate(
                lateNanos, "another router may have taken over, so it gives up the addresses.");
        machine.enter(
                BackupState.begin(machine, nowNanos),
                "it was paused for longer than a Backup waits.",
                nowNanos);
    }

    private void yieldTo(Advertisement advertisement, long arrivalNanos, long nowNanos) {
        machine.cancelQueued();
        if (answersRivals()) {
            // When a partition heals, the better router does not know that there was another one
            // and that neighbours believed it. This last word lets it announce the addresses again.
            machine.send(machine.actions().advertisement(machine.priority()));
        }
        machine.act(machine.actions().removeAddresses);
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
                nowNanos);
    }

    @Override
    void onShutdown(long nowNanos) {
        ReleasingState.begin(machine, ReleasingState.Goal.STOP, "stopped.", nowNanos);
    }

    @Override
    void onHandover(long nowNanos) {
        ReleasingState.begin(machine, ReleasingState.Goal.HAND_OVER, "handed over.", nowNanos);
    }

    @Override
    void onFault(String reason, long nowNanos) {
        ReleasingState.begin(machine, ReleasingState.Goal.FAULT, reason, nowNanos);
    }

    @Override
    void onInterfaceDown(String reason, long nowNanos) {
        // It will hardly get out, but an interface can be on its way down and still send.
        machine.send(machine.actions().release);
        machine.act(machine.actions().removeAddresses);
        machine.enter(new FaultState(machine), reason, nowNanos);
    }

    @Override
    void onGroupLeft(boolean planned, String reason, long nowNanos) {
        if (planned) {
            ReleasingState.begin(machine, ReleasingState.Goal.GROUP, reason, nowNanos);
        } else {
            ReleasingState.leaveAtOnce(machine, reason, nowNanos);
        }
    }

    /** The address to send from is usable again: what the peers made of the silence is found out now. */
    @Override
    void onHeldBackNoMore(long nowNanos) {
        if (advertiseNanos > nowNanos && nowNanos - lastSentNanos >= sentIntervalNanos) {
            advertiseNanos = nowNanos;
            onDeadline(nowNanos);
        }
    }

    /** After a pause the deadline that is due decides whose the addresses are. */
    @Override
    void onAddressesLost(List<VirtualAddress> addresses, long nowNanos) {
        if (isPausedTooLong(nowNanos)) {
            return;
        }
        boolean givenUp = losses.isOneTooMany(nowNanos);
        if (!givenUp) {
            machine.act(new Action.AddAddresses(addresses, machine.config().acceptMode()));
            machine.act(
                    new Action.Announce(
                            addresses, Math.max(1, machine.actions().announce.repeat())));
        }
        machine.tell(LostAddresses.event(machine.config().name(), addresses, givenUp));
        if (givenUp) {
            ReleasingState.begin(
                    machine,
                    ReleasingState.Goal.HAND_OVER,
                    "another program takes its addresses off the host again and again.",
                    nowNanos);
        }
    }

    @Override
    void onAddressesMoved(List<VirtualAddress> addresses, long nowNanos) {
        announcements.moved(addresses, nowNanos);
    }

    @Override
    void onPriority(int from, int to, long nowNanos) {
        // After a pause the deadline that is due finds out about it and sends the new priority.
        if (!isPausedTooLong(nowNanos)) {
            advertise(nowNanos);
        }
    }

    @Override
    void onReconfigured(VirtualRouterConfig before, int priorityBefore, long nowNanos) {
        VirtualRouterConfig after = machine.config();
        AddressChange change = AddressChange.between(before, after);
        boolean visible =
                priorityBefore != machine.priority()
                        || AdvertisementChange.isVisible(before, after);
        if (visible && !isPausedTooLong(nowNanos)) {
            advertise(nowNanos);
            advertiseNanos = nowNanos + intervalNanos();
        }
        if (!change.removed().isEmpty()) {
            machine.act(new Action.RemoveAddresses(change.removed()));
        }
        if (before.acceptMode() != after.acceptMode()) {
            machine.act(machine.actions().addAddresses);
        } else if (!change.added().isEmpty()) {
            machine.act(new Action.AddAddresses(change.added(), after.acceptMode()));
        }
        announcements.reconfigured(change.added(), nowNanos);
    }

    /** As if the Adver_Timer had run on meanwhile. */
    @Override
    void onSuspended(long suspendedNanos, long nowNanos) {
        lastSentNanos -= suspendedNanos;
        advertiseNanos -= suspendedNanos;
    }
}

package io.evenkeel.vrrp;

import org.jspecify.annotations.Nullable;

/** What all states of a router share, and the way from one to the next. */
final class RouterMachine {

    final RouterCounters counters = new RouterCounters();

    private final ActionSink sink;
    private final Diagnosis diagnosis;
    private final QueuedAdvertisements queued;
    private final WallClock wallClock = new WallClock();
    private final Advertisement advertisement = new Advertisement();
    private VirtualRouterConfig config;
    private AdvertisementCodec codec;
    private RouterActions actions;
    private TrackerBoard trackers;
    private RouterState state = new InitializeState(this);
    private @Nullable SyncGroup group;
    private @Nullable IpAddress localAddress;
    private boolean localAddressUsable;
    private boolean interfaceUp = true;
    private boolean maintenance;
    private boolean localAddressLost;

    RouterMachine(VirtualRouterConfig config, ActionSink sink) {
        this.config = config;
        this.sink = sink;
        this.queued = new QueuedAdvertisements(sink);
        this.codec = new AdvertisementCodec(config);
        this.actions = new RouterActions(config);
        this.trackers = new TrackerBoard(config);
        this.diagnosis = new Diagnosis(this);
    }

    VirtualRouterConfig config() {
        return config;
    }

    AdvertisementCodec codec() {
        return codec;
    }

    RouterActions actions() {
        return actions;
    }

    QueuedAdvertisements queued() {
        return queued;
    }

    WallClock wallClock() {
        return wallClock;
    }

    Diagnosis diagnosis() {
        return diagnosis;
    }

    RouterState state() {
        return state;
    }

    boolean isStopped() {
        return state instanceof InitializeState;
    }

    boolean isInMaintenance() {
        return maintenance;
    }

    @Nullable SyncGroup group() {
        return group;
    }

    void join(SyncGroup joined) {
        group = joined;
    }

    IpAddress localAddress() {
        IpAddress address = localAddress;
        if (address == null) {
            throw new IllegalStateException(
                    "Virtual router "
                            + config.name()
                            + " does not know the address it sends from; call handleLocalAddress"
                            + " first.");
        }
        return address;
    }

    boolean isLocalAddressUsable() {
        return localAddressUsable;
    }

    void handleLocalAddress(IpAddress address, boolean usable, long nowNanos) {
        if (!usable || !address.equals(localAddress)) {
            cancelQueued();
        }
        localAddress = address;
        boolean opened = usable && !localAddressUsable;
        localAddressUsable = usable;
        if (localAddressLost) {
            localAddressLost = false;
            settle(config.interfaceName() + " has an address again", nowNanos);
        }
        if (opened) {
            // If it becomes Active, the others of its group may too.
            state.onHeldBackNoMore(nowNanos);
        }
    }

    void handleLocalAddressLost(long nowNanos) {
        if (!localAddressLost) {
            localAddressLost = true;
            state.onInterfaceDown(noAddress(), nowNanos);
            localAddressUsable = false;
            settle("", nowNanos);
        }
    }

    int priority() {
        return trackers.effectivePriority();
    }

    long skewNanos(long activeIntervalNanos) {
        return Intervals.skewNanos(config.version(), priority(), activeIntervalNanos);
    }

    long activeDownNanos(long activeIntervalNanos) {
        return Intervals.activeDownNanos(
                config.version(), config.downTimerAdverts(), priority(), activeIntervalNanos);
    }

    void act(Action action) {
        sink.accept(action);
    }

    void tell(VrrpEvent event) {
        sink.accept(new Action.Notify(event));
    }

    /** Has nothing go out any more that was queued; to be called before anything that may contradict it. */
    void cancelQueued() {
        if (queued.cancel()) {
            state.onQueueCancelled(queued.firstNanos());
        }
    }

    /** Sends, unless there is no address to send from yet. */
    void send(Action.SendAdvertisement send) {
        cancelQueued();
        if (!localAddressUsable) {
            counters.sendsWithoutAddress++;
            return;
        }
        counters.advertisementsSent++;
        if (send.priority() == 0) {
            counters.priorityZeroSent++;
        }
        sink.accept(send);
    }

    /** Makes a state the current one and tells, if people would call it another. */
    void enter(RouterState next, String reason, long nowNanos) {
        RouterState before = state;
        state = next;
        VrrpState from = before.kind();
        VrrpState to = next.kind();
        if (from != to) {
            diagnosis.stateChanged();
            tell(new VrrpEvent.StateChanged(config.name(), from, to, priority(), reason));
        }
        SyncGroup mine = group;
        if (mine == null) {
            return;
        }
        if (next instanceof ActiveState) {
            mine.heldBackNoMore(this, nowNanos);
        } else if (before instanceof ActiveState) {
            mine.left(this, next instanceof ReleasingState, nowNanos);
        }
        boolean joins = before instanceof InitializeState;
        if (joins || next instanceof InitializeState || next instanceof FaultState) {
            mine.settle(this, "sync group " + mine.config().name() + " is complete", nowNanos);
        }
    }

    /** Whether nothing but the protocol keeps this router from being Active; counted if so. */
    boolean mayPromote() {
        if (!localAddressUsable) {
            counters.promotionsHeldBack++;
            return false;
        }
        SyncGroup mine = group;
        if (mine != null && !mine.lets(this)) {
            counters.promotionsHeldBack++;
            return false;
        }
        return true;
    }

    void startup(long nowNanos) {
        localAddress();
        wallClock.require(config);
        diagnosis.started();
        trackers.started(nowNanos);
        if (config.startDelayNanos() > 0) {
            long until = nowNanos + config.startDelayNanos();
            enter(new StartDelayState(this, until), "started.", nowNanos);
        } else {
            begin("started", nowNanos);
        }
    }

    /** Enters the state in which a router begins: after the start, the start delay, or a fault. */
    void begin(String reason, long nowNanos) {
        String fault = fault();
        if (fault != null) {
            enter(new FaultState(this), fault, nowNanos);
        } else if (config.isOwner() && mayPromote()) {
            ActiveState.promote(this, reason + "; it owns the addresses.", nowNanos);
        } else if (config.isOwner()) {
            enter(BackupState.waitingOwner(this, nowNanos), reason + ".", nowNanos);
        } else {
            enter(BackupState.begin(this, nowNanos), reason + ".", nowNanos);
        }
    }

    @Nullable PacketRejection handlePacket(ReceivedPacket packet, long nowNanos) {
        if (!state.hears()) {
            return null;
        }
        long arrivalNanos = Math.min(packet.arrivalNanos(), nowNanos);
        PacketRejection rejection =
                codec.decode(packet, localAddress(), wallClock.nanos(arrivalNanos), advertisement);
        if (rejection != null) {
            counters.reject(rejection);
            diagnosis.rejected(rejection, packet, arrivalNanos);
            return rejection;
        }
        counters.advertisementsReceived++;
        if (advertisement.priority() == 0) {
            counters.priorityZeroReceived++;
        }
        state.onAdvertisement(advertisement, arrivalNanos, nowNanos);
        diagnosis.accepted(advertisement, arrivalNanos);
        return null;
    }

    long nextDeadlineNanos() {
        return isStopped()
                ? VirtualRouter.NO_DEADLINE
                : Math.min(state.deadlineNanos(), trackers.nextDeadlineNanos());
    }

    void handleDeadline(long nowNanos) {
        if (isStopped()) {
            return;
        }
        int before = priority();
        for (String name = trackers.expire(nowNanos);
                name != null;
                name = trackers.expire(nowNanos)) {
            trackerMoved(before, "the tracker " + name + " has not reported in time", nowNanos);
            before = priority();
        }
        if (state.deadlineNanos() <= nowNanos) {
            state.onDeadline(nowNanos);
        }
    }

    void handleInterface(boolean up, long nowNanos) {
        if (up == interfaceUp) {
            return;
        }
        interfaceUp = up;
        if (!up) {
            state.onInterfaceDown(interfaceDown(), nowNanos);
        }
        settle("the interface " + config.interfaceName() + " is up", nowNanos);
    }

    void handleTracker(String name, boolean up, long nowNanos) {
        int before = priority();
        if (trackers.report(name, up, nowNanos)) {
            trackerMoved(before, "the tracker " + name + (up ? " is up" : " has failed"), nowNanos);
        }
    }

    void handleTrackerValue(String name, int value, long nowNanos) {
        int before = priority();
        if (trackers.reportValue(name, value, nowNanos)) {
            trackerMoved(before, "the tracker " + name + " says " + value, nowNanos);
        }
    }

    private void trackerMoved(int before, String reason, long nowNanos) {
        int after = priority();
        if (before != after && !isStopped()) {
            state.onPriority(before, after, nowNanos);
            tell(new VrrpEvent.PriorityChanged(config.name(), before, after, reason + "."));
        }
        settle(reason, nowNanos);
    }

    void setMaintenance(boolean on, long nowNanos) {
        if (maintenance != on) {
            maintenance = on;
            settle("the maintenance is over", nowNanos);
        }
    }

    void reconfigure(VirtualRouterConfig next, long nowNanos) {
        if (!isStopped()) {
            wallClock.require(next);
        }
        cancelQueued();
        VirtualRouterConfig before = config;
        int priorityBefore = priority();
        config = next;
        codec = codec.reconfigured(next);
        actions = new RouterActions(next);
        trackers = trackers.reconfigured(next, nowNanos);
        if (!isStopped()) {
            trackers.started(nowNanos);
        }
        diagnosis.reconfigured();
        state.onReconfigured(before, priorityBefore, nowNanos);
        if (priority() != priorityBefore && !isStopped()) {
            tell(
                    new VrrpEvent.PriorityChanged(
                            config.name(), priorityBefore, priority(), "it was reconfigured."));
        }
        settle("it was reconfigured", nowNanos);
    }

    void handleSuspension(long suspendedNanos, long nowNanos) {
        cancelQueued();
        state.onSuspended(suspendedNanos, nowNanos);
    }

    /** Has the state follow what forbids or no longer forbids to own the addresses, here and in the group. */
    private void settle(String cleared, long nowNanos) {
        settleAlone(cleared, nowNanos);
        SyncGroup mine = group;
        if (mine != null) {
            mine.settle(this, cleared, nowNanos);
        }
    }

    void settleAlone(String cleared, long nowNanos) {
        String fault = fault();
        if (fault == null) {
            state.onFaultCleared(cleared, nowNanos);
        } else {
            state.onFault(fault, nowNanos);
        }
    }

    /** Why this router must not own the addresses now, or null. */
    @Nullable String fault() {
        String own = ownFault();
        SyncGroup mine = group;
        return own != null || mine == null ? own : mine.faultBeside(this);
    }

    /** The same without the group. */
    @Nullable String ownFault() {
        if (!interfaceUp) {
            return interfaceDown();
        }
        if (localAddressLost) {
            return noAddress();
        }
        return maintenance ? "it is in maintenance." : trackers.fault();
    }

    private String noAddress() {
        return "the interface " + config.interfaceName() + " has no address to send from.";
    }

    private String interfaceDown() {
        return "the interface " + config.interfaceName() + " is down.";
    }

    void wokeLate(long lateNanos, String consequence) {
        counters.lateWakeUps++;
        counters.longestLateNanos = Math.max(counters.longestLateNanos, lateNanos);
        String sentence =
                config.name()
                        + " was driven "
                        + Intervals.milliseconds(lateNanos)
                        + " late (a pause of the JVM, the CPU or the machine?): "
                        + consequence;
        tell(new VrrpEvent.WokeLate(config.name(), lateNanos, sentence));
    }
}

package io.evenkeel.vrrp;

import org.jspecify.annotations.Nullable;

/** What all states of a router share, and the way from one to the next. */
final class RouterMachine {

    final VirtualRouterConfig config;
    final RouterActions actions;
    final RouterCounters counters = new RouterCounters();
    final TrackerBoard trackers;

    private final AdvertisementCodec codec;
    private final PeerReports peers;
    private final Advertisement advertisement = new Advertisement();
    private RouterState state = new InitializeState(this);
    private @Nullable IpAddress localAddress;
    private boolean interfaceUp = true;

    RouterMachine(VirtualRouterConfig config, AdvertisementCodec codec) {
        this.config = config;
        this.codec = codec;
        this.actions = new RouterActions(config);
        this.trackers = new TrackerBoard(config);
        this.peers = new PeerReports(config, codec);
    }

    RouterState state() {
        return state;
    }

    IpAddress localAddress() {
        IpAddress address = localAddress;
        if (address == null) {
            throw new IllegalStateException(
                    "Virtual router "
                            + config.name()
                            + " does not know the address it sends from; call setLocalAddress first.");
        }
        return address;
    }

    void setLocalAddress(IpAddress address) {
        localAddress = address;
    }

    int priority() {
        return trackers.effectivePriority();
    }

    long skewNanos(long activeIntervalNanos) {
        return Intervals.skewNanos(config.version(), priority(), activeIntervalNanos);
    }

    long activeDownNanos(long activeIntervalNanos) {
        return Intervals.activeDownNanos(config.version(), priority(), activeIntervalNanos);
    }

    void send(Action.SendAdvertisement advertisement, ActionSink sink) {
        counters.advertisementsSent++;
        if (advertisement.priority() == 0) {
            counters.priorityZeroSent++;
        }
        sink.accept(advertisement);
    }

    /** Makes a state the current one and tells, if people would call it another. */
    void enter(RouterState next, String reason, ActionSink sink) {
        VrrpState from = state.kind();
        VrrpState to = next.kind();
        state = next;
        if (from != to) {
            peers.stateChanged();
            sink.accept(
                    new Action.Notify(new VrrpEvent.StateChanged(config.name(), from, to, reason)));
        }
    }

    /** Enters the state in which a router begins: after the start, the start delay, or a fault. */
    void begin(String reason, long nowNanos, ActionSink sink) {
        String fault = fault();
        if (fault != null) {
            enter(new FaultState(this), fault, sink);
        } else if (config.isOwner()) {
            ActiveState.promote(this, reason + "; it owns the addresses.", nowNanos, sink);
        } else {
            enter(BackupState.begin(this, nowNanos), reason + ".", sink);
        }
    }

    @Nullable PacketRejection handlePacket(ReceivedPacket packet, long nowNanos, ActionSink sink) {
        if (!state.hears()) {
            return null;
        }
        PacketRejection rejection = codec.decode(packet, localAddress(), advertisement);
        if (rejection != null) {
            counters.reject(rejection);
            peers.rejected(rejection, packet, sink);
            return rejection;
        }
        counters.advertisementsReceived++;
        if (advertisement.priority() == 0) {
            counters.priorityZeroReceived++;
        }
        long arrivalNanos = Math.min(packet.arrivalNanos(), nowNanos);
        state.onAdvertisement(advertisement, arrivalNanos, nowNanos, sink);
        peers.accepted(advertisement, sink);
        return null;
    }

    void handleInterface(boolean up, long nowNanos, ActionSink sink) {
        if (up == interfaceUp) {
            return;
        }
        interfaceUp = up;
        if (!up) {
            state.onInterfaceDown(interfaceDown(), nowNanos, sink);
        } else if (fault() == null) {
            state.onFaultCleared(
                    "the interface " + config.interfaceName() + " is up", nowNanos, sink);
        }
    }

    void handleTracker(String name, boolean up, long nowNanos, ActionSink sink) {
        int from = priority();
        if (!trackers.report(name, up)) {
            return;
        }
        int to = priority();
        String reason = "the tracker " + name + (up ? " is up" : " has failed");
        if (from != to && state.kind() != VrrpState.INITIALIZE) {
            state.onPriority(from, to, nowNanos, sink);
            sink.accept(
                    new Action.Notify(
                            new VrrpEvent.PriorityChanged(config.name(), from, to, reason + ".")));
        }
        String fault = fault();
        if (fault == null) {
            state.onFaultCleared(reason, nowNanos, sink);
        } else {
            state.onFault(fault, nowNanos, sink);
        }
    }

    /** Why this router must not own the addresses now, or null. */
    @Nullable String fault() {
        return interfaceUp ? trackers.fault() : interfaceDown();
    }

    private String interfaceDown() {
        return "the interface " + config.interfaceName() + " is down.";
    }

    void wokeLate(long lateNanos, String consequence, ActionSink sink) {
        counters.lateWakeUps++;
        counters.longestLateNanos = Math.max(counters.longestLateNanos, lateNanos);
        String sentence =
                config.name()
                        + " was driven "
                        + Intervals.milliseconds(lateNanos)
                        + " late (a pause of the JVM, the CPU or the machine?): "
                        + consequence;
        sink.accept(new Action.Notify(new VrrpEvent.WokeLate(config.name(), lateNanos, sentence)));
    }
}

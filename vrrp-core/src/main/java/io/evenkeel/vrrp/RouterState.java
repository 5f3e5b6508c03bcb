package io.evenkeel.vrrp;

import java.util.List;

/**
 * One state of the machine. A state carries its own deadlines, so that a timer which makes no sense in
 * a state cannot be written down, and leaving a state cancels what it waited for.
 */
abstract class RouterState {

    final RouterMachine machine;

    RouterState(RouterMachine machine) {
        this.machine = machine;
    }

    abstract VrrpState kind();

    /** When {@link #onDeadline} wants to be called. */
    abstract long deadlineNanos();

    /** Called at or after the deadline. */
    abstract void onDeadline(long nowNanos);

    /** Whether packets are looked at. */
    boolean hears() {
        return false;
    }

    /** When the next periodic advertisement is due that nobody has queued. */
    long nextAdvertisementNanos() {
        return VirtualRouter.NO_DEADLINE;
    }

    /** As many of them as were due up to the next one from now on are queued. */
    void onQueued(int count, long nowNanos) {
        throw new IllegalStateException(
                "Virtual router "
                        + machine.config().name()
                        + " does not advertise, so nothing can be queued for it; ask"
                        + " nextAdvertisementNanos first.");
    }

    /** Queued advertisements went out. */
    void onQueuedSent(long lastNanos) {}

    /** Nothing is queued any more; the first that was is not sent. */
    void onQueueCancelled(long firstNanos) {}

    /** Whether this router would be Active if whoever holds it back let it. */
    boolean wantsActive() {
        return false;
    }

    /** Called for each advertisement that climbed the ladder, if this state hears. */
    void onAdvertisement(Advertisement advertisement, long arrivalNanos, long nowNanos) {}

    /** A stop was asked for. */
    abstract void onShutdown(long nowNanos);

    /** A handover was asked for; only a router that owns the addresses has one to do. */
    void onHandover(long nowNanos) {}

    /** What forbids to own the addresses has begun, or another such thing has. */
    abstract void onFault(String reason, long nowNanos);

    /** The interface went down: nothing that is sent arrives, so there is nothing to wait for. */
    void onInterfaceDown(String reason, long nowNanos) {
        onFault(reason, nowNanos);
    }

    /** What forbade to own the addresses is over. */
    void onFaultCleared(String reason, long nowNanos) {}

    /** What held a router back that wants to be Active may be over. */
    void onHeldBackNoMore(long nowNanos) {}

    /**
     * Another router of the sync group is no longer Active.
     *
     * @param planned whether it keeps its addresses until a new Active is heard
     */
    void onGroupLeft(boolean planned, String reason, long nowNanos) {}

    /** The effective priority moved. */
    void onPriority(int from, int to, long nowNanos) {}

    /**
     * The machine has another configuration now.
     *
     * @param priorityBefore the effective one
     */
    void onReconfigured(VirtualRouterConfig before, int priorityBefore, long nowNanos) {}

    /** Another program took addresses off the host that are this router's. */
    void onAddressesLost(List<VirtualAddress> addresses, long nowNanos) {}

    /** Addresses are reached at another hardware address. */
    void onAddressesMoved(List<VirtualAddress> addresses, long nowNanos) {}

    /** The clock stood still for that long while the LAN went on. */
    void onSuspended(long suspendedNanos, long nowNanos) {}
}

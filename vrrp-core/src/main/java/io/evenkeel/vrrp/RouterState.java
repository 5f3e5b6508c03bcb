package io.evenkeel.vrrp;

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
    abstract void onDeadline(long nowNanos, ActionSink sink);

    /** Whether packets are looked at. */
    boolean hears() {
        return false;
    }

    /** Called for each advertisement that climbed the ladder, if this state hears. */
    void onAdvertisement(
            Advertisement advertisement, long arrivalNanos, long nowNanos, ActionSink sink) {}

    /** A stop was asked for. */
    abstract void onShutdown(long nowNanos, ActionSink sink);

    /** A handover was asked for; only a router that owns the addresses has one to do. */
    void onHandover(long nowNanos, ActionSink sink) {}

    /** A fatal tracker failed. */
    abstract void onFault(String reason, long nowNanos, ActionSink sink);

    /** The interface went down: nothing that is sent arrives, so there is nothing to wait for. */
    void onInterfaceDown(String reason, long nowNanos, ActionSink sink) {
        onFault(reason, nowNanos, sink);
    }

    /** What forbade to own the addresses is over. */
    void onFaultCleared(String reason, long nowNanos, ActionSink sink) {}

    /** Trackers moved the priority. */
    void onPriority(int from, int to, long nowNanos, ActionSink sink) {}
}

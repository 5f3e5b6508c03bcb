package io.evenkeel.vrrp;

/** Owns nothing until its interface is up and its fatal trackers are. */
final class FaultState extends RouterState {

    FaultState(RouterMachine machine) {
        super(machine);
    }

    @Override
    VrrpState kind() {
        return VrrpState.FAULT;
    }

    @Override
    long deadlineNanos() {
        return VirtualRouter.NO_DEADLINE;
    }

    @Override
    void onDeadline(long nowNanos, ActionSink sink) {}

    @Override
    void onShutdown(long nowNanos, ActionSink sink) {
        machine.enter(new InitializeState(machine), "stopped.", sink);
    }

    @Override
    void onFault(String reason, long nowNanos, ActionSink sink) {}

    @Override
    void onFaultCleared(String reason, long nowNanos, ActionSink sink) {
        machine.begin(reason, nowNanos, sink);
    }
}

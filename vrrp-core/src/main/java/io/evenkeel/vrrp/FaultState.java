package io.evenkeel.vrrp;

/** Owns nothing until whatever forbids it is over: interface, fatal trackers, maintenance, its group. */
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
    void onDeadline(long nowNanos) {}

    @Override
    void onShutdown(long nowNanos) {
        machine.enter(new InitializeState(machine), "stopped.", nowNanos);
    }

    @Override
    void onFault(String reason, long nowNanos) {}

    @Override
    void onFaultCleared(String reason, long nowNanos) {
        machine.begin(reason, nowNanos);
    }
}

package io.evenkeel.vrrp;

/** Not started, or stopped. */
final class InitializeState extends RouterState {

    InitializeState(RouterMachine machine) {
        super(machine);
    }

    @Override
    VrrpState kind() {
        return VrrpState.INITIALIZE;
    }

    @Override
    long deadlineNanos() {
        return VirtualRouter.NO_DEADLINE;
    }

    @Override
    void onDeadline(long nowNanos) {}

    @Override
    void onShutdown(long nowNanos) {}

    @Override
    void onFault(String reason, long nowNanos) {}
}

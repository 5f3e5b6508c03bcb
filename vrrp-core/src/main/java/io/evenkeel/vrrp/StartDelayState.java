package io.evenkeel.vrrp;

/**
 * Started, but the start delay runs: to others still Initialize. Adverts that arrive meanwhile do not
 * count, since a link that has just come up may deliver nothing or too little.
 */
final class StartDelayState extends RouterState {

    private final long untilNanos;

    StartDelayState(RouterMachine machine, long untilNanos) {
        super(machine);
        this.untilNanos = untilNanos;
    }

    @Override
    VrrpState kind() {
        return VrrpState.INITIALIZE;
    }

    @Override
    long deadlineNanos() {
        return untilNanos;
    }

    @Override
    void onDeadline(long nowNanos) {
        machine.begin("the start delay is over", nowNanos);
    }

    @Override
    void onShutdown(long nowNanos) {
        machine.enter(new InitializeState(machine), "stopped.", nowNanos);
    }

    @Override
    void onFault(String reason, long nowNanos) {}
}

package io.evenkeel.vrrp.netlink;

/**
 * The time of the call that is under way, shared by the drivers of one thread: a call to one member of a sync group makes the others
 * act too.
 */
final class Turn {
    private final Heartbeat heartbeat;
    private long nowNanos;

    Turn(Heartbeat heartbeat) {
        this.heartbeat = heartbeat;
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    /**
     * Begins a call to a driver.
     *
     * @param now when it began; the routers are told what the kernel has sent for them by then, lest they take themselves for silent
     */
    void begin(long now) {
        heartbeat.report();
        nowNanos = now;
    }

    long nowNanos() {
        return nowNanos;
    }
}

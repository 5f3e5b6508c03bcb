package io.evenkeel.vrrp.netlink;

/**
 * The time of the call that is under way, shared by the drivers of one thread: a call to one member of a sync group makes the others
 * act too.
 */
final class Turn {
    private long nowNanos;

    void begin(long now) {
        nowNanos = now;
    }

    long nowNanos() {
        return nowNanos;
    }
}

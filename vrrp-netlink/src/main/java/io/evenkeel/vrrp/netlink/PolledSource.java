package io.evenkeel.vrrp.netlink;

/** Something that is looked at again and again and reports what it finds, off the VRRP thread. */
interface PolledSource {
    /** Called once before the first poll. */
    default void prepare() {}

    /** Looks, and reports what is new. Does not throw. */
    void poll(long nowNanos);

    /** Called once after the last poll, or during it. */
    default void close() {}
}

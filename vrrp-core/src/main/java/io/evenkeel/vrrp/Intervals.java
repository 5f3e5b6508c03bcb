package io.evenkeel.vrrp;

/** The arithmetic of section 6.1 in integer nanoseconds: multiply first, divide by 256 last. */
final class Intervals {

    private static final long SECOND = 1_000_000_000L;

    private Intervals() {}

    /** Skew_Time: the lower the priority, the longer. Version 2 counts in seconds (RFC 3768, 6.1). */
    static long skewNanos(VrrpVersion version, int priority, long activeIntervalNanos) {
        long base = version == VrrpVersion.V2 ? SECOND : activeIntervalNanos;
        return (256 - priority) * base / 256;
    }

    /** Active_Down_Interval: how long the Active may be silent. The protocol has three adverts. */
    static long activeDownNanos(
            VrrpVersion version, int adverts, int priority, long activeIntervalNanos) {
        return adverts * activeIntervalNanos + skewNanos(version, priority, activeIntervalNanos);
    }

    static String milliseconds(long nanos) {
        return nanos / 1_000_000 + " ms";
    }
}

package io.evenkeel.vrrp.netlink;

import java.nio.ByteBuffer;

/** {@code struct timespec} of 64-bit Linux: seconds and nanoseconds, 8 bytes each. */
final class Timespec {
    static final int SIZE = 16;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Timespec() {}

    static void put(ByteBuffer out, int offset, long nanos) {
        out.putLong(offset, nanos / NANOS_PER_SECOND);
        out.putLong(offset + 8, nanos % NANOS_PER_SECOND);
    }

    static long nanos(ByteBuffer in, int offset) {
        return in.getLong(offset) * NANOS_PER_SECOND + in.getLong(offset + 8);
    }
}

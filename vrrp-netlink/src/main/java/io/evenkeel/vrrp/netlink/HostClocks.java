package io.evenkeel.vrrp.netlink;

/**
 * Compares the clocks of the host with the monotonic one, which is {@code System.nanoTime()}. The others are read first, so that a
 * pause between the two readings can hide a suspension but never look like one.
 */
final class HostClocks implements AutoCloseable {
    /** A suspension that is shorter is none: nobody's timer notices. */
    static final long SHORTEST_SUSPENSION_NANOS = 10_000_000L;

    private static final int CLOCK_REALTIME = 0;
    private static final int CLOCK_BOOTTIME = 7;
    private static final int FIRST_READINGS = 5;

    private final Libc libc;
    private final NativeBuffer time = new NativeBuffer(Timespec.SIZE);
    private long suspendedNanos = Long.MIN_VALUE;

    HostClocks(Libc libc) {
        this.libc = libc;
        for (int i = 0; i < FIRST_READINGS; i++) {
            suspendedNanos = Math.max(suspendedNanos, minusMonotonicNanos(CLOCK_BOOTTIME));
        }
    }

    /** Nanoseconds since 1970 when the monotonic clock is 0. */
    long wallMinusMonotonicNanos() {
        return minusMonotonicNanos(CLOCK_REALTIME);
    }

    /** For how long the host was suspended since the last call; 0 if it was not, or hardly. */
    long takeSuspensionNanos() {
        return takeSuspensionNanos(minusMonotonicNanos(CLOCK_BOOTTIME));
    }

    /** The same from how far the clock that runs through suspensions is ahead of the other. */
    long takeSuspensionNanos(long bootMinusMonotonicNanos) {
        long jump = bootMinusMonotonicNanos - suspendedNanos;
        if (jump <= 0) {
            return 0;
        }
        suspendedNanos = bootMinusMonotonicNanos;
        return jump > SHORTEST_SUSPENSION_NANOS ? jump : 0;
    }

    @Override
    public void close() {
        time.close();
    }

    private long minusMonotonicNanos(int clock) {
        // It cannot fail for a clock that exists and memory that is ours.
        libc.clockGettime(clock, time.address());
        long other = Timespec.nanos(time.bytes(), 0);
        return other - System.nanoTime();
    }
}

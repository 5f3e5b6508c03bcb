package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouter;

/**
 * A descriptor that becomes readable at a point in time (timerfd). The timeout of a {@code ppoll} would move: the kernel breaks the
 * wait off to have the thread send what is queued, then waits for what was left before that.
 */
final class Alarm implements AutoCloseable {
    private static final int CLOCK_MONOTONIC = 1;
    private static final int TFD_NONBLOCK = 0x800;
    private static final int TFD_CLOEXEC = 0x80000;
    private static final int TFD_TIMER_ABSTIME = 1;

    // struct itimerspec: the interval, then the first time
    private static final int VALUE = Timespec.SIZE;
    private static final int SIZE = 2 * Timespec.SIZE;

    private final Libc libc;
    private final NativeBuffer setting = new NativeBuffer(SIZE);
    private final int fd;
    private long setNanos = VirtualRouter.NO_DEADLINE;

    Alarm(Libc libc) {
        this.libc = libc;
        try {
            fd =
                    Errno.check(
                            libc.timerfdCreate(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC),
                            "timerfd_create");
        } catch (NativeCallException e) {
            setting.close();
            throw e;
        }
    }

    int fd() {
        return fd;
    }

    /**
     * Has the descriptor become readable at that time and not before.
     *
     * @param nanos as of {@link System#nanoTime}, in the past for at once, or {@link VirtualRouter#NO_DEADLINE} for never
     */
    void set(long nanos) {
        if (nanos == setNanos) {
            return;
        }
        // Zero would be never.
        Timespec.put(
                setting.bytes(),
                VALUE,
                nanos == VirtualRouter.NO_DEADLINE ? 0 : Math.max(1, nanos));
        Errno.check(
                libc.timerfdSettime(fd, TFD_TIMER_ABSTIME, setting.address(), 0),
                "timerfd_settime");
        setNanos = nanos;
    }

    @Override
    public void close() {
        libc.close(fd);
        setting.close();
    }
}

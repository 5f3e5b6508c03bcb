package io.evenkeel.vrrp.netlink;

/** An eventfd with which any thread wakes the thread that polls it. */
final class Wakeup implements AutoCloseable {
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EFD_CLOEXEC = 0x80000;

    private final Libc libc;
    private final int fd;
    private final NativeBuffer one = new NativeBuffer(8);
    private final NativeBuffer sink = new NativeBuffer(8);
    private boolean closed;

    Wakeup(Libc libc) {
        this.libc = libc;
        this.fd = Errno.check(libc.eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC), "eventfd");
        one.bytes().putLong(0, 1);
    }

    int fd() {
        return fd;
    }

    /** Wakes the poller, from any thread; without effect after close. */
    synchronized void wake() {
        if (!closed) {
            // A full counter (EAGAIN) wakes the poller just as well.
            libc.write(fd, one.address(), 8);
        }
    }

    /** Takes back all wake-ups so far. Only the polling thread may call it. */
    void clear() {
        libc.read(fd, sink.address(), 8);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            libc.close(fd);
            one.close();
            sink.close();
        }
    }
}

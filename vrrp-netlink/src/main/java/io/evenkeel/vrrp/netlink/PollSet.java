package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Errno.EINTR;

/** A fixed set of descriptors that one thread waits for with {@code ppoll}, with a timeout in nanoseconds. */
final class PollSet implements AutoCloseable {
    private static final int POLLFD_SIZE = 8;
    private static final short POLLIN = 1;

    /** The longest wait asked of the kernel; a longer one is only more calls. */
    private static final long MAX_WAIT_NANOS = 3_600_000_000_000L;

    private final Libc libc;
    private final int count;
    private final NativeBuffer pollFds;
    private final NativeBuffer timeout = new NativeBuffer(Timespec.SIZE);

    PollSet(Libc libc, int... fds) {
        this.libc = libc;
        count = fds.length;
        pollFds = new NativeBuffer(Math.max(1, count) * POLLFD_SIZE);
        for (int i = 0; i < count; i++) {
            pollFds.bytes().putInt(i * POLLFD_SIZE, fds[i]);
            pollFds.bytes().putShort(i * POLLFD_SIZE + 4, POLLIN);
        }
    }

    /** Waits until a descriptor is readable or has failed, or the time is over. An interrupted wait counts as over. */
    void await(long nanos) {
        Timespec.put(timeout.bytes(), 0, Math.max(0, Math.min(nanos, MAX_WAIT_NANOS)));
        poll(timeout.address());
    }

    /** The same without an end: one of the descriptors keeps the time. */
    void await() {
        poll(0);
    }

    private void poll(long timespec) {
        int ready = libc.ppoll(pollFds.address(), count, timespec, 0);
        if (ready < 0 && ready != -EINTR) {
            throw Errno.failure(-ready, "ppoll of " + count + " descriptors");
        }
        if (ready <= 0) {
            for (int i = 0; i < count; i++) {
                pollFds.bytes().putShort(i * POLLFD_SIZE + 6, (short) 0);
            }
        }
    }

    /** True if the last wait saw something on the descriptor at this position: data, an error or its end. */
    boolean isReady(int position) {
        return pollFds.bytes().getShort(position * POLLFD_SIZE + 6) != 0;
    }

    @Override
    public void close() {
        pollFds.close();
        timeout.close();
    }
}

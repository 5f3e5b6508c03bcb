package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.SOCKADDR_IN_SIZE;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_SOCKET;
import static io.evenkeel.vrrp.netlink.Sockets.SO_TIMESTAMPNS;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads datagrams with {@code recvmsg}: the bytes, the sender and the time at which the kernel received them. All memory is
 * reused from one datagram to the next.
 */
final class DatagramReader implements AutoCloseable {
    private static final int CLOCK_REALTIME = 0;
    private static final int DATA_SIZE = 2048;
    private static final int CONTROL_SIZE = 128;
    // struct msghdr of 64-bit Linux
    private static final int HEADER_SIZE = 56;
    private static final int NAME = 0;
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    // struct cmsghdr: length (8), level (4), type (4), then the data; each record starts at a
    // multiple of 8
    private static final int CMSG_HEADER_SIZE = 16;

    private final Libc libc;
    private final NativeBuffer data = new NativeBuffer(DATA_SIZE);
    private final NativeBuffer header = new NativeBuffer(HEADER_SIZE);
    private final NativeBuffer vector = new NativeBuffer(16);
    private final NativeBuffer name = new NativeBuffer(SOCKADDR_IN_SIZE);
    private final NativeBuffer control = new NativeBuffer(CONTROL_SIZE);
    private final NativeBuffer wallClock = new NativeBuffer(Timespec.SIZE);
    private final ByteBuffer packet = data.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);

    DatagramReader(Libc libc) {
        this.libc = libc;
        vector.bytes().putLong(0, data.address()).putLong(8, DATA_SIZE);
        header.bytes()
                .putLong(NAME, name.address())
                .putLong(VECTORS, vector.address())
                .putLong(VECTOR_COUNT, 1)
                .putLong(CONTROL, control.address());
    }

    /** Reads the next datagram; returns its length, or a negated errno ({@code -EAGAIN} if there is none). */
    int read(int fd) {
        header.bytes().putInt(NAME_LENGTH, SOCKADDR_IN_SIZE).putLong(CONTROL_LENGTH, CONTROL_SIZE);
        return (int) libc.recvmsg(fd, header.address(), Sockets.MSG_DONTWAIT);
    }

    /** The bytes of the last datagram, from index 0, in network byte order. */
    ByteBuffer data() {
        return packet;
    }

    /** The IPv4 address of the sender of the last datagram. */
    int sourceAddress() {
        return Sockets.internetAddress(name.bytes(), 0);
    }

    int sourcePort() {
        return Sockets.internetPort(name.bytes(), 0);
    }

    /**
     * The monotonic time at which the kernel received the last datagram. The kernel stamps with the wall clock, so the age of the
     * stamp is what counts; a wall clock that was set meanwhile cannot do harm, because the result is kept between the two
     * times given.
     *
     * @param emptyNanos when the socket was last seen empty: the datagram came later
     * @param nowNanos now
     */
    long arrivalNanos(long emptyNanos, long nowNanos) {
        long stamped = kernelNanos(control.bytes(), header.bytes().getLong(CONTROL_LENGTH));
        if (stamped == 0 || libc.clockGettime(CLOCK_REALTIME, wallClock.address()) < 0) {
            return nowNanos;
        }
        long arrival = nowNanos - (Timespec.nanos(wallClock.bytes(), 0) - stamped);
        return Math.max(emptyNanos, Math.min(arrival, nowNanos));
    }

    /** The wall-clock time of the SO_TIMESTAMPNS record among the control messages, or 0 if there is none. */
    static long kernelNanos(ByteBuffer control, long length) {
        int at = 0;
        while (at + CMSG_HEADER_SIZE <= length) {
            long recordLength = control.getLong(at);
            if (recordLength < CMSG_HEADER_SIZE || at + recordLength > length) {
                return 0;
            }
            if (control.getInt(at + 8) == SOL_SOCKET
                    && control.getInt(at + 12) == SO_TIMESTAMPNS
                    && recordLength >= CMSG_HEADER_SIZE + Timespec.SIZE) {
                return Timespec.nanos(control, at + CMSG_HEADER_SIZE);
            }
            at += (int) (recordLength + 7 & ~7);
        }
        return 0;
    }

    @Override
    public void close() {
        data.close();
        header.close();
        vector.close();
        name.close();
        control.close();
        wallClock.close();
    }
}

package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.IPV6_HOPLIMIT;
import static io.evenkeel.vrrp.netlink.Sockets.IPV6_PKTINFO;
import static io.evenkeel.vrrp.netlink.Sockets.SIN6_ADDR;
import static io.evenkeel.vrrp.netlink.Sockets.SOCKADDR_IN6_SIZE;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_IPV6;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_SOCKET;
import static io.evenkeel.vrrp.netlink.Sockets.SO_TIMESTAMPNS;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Reads datagrams with {@code recvmsg}: the bytes, the sender, the time at which the kernel received them and, where it was asked
 * for, what the IPv6 header said. All memory is reused from one datagram to the next.
 */
final class DatagramReader implements AutoCloseable {
    private static final int CLOCK_REALTIME = 0;

    /** A whole IPv4 header more than a message. */
    private static final int DATA_SIZE = VrrpPort.MAX_MESSAGE + 60;

    private static final int CONTROL_SIZE = 192;
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
    private static final int NONE = -1;

    private final Libc libc;
    private final NativeBuffer data = new NativeBuffer(DATA_SIZE);
    private final NativeBuffer header = new NativeBuffer(HEADER_SIZE);
    private final NativeBuffer vector = new NativeBuffer(16);
    private final NativeBuffer name = new NativeBuffer(SOCKADDR_IN6_SIZE);
    private final NativeBuffer control = new NativeBuffer(CONTROL_SIZE);
    private final NativeBuffer wallClock = new NativeBuffer(Timespec.SIZE);
    private final ByteBuffer networkName = name.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);
    private final ByteBuffer networkControl =
            control.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);
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
        header.bytes().putInt(NAME_LENGTH, SOCKADDR_IN6_SIZE).putLong(CONTROL_LENGTH, CONTROL_SIZE);
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

    /** The first eight bytes of the IPv6 address of the sender of the last datagram. */
    long sourceHigh() {
        return networkName.getLong(SIN6_ADDR);
    }

    /** The last eight bytes of it. */
    long sourceLow() {
        return networkName.getLong(SIN6_ADDR + 8);
    }

    /** The first eight bytes of the IPv6 address that the last datagram was sent to; 0 if the kernel did not say. */
    long destinationHigh() {
        int at = control(SOL_IPV6, IPV6_PKTINFO, 16);
        return at == NONE ? 0 : networkControl.getLong(at);
    }

    /** The last eight bytes of it. */
    long destinationLow() {
        int at = control(SOL_IPV6, IPV6_PKTINFO, 16);
        return at == NONE ? 0 : networkControl.getLong(at + 8);
    }

    /** The hop limit with which the last IPv6 datagram arrived; 0 if the kernel did not say. */
    int hopLimit() {
        int at = control(SOL_IPV6, IPV6_HOPLIMIT, 4);
        return at == NONE ? 0 : control.bytes().getInt(at);
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
        int at = find(control, length, SOL_SOCKET, SO_TIMESTAMPNS, Timespec.SIZE);
        return at == NONE ? 0 : Timespec.nanos(control, at);
    }

    private int control(int level, int type, int size) {
        return find(control.bytes(), header.bytes().getLong(CONTROL_LENGTH), level, type, size);
    }

    /** Where the data of the control message of that level and type begins, or NONE if there is none of that size. */
    static int find(ByteBuffer control, long length, int level, int type, int size) {
        int at = 0;
        while (at + CMSG_HEADER_SIZE <= length) {
            long recordLength = control.getLong(at);
            if (recordLength < CMSG_HEADER_SIZE || at + recordLength > length) {
                return NONE;
            }
            if (control.getInt(at + 8) == level
                    && control.getInt(at + 12) == type
                    && recordLength >= CMSG_HEADER_SIZE + size) {
                return at + CMSG_HEADER_SIZE;
            }
            at += (int) (recordLength + 7 & ~7);
        }
        return NONE;
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

package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.AF_NETLINK;
import static io.evenkeel.vrrp.netlink.Sockets.SOCKADDR_NL_SIZE;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_CLOEXEC;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_NONBLOCK;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_RAW;

import java.nio.ByteBuffer;

/** {@link NetlinkTransport} over a netlink socket of the kernel. */
final class LibcNetlink implements NetlinkTransport {
    private static final int REQUEST_SIZE = 1024;
    private static final int REPLY_SIZE = 64 * 1024;

    /** The kernel answers within the call; this only bounds the wait for a kernel that does not. */
    private static final long REPLY_TIMEOUT_NANOS = 1_000_000_000L;

    private final Libc libc;
    private final String name;
    private final int fd;
    private final PollSet poll;
    private final NativeBuffer kernel = new NativeBuffer(SOCKADDR_NL_SIZE);
    private final NativeBuffer request;
    private final NativeBuffer reply = new NativeBuffer(REPLY_SIZE);

    /** To rtnetlink. */
    LibcNetlink(Libc libc) {
        this(libc, open(libc, 0), "rtnetlink", REQUEST_SIZE);
    }

    private LibcNetlink(Libc libc, int fd, String name, int requestSize) {
        this.libc = libc;
        this.fd = fd;
        this.name = name;
        request = new NativeBuffer(requestSize);
        SocketOptions.wish(libc, fd, Netlink.SOL_NETLINK, Netlink.NETLINK_GET_STRICT_CHK, 1);
        // Linux 4.12; without them a refusal is a number.
        SocketOptions.wish(libc, fd, Sockets.SOL_NETLINK, Sockets.NETLINK_CAP_ACK, 1);
        SocketOptions.wish(libc, fd, Sockets.SOL_NETLINK, Sockets.NETLINK_EXT_ACK, 1);
        poll = new PollSet(libc, fd);
        Sockets.putNetlinkAddress(kernel.bytes(), 0);
    }

    /**
     * To netfilter.
     *
     * @param requestSize the bytes of the longest request
     */
    static LibcNetlink netfilter(Libc libc, int requestSize) {
        int fd = open(libc, Netfilter.NETLINK_NETFILTER, "NETLINK_NETFILTER", 0);
        return new LibcNetlink(libc, fd, "netfilter", requestSize);
    }

    /** Opens a rtnetlink socket that hears the given multicast groups (0 for none). */
    static int open(Libc libc, int groups) {
        return open(libc, Netlink.NETLINK_ROUTE, "NETLINK_ROUTE", groups);
    }

    private static int open(Libc libc, int protocol, String protocolName, int groups) {
        int fd =
                Errno.check(
                        libc.socket(AF_NETLINK, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, protocol),
                        "socket(AF_NETLINK, SOCK_RAW, " + protocolName + ")");
        try (NativeBuffer address = new NativeBuffer(SOCKADDR_NL_SIZE)) {
            Sockets.putNetlinkAddress(address.bytes(), groups);
            int bound = libc.bind(fd, address.address(), SOCKADDR_NL_SIZE);
            if (bound < 0) {
                libc.close(fd);
                throw Errno.failure(-bound, "bind of the " + protocolName + " socket");
            }
        }
        return fd;
    }

    @Override
    public ByteBuffer request() {
        return request.bytes();
    }

    @Override
    public void send(int length) {
        long sent;
        do {
            sent =
                    libc.sendto(
                            fd, request.address(), length, 0, kernel.address(), SOCKADDR_NL_SIZE);
        } while (sent == -Errno.EINTR);
        if (sent < 0) {
            throw Errno.failure((int) -sent, "sendto on the " + name + " socket");
        }
    }

    @Override
    public int receive() {
        long received = tryReceive();
        if (received == -Errno.EAGAIN || received == -Errno.EINTR) {
            // A signal, such as a profiler's, ends a wait early.
            long bound = System.nanoTime() + REPLY_TIMEOUT_NANOS;
            while ((received == -Errno.EAGAIN || received == -Errno.EINTR)
                    && System.nanoTime() < bound) {
                poll.await(bound - System.nanoTime());
                received = tryReceive();
            }
        }
        if (received > REPLY_SIZE) {
            received = -Errno.EMSGSIZE;
        }
        if (received < 0) {
            throw Errno.failure((int) -received, "recv on the " + name + " socket");
        }
        return (int) received;
    }

    /** Returns the length that the reply has, also if it was cut off. */
    private long tryReceive() {
        return libc.recv(fd, reply.address(), REPLY_SIZE, Sockets.MSG_TRUNC);
    }

    @Override
    public ByteBuffer reply() {
        return reply.bytes();
    }

    @Override
    public void close() {
        libc.close(fd);
        poll.close();
        kernel.close();
        request.close();
        reply.close();
    }
}

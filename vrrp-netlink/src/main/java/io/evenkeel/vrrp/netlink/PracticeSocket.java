package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.SOCK_CLOEXEC;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_NONBLOCK;

/** A socket that hears nobody but whoever practises with it, and stamps what arrives as a real one does. */
final class PracticeSocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int MAX_DATAGRAM = 64;

    /** An IPv4 header without options begins so. */
    private static final byte IPV4 = 0x45;

    private final Libc libc;
    private final NativeBuffer datagram = new NativeBuffer(MAX_DATAGRAM);
    private final int fd;
    private final int speaker;

    PracticeSocket(Libc libc) {
        this.libc = libc;
        try (NativeBuffer pair = new NativeBuffer(2 * Integer.BYTES)) {
            Errno.check(
                    libc.socketpair(
                            AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, pair.address()),
                    "socketpair(AF_UNIX, SOCK_DGRAM)");
            fd = pair.bytes().getInt(0);
            speaker = pair.bytes().getInt(Integer.BYTES);
        } catch (NativeCallException e) {
            datagram.close();
            throw e;
        }
        datagram.bytes().put(0, IPV4);
        SocketOptions.wish(libc, fd, Sockets.SOL_SOCKET, Sockets.SO_TIMESTAMPNS, 1);
    }

    /** Where it is to be read. */
    int fd() {
        return fd;
    }

    /** Has a datagram of that length arrive. */
    void say(int length) {
        libc.sendto(speaker, datagram.address(), length, 0, 0, 0);
    }

    @Override
    public void close() {
        libc.close(fd);
        libc.close(speaker);
        datagram.close();
    }
}

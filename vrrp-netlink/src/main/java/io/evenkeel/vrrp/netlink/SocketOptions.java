package io.evenkeel.vrrp.netlink;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Sets socket options; used while a socket is set up, not in the steady state. */
final class SocketOptions {
    private SocketOptions() {}

    static void set(Libc libc, int fd, int level, int option, int value, String name) {
        set(libc, fd, level, option, 4, bytes -> bytes.putInt(0, value), name + "=" + value);
    }

    /** Sets an option that older kernels do not have and that can be done without. */
    static void wish(Libc libc, int fd, int level, int option, int value) {
        try (NativeBuffer bytes = new NativeBuffer(4)) {
            bytes.bytes().putInt(0, value);
            libc.setsockopt(fd, level, option, bytes.address(), 4);
        }
    }

    static void set(Libc libc, int fd, int level, int option, String value, String name) {
        byte[] text = value.getBytes(StandardCharsets.US_ASCII);
        set(libc, fd, level, option, text.length, b -> b.put(0, text), name + "=" + value);
    }

    static void set(
            Libc libc,
            int fd,
            int level,
            int option,
            int length,
            Consumer<ByteBuffer> value,
            String what) {
        try (NativeBuffer bytes = new NativeBuffer(length)) {
            value.accept(bytes.bytes());
            Errno.check(
                    libc.setsockopt(fd, level, option, bytes.address(), length),
                    "setsockopt(" + what + ")");
        }
    }

    /** The size of the receive buffer is a wish: past net.core.rmem_max it needs a capability. */
    static void wishReceiveBuffer(Libc libc, int fd, int size) {
        try (NativeBuffer bytes = new NativeBuffer(4)) {
            bytes.bytes().putInt(0, size);
            int forced =
                    libc.setsockopt(
                            fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUFFORCE, bytes.address(), 4);
            if (forced < 0) {
                Errno.check(
                        libc.setsockopt(
                                fd, Sockets.SOL_SOCKET, Sockets.SO_RCVBUF, bytes.address(), 4),
                        "setsockopt(SO_RCVBUF=" + size + ")");
            }
        }
    }
}

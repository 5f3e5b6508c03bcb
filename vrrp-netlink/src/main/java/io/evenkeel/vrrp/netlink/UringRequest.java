package io.evenkeel.vrrp.netlink;

import java.nio.ByteBuffer;

/** The requests that the heartbeat makes of io_uring, as {@code struct io_uring_sqe} of Linux, 64 bytes each. */
final class UringRequest {
    static final int SIZE = 64;

    /** The next request begins when this one has succeeded, and is cancelled when it has not. */
    static final int LINK = 1 << 2;

    /** The next request begins when this one is done, whatever came of it; but is cancelled with it. */
    static final int HARD_LINK = 1 << 3;

    /** Success is not told. */
    static final int SKIP_SUCCESS = 1 << 6;

    private static final int SENDMSG = 9;
    private static final int TIMEOUT = 11;
    private static final int ASYNC_CANCEL = 14;

    /** The time is one of CLOCK_MONOTONIC, and not a span. */
    private static final int TIMEOUT_ABS = 1;

    /** A timeout that ends is a success, so that what is linked to it begins. */
    private static final int TIMEOUT_ETIME_SUCCESS = 1 << 5;

    private static final int CANCEL_ALL = 1;

    private UringRequest() {}

    /**
     * Waits until a time.
     *
     * @param timespec the address of a {@code struct timespec}, read when the request is submitted
     */
    static void putTimeout(ByteBuffer out, int at, long timespec, int flags, long userData) {
        put(out, at, TIMEOUT, flags, -1, timespec, 1, userData);
        out.putInt(at + 28, TIMEOUT_ABS | TIMEOUT_ETIME_SUCCESS);
    }

    /**
     * Sends a message.
     *
     * @param header the address of a {@code struct msghdr}, which stays as it is until the request is done
     * @param messageFlags as those of {@code sendmsg}
     */
    static void putSend(
            ByteBuffer out,
            int at,
            int fd,
            long header,
            int messageFlags,
            int flags,
            long userData) {
        put(out, at, SENDMSG, flags, fd, header, 1, userData);
        out.putInt(at + 28, messageFlags);
    }

    /** Cancels all requests that have these user data. */
    static void putCancel(ByteBuffer out, int at, long cancelledUserData, long userData) {
        put(out, at, ASYNC_CANCEL, 0, -1, cancelledUserData, 0, userData);
        out.putInt(at + 28, CANCEL_ALL);
    }

    private static void put(
            ByteBuffer out,
            int at,
            int opcode,
            int flags,
            int fd,
            long address,
            int length,
            long userData) {
        for (int i = 0; i < SIZE; i += Long.BYTES) {
            out.putLong(at + i, 0);
        }
        out.put(at, (byte) opcode);
        out.put(at + 1, (byte) flags);
        out.putInt(at + 4, fd);
        out.putLong(at + 16, address);
        out.putInt(at + 24, length);
        out.putLong(at + 32, userData);
    }
}

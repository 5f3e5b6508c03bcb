package io.evenkeel.lb.netty;

import io.netty.channel.IoEventLoop;
import io.netty.channel.unix.Socket;
import java.io.IOException;

/**
 * How a native socket hears of what it can do. Edge-triggered: what was not used is not told again. Used by the loop's
 * thread alone.
 */
interface Readiness {
    // As poll(2) has them, and epoll and io_uring after it.
    int IN = 0x1;
    int URGENT = 0x2;
    int OUT = 0x4;
    int ERROR = 0x8;
    int HANG_UP = 0x10;
    int PEER_HANG_UP = 0x2000;

    /** Hears of it on the loop, until {@link Readiness#closeSocket}. */
    interface Listener {
        /** @param events the bits of what the socket can do now; there may be more of them than were asked for */
        void onReadiness(int events);

        /** @param result of {@link Readiness#post}: how many bytes the kernel took, or a negative error number */
        default void onPosted(int result) {}
    }

    /** Makes one for a socket. */
    interface Source {
        Readiness of(IoEventLoop loop, Socket socket, Listener listener);
    }

    /** Starts to tell of reading and of urgent data, and of writing if {@code alsoWrites}. To be called on the loop. */
    void start(boolean alsoWrites) throws IOException;

    /** Tells of writing too, from now on. */
    void wantWrites();

    /** Does not tell of writing any more, if that saves something. */
    default void wantNoWrites() {}

    /** Whether {@link #post} is there, and saves something. */
    default boolean canPost() {
        return false;
    }

    /**
     * Sends bytes with those of other sockets, by one system call at the end of the loop's turn. {@link Listener#onPosted} follows in
     * any case; until then the memory is the kernel's, and nothing else is sent.
     */
    default void post(long address, int length) {
        throw new UnsupportedOperationException("Nothing can be posted here.");
    }

    /**
     * Closes the socket, as soon as nothing is posted any more; of its readiness nothing is told from now on. Idempotent.
     *
     * @param what it is, for the log
     */
    void closeSocket(String what);
}

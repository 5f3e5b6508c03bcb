package io.evenkeel.lb.netty;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A UDP socket that is connected to a server: the kernel drops what others send to it, and tells that the server's port is unreachable as
 * an error of a later call. Used on its loop.
 */
interface ServerDatagramSocket {
    /** Hears that there is something to receive, an error perhaps; what is left over may not be told again. */
    interface Reader {
        void onReadable();
    }

    /**
     * @return false if the kernel has no room for it now
     * @throws IOException also for what became of an earlier datagram; this one was not sent
     */
    boolean send(ByteBuffer datagram) throws IOException;

    /**
     * Receives one datagram.
     *
     * @param into at least as long as any datagram
     * @return false if none is there
     */
    boolean receive(ByteBuffer into) throws IOException;

    /** Idempotent. */
    void close();
}

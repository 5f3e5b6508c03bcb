package io.evenkeel.lb.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** A bound socket where clients' datagrams arrive and from which they are answered. Registered and used on its loop. */
interface DatagramListenSocket {
    /** Takes what arrives. */
    interface Taker {
        /**
         * @param datagram from its position to its limit; the socket's again when this returns
         * @param local the address that the client has sent it to
         */
        void received(ByteBuffer datagram, InetSocketAddress client, InetAddress local);
    }

    /** Starts to report datagrams, of which those that came before have waited in the kernel. */
    void register(Taker taker) throws IOException;

    /**
     * Sends a datagram from the address that the socket is bound to.
     *
     * @return false if the kernel has no room for it now
     */
    boolean send(ByteBuffer datagram, InetSocketAddress client) throws IOException;

    InetSocketAddress localAddress();

    /** Idempotent; on its loop if it is registered. */
    void close();
}

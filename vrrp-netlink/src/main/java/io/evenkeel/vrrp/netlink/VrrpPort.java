package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import java.nio.ByteBuffer;

/** One socket on which VRRP messages travel. Used by the VRRP thread. */
interface VrrpPort extends AutoCloseable {
    /** {@link #receive} found nothing. */
    int EMPTY = -1;

    /** {@link #receive} read something that is no message for anybody here. */
    int IGNORED = 0;

    int fd();

    /** The primary address, from which advertisements are sent. */
    IpAddress localAddress();

    /** Whether messages can travel now. */
    boolean isUp();

    /**
     * Reads the next message.
     *
     * @param packet filled with it
     * @return its VRID, {@link #IGNORED} or {@link #EMPTY}
     */
    int receive(ReceivedPacket packet);

    /** Where the next message is written, in network byte order. */
    ByteBuffer outgoing();

    /** Sends the first bytes of {@link #outgoing()} to the other routers; returns 0 or a negated errno. */
    int send(int length);

    /** Messages that could not be sent. */
    long sendFailures();

    @Override
    void close();
}

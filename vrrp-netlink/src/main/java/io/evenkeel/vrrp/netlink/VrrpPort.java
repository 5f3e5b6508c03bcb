package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** One socket on which VRRP messages of one family travel. Used by the VRRP thread. */
interface VrrpPort extends AutoCloseable {
    /** {@link #receive} found nothing. */
    int EMPTY = -1;

    /** {@link #receive} read something that is no message for anybody here. */
    int IGNORED = 0;

    /** Room for the largest message: 255 IPv6 addresses and a signature. */
    int MAX_MESSAGE = 4352;

    /** The port on which this one's messages arrive, which several may share. */
    default VrrpPort hearing() {
        return this;
    }

    int fd();

    /** The address from which advertisements are sent; unspecified if there has been none yet. */
    IpAddress localAddress();

    /** Whether anything can be sent from it now. */
    boolean isAddressUsable();

    /** Whether there is such an address now. */
    boolean hasAddress();

    /** Whether the link can carry messages now. */
    boolean isUp();

    /**
     * Reads the next message.
     *
     * @param packet filled with it
     * @return its VRID, {@link #IGNORED} or {@link #EMPTY}
     */
    int receive(ReceivedPacket packet);

    /**
     * Reads made-up messages from a made-up socket until that is quick: the JVM compiles what it has run some hundred times. An
     * Active that was paused has that many to read before its first word, and no other ones until then.
     */
    default void rehearse(ReceivedPacket packet) {}

    /** Where the next message is written, in network byte order. */
    ByteBuffer outgoing();

    /**
     * Sends the first bytes of {@link #outgoing()}; returns 0 or a negated errno.
     *
     * @param destination the group or a peer
     * @param ttl for a peer, its TTL or hop limit; a group always has 255
     */
    int send(int length, IpAddress destination, int ttl);

    /** How the kernel can send its messages by itself, or null if it cannot. */
    @Nullable LaterSends laterSends();

    /** Messages that could not be sent. */
    long sendFailures();

    @Override
    void close();
}

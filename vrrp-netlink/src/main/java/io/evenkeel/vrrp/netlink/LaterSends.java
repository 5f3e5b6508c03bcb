package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.IpAddress;
import java.nio.ByteBuffer;

/** How the kernel is to send the advertisements of a port without the port: what {@code sendmsg} wants to know. */
interface LaterSends {
    /**
     * Has the socket ready, so that messages can be queued for it; nothing is queued at that time.
     *
     * @return what {@link #isCurrent} is asked with, or a negated errno
     */
    default int open() {
        return 0;
    }

    /** Whether what was queued since that opening still leaves by the right interface and from the right address. */
    default boolean isCurrent(int opening) {
        return true;
    }

    /** The socket. */
    int fd();

    /** The flags. */
    int flags();

    /** Bytes of a socket address. */
    int addressSize();

    /** How many messages one advertisement is. */
    int count(Destinations destinations);

    /** Whom each of them is encoded for. */
    IpAddress destination(Destinations destinations, int index);

    /** Writes the socket address of each of them. */
    void putAddress(ByteBuffer out, Destinations destinations, int index);

    /** Writes the control message with the TTL, which takes at most 24 bytes; returns how many. */
    int putControl(ByteBuffer out, Destinations destinations);

    /** One of them could not be sent. */
    void failed();
}

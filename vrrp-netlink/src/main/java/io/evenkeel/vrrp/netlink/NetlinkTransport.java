package io.evenkeel.vrrp.netlink;

import java.nio.ByteBuffer;

/** Carries netlink requests to the kernel and its replies back. The buffers are reused for every request. */
interface NetlinkTransport extends AutoCloseable {
    /** Where the next request is written, in native byte order. */
    ByteBuffer request();

    /** Sends the first bytes of {@link #request()}. */
    void send(int length);

    /** Waits for the next reply and puts it into {@link #reply()}; returns its length. */
    int receive();

    ByteBuffer reply();

    @Override
    void close();
}

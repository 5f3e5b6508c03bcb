package io.evenkeel.lb;

import java.nio.ByteBuffer;

/**
 * Reads of the first datagram of a client what the {@link Balance} goes by, in place of its own key: such as an identifier that a client
 * keeps when its address changes. Called on event loops by several threads, for each new session: it neither waits nor keeps the datagram.
 */
@FunctionalInterface
public interface DatagramKey {
    /**
     * A hash of the key, such as with {@link Hash64}.
     *
     * @param datagram read-only, from its position to its limit; nothing of it may be relied on, for anybody can send it
     * @param otherwise what to return if the datagram has no such key: that of the balance's own key
     */
    long hash(ByteBuffer datagram, long otherwise);
}

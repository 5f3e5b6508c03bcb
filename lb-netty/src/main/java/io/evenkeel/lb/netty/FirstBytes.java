package io.evenkeel.lb.netty;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** What a client has sent so far, kept while it is looked at: nothing, then as much as it needs from 64 B on, at most 16 KiB. */
final class FirstBytes {
    /** The most that is looked at, and the most that a TLS record holds. */
    static final int CAPACITY = 16 * 1024;

    /** Little for those who send a byte at a time, of whom there may be many. */
    private static final int FIRST_SIZE = 64;

    private byte[] bytes = {};
    private int length;

    /** Position to limit must fit in {@link #room}. */
    void append(ByteBuffer more) {
        int wanted = length + more.remaining();
        if (wanted > bytes.length) {
            int size = Math.max(FIRST_SIZE, Integer.highestOneBit(wanted - 1) << 1);
            bytes = Arrays.copyOf(bytes, Math.min(size, CAPACITY));
        }
        int count = more.remaining();
        more.get(bytes, length, count);
        length += count;
    }

    byte[] bytes() {
        return bytes;
    }

    /** How many of {@link #bytes} count. */
    int length() {
        return length;
    }

    /** Forgets that many at the front. */
    void removeFirst(int count) {
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
    }

    int room() {
        return CAPACITY - length;
    }
}

package io.evenkeel.lb.peers;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the parts of a message. What would go beyond its end is a {@link PeerProtocolException}. */
final class PeerReader {
    private static final int LONGEST_SHIFT = 60;

    private final byte[] bytes;
    private final int end;
    private int at;

    PeerReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    boolean hasMore() {
        return at < end;
    }

    int position() {
        return at;
    }

    int remaining() {
        return end - at;
    }

    int octet() {
        require(1);
        return bytes[at++] & 0xff;
    }

    /** Four bytes, without sign. */
    long fixed() {
        require(4);
        long value = 0;
        for (int i = 0; i < 4; i++) {
            value = value << 8 | bytes[at++] & 0xff;
        }
        return value;
    }

    /** See {@link PeerWriter#number}. */
    long number() {
        long value = octet();
        if (value < PeerWriter.ONE_BYTE_END) {
            return value;
        }
        int shift = 4;
        int next;
        do {
            if (shift > LONGEST_SHIFT) {
                throw new PeerProtocolException("a number has more than 64 bits");
            }
            next = octet();
            value += (long) next << shift;
            shift += 7;
        } while (next >= 0x80);
        return value;
    }

    /** A number that says how many bytes follow, all of which are there. */
    int count() {
        long count = number();
        if (count < 0 || count > remaining()) {
            throw new PeerProtocolException("a message ends within a field");
        }
        return (int) count;
    }

    byte[] bytes(int count) {
        require(count);
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    String text() {
        return new String(bytes(count()), StandardCharsets.UTF_8);
    }

    /** What the next bytes say, which are left out here. */
    PeerReader part(int count) {
        require(count);
        at += count;
        return new PeerReader(bytes, at - count, at);
    }

    private void require(int count) {
        if (count < 0 || end - at < count) {
            throw new PeerProtocolException("a message ends within a field");
        }
    }
}

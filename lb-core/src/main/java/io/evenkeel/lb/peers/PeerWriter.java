package io.evenkeel.lb.peers;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes that are to be sent, and how the protocol writes numbers. */
final class PeerWriter {
    /** Numbers below it are one byte. */
    static final int ONE_BYTE_END = 0xf0;

    private static final int FIRST_SIZE = 256;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int start;
    private int end;

    int length() {
        return end - start;
    }

    void clear() {
        start = 0;
        end = 0;
    }

    PeerWriter octet(int value) {
        reserve(1);
        bytes[end++] = (byte) value;
        return this;
    }

    /** Four bytes, the most significant first. */
    PeerWriter fixed(long value) {
        return octet((int) (value >>> 24))
                .octet((int) (value >>> 16))
                .octet((int) (value >>> 8))
                .octet((int) value);
    }

    /** A number of 64 bits without sign: four bits beside a mark, then seven in each byte, the least significant first. */
    PeerWriter number(long value) {
        if (value >= 0 && value < ONE_BYTE_END) {
            return octet((int) value);
        }
        octet((int) value | ONE_BYTE_END);
        long rest = value - ONE_BYTE_END >>> 4;
        while (rest >= 0x80) {
            octet((int) rest | 0x80);
            rest = rest - 0x80 >>> 7;
        }
        return octet((int) rest);
    }

    PeerWriter bytes(byte[] source) {
        reserve(source.length);
        System.arraycopy(source, 0, bytes, end, source.length);
        end += source.length;
        return this;
    }

    PeerWriter text(byte[] source) {
        return number(source.length).bytes(source);
    }

    /** All of the other, with its length before it. */
    PeerWriter counted(PeerWriter other) {
        number(other.length());
        reserve(other.length());
        System.arraycopy(other.bytes, other.start, bytes, end, other.length());
        end += other.length();
        return this;
    }

    byte[] toBytes() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    /** Moves what there is room for. */
    void drainTo(ByteBuffer out) {
        int count = Math.min(out.remaining(), length());
        out.put(bytes, start, count);
        start += count;
        if (start == end) {
            clear();
        }
    }

    private void reserve(int more) {
        if (bytes.length - end < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + more));
        }
    }
}

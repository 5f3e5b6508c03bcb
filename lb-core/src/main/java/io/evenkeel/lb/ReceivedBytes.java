package io.evenkeel.lb;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** The start of what a server has said, up to a limit. Not thread-safe. */
final class ReceivedBytes {
    private static final int FIRST_CAPACITY = 256;

    private final int limit;
    private byte[] bytes = new byte[0];
    private int length;

    ReceivedBytes(int limit) {
        this.limit = limit;
    }

    /** Takes as many of these as there is room for. */
    void add(ByteBuffer more) {
        int taken = Math.min(more.remaining(), limit - length);
        if (length + taken > bytes.length) {
            int capacity = Math.max(FIRST_CAPACITY, Math.max(length + taken, 2 * bytes.length));
            bytes = Arrays.copyOf(bytes, Math.min(limit, capacity));
        }
        more.get(bytes, length, taken);
        length += taken;
    }

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    boolean isFull() {
        return length == limit;
    }

    /** Each byte as a character. */
    String text() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    /** In hexadecimal, in capitals. */
    String hexadecimal() {
        return HexFormat.of().withUpperCase().formatHex(bytes, 0, length);
    }
}

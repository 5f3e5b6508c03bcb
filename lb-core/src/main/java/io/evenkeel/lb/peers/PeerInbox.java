package io.evenkeel.lb.peers;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What has arrived of a peer and is not whole yet. Bounded by the longest message. */
final class PeerInbox {
    /** Above the longest key, server and all counts. */
    private static final int LONGEST_MESSAGE = 80_000;

    private static final int LONGEST_HEADER = 12;

    /** Of the number that says how long a message is, as in HAProxy; the longest message needs three. */
    private static final int LONGEST_LENGTH = 5;

    private static final int LONGEST_LINE = 512;
    private static final int FIRST_SIZE = 4_096;

    private byte[] bytes = new byte[FIRST_SIZE];
    private int start;
    private int end;

    /** Takes what there is room for; the rest once messages were taken out. False if there is none. */
    boolean add(ByteBuffer in) {
        if (start > 0) {
            System.arraycopy(bytes, start, bytes, 0, end - start);
            end -= start;
            start = 0;
        }
        if (bytes.length - end < in.remaining() && bytes.length < LONGEST_MESSAGE) {
            bytes =
                    Arrays.copyOf(
                            bytes,
                            Math.min(
                                    LONGEST_MESSAGE,
                                    Math.max(2 * bytes.length, end + in.remaining())));
        }
        int count = Math.min(in.remaining(), bytes.length - end);
        in.get(bytes, end, count);
        end += count;
        return count > 0;
    }

    /** The next line, without its end; null if it is not whole yet. */
    @Nullable String line() {
        for (int i = start; i < end; i++) {
            if (bytes[i] == '\n') {
                int length = i - start - (i > start && bytes[i - 1] == '\r' ? 1 : 0);
                String line = new String(bytes, start, length, StandardCharsets.UTF_8);
                start = i + 1;
                return line;
            }
        }
        if (end - start > LONGEST_LINE) {
            throw new PeerProtocolException("a line has more than " + LONGEST_LINE + " bytes");
        }
        return null;
    }

    /** The next message with its two bytes of class and type, and without its length; null if it is not whole yet. */
    @Nullable PeerReader message() {
        if (end - start < 2) {
            return null;
        }
        int header = start;
        if ((bytes[start + 1] & 0xff) < PeerMessages.WITH_LENGTH) {
            start += 2;
            return new PeerReader(bytes, header, start);
        }
        int lengthEnd = start + 2;
        while (lengthEnd < end && isContinued(lengthEnd)) {
            lengthEnd++;
            if (lengthEnd - start - 2 >= LONGEST_LENGTH) {
                throw new PeerProtocolException(
                        "the length of a message has more than " + LONGEST_LENGTH + " bytes");
            }
        }
        if (lengthEnd >= end) {
            return null;
        }
        PeerReader length = new PeerReader(bytes, start + 2, lengthEnd + 1);
        long count = length.number();
        if (count < 0 || count > LONGEST_MESSAGE - LONGEST_HEADER) {
            throw new PeerProtocolException("a message has " + count + " bytes");
        }
        int body = lengthEnd + 1;
        if (end - body < count) {
            return null;
        }
        // Class and type move up to what they are about.
        bytes[body - 1] = bytes[header + 1];
        bytes[body - 2] = bytes[header];
        start = body + (int) count;
        return new PeerReader(bytes, body - 2, start);
    }

    /** Whether the number of which this is a byte goes on after it. */
    private boolean isContinued(int at) {
        int octet = bytes[at] & 0xff;
        return at == start + 2 ? octet >= PeerWriter.ONE_BYTE_END : octet >= 0x80;
    }
}

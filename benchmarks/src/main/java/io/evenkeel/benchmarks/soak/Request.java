package io.evenkeel.benchmarks.soak;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of a server, in the first bytes of its connection.
 *
 * @param id the connection's number
 * @param length how many bytes of payload the server has to send
 * @param echo whether it sends those that it receives; otherwise it makes them itself
 */
record Request(long id, int length, boolean echo) {
    static final int BYTES = 14;

    /** What a check sends, and wants to have back. */
    static final String CHECK = "CHECK\r\n";

    /** The first byte of all. */
    static final int MAGIC = 0xEE;

    byte[] bytes() {
        return ByteBuffer.allocate(BYTES)
                .put((byte) MAGIC)
                .put((byte) (echo ? 1 : 0))
                .putLong(id)
                .putInt(length)
                .array();
    }

    /**
     * Reads one, and what comes before it: a PROXY header, a TLS ClientHello.
     *
     * @return null if the connection ended before, or is that of a check
     */
    static @Nullable Request read(InputStream in) throws IOException {
        while (true) {
            int first = in.read();
            switch (first) {
                case -1, 'C' -> {
                    return null;
                }
                case 'P' -> skipLine(in);
                // Version 2: twelve bytes that begin so, version, family, length.
                case '\r' -> {
                    byte[] head = exactly(in, 15);
                    exactly(in, ByteBuffer.wrap(head, 13, 2).getShort() & 0xFFFF);
                }
                case 0x16 -> {
                    byte[] head = exactly(in, 4);
                    exactly(in, ByteBuffer.wrap(head, 2, 2).getShort() & 0xFFFF);
                }
                case MAGIC -> {
                    ByteBuffer rest = ByteBuffer.wrap(exactly(in, BYTES - 1));
                    boolean echo = rest.get() == 1;
                    return new Request(rest.getLong(), rest.getInt(), echo);
                }
                default ->
                        throw new WrongByteException(
                                "A connection begins with byte %d, which no client sends."
                                        .formatted(first));
            }
        }
    }

    /** The header that a proxy in front would send, version 1. */
    static byte[] proxyHeader(String source, int sourcePort, String target, int targetPort) {
        return "PROXY TCP4 %s %s %d %d\r\n"
                .formatted(source, target, sourcePort, targetPort)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static void skipLine(InputStream in) throws IOException {
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }
}

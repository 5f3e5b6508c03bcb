package io.evenkeel.vrrp;

import java.nio.ByteBuffer;

/** Gives a fuzzed message the length, signature or checksum that its other bytes ask for. */
final class FuzzedMending {

    static final byte[] SECRET = Packets.bytes("00010203".repeat(8));

    private static final int TRAILER = 28;
    private static final int MAC = 16;
    private static final long WALL_SECONDS = FuzzedPackets.WALL_NANOS / 1_000_000_000L;

    private final ByteBuffer buffer;
    private final byte[] bytes;
    private final byte[] covered = new byte[6_000];
    private final HmacSha256 hmac = new HmacSha256(SECRET);
    private boolean ipv4;
    private int start;
    private int length;
    private long sourceHigh;
    private long sourceLow;

    FuzzedMending(ByteBuffer buffer, byte[] bytes) {
        this.buffer = buffer;
        this.bytes = bytes;
    }

    void begin(boolean ipv4, int start, int length, long sourceHigh, long sourceLow) {
        this.ipv4 = ipv4;
        this.start = start;
        this.length = length;
        this.sourceHigh = sourceHigh;
        this.sourceLow = sourceLow;
    }

    int messageLength() {
        return length;
    }

    private int version() {
        return (bytes[start] & 0xff) >>> 4;
    }

    private int wanted() {
        int addresses = (ipv4 ? 4 : 16) * (bytes[start + 3] & 0xff);
        return 8 + addresses + (version() == 2 ? 8 : 0);
    }

    /** As long as the count of addresses says; what is missing is repeated from the beginning. */
    void length(boolean trailed) {
        if (length < 8) {
            return;
        }
        int to = wanted() + (trailed ? TRAILER : 0);
        for (int i = length; i < to; i++) {
            bytes[start + i] = bytes[start + 8 + (i - 8) % Math.max(1, length - 8)];
        }
        length = to;
    }

    /** Signs what stands there: with the scheme, key and time of the bytes, or with a new time. */
    void sign(int sequence) {
        int message = length - TRAILER;
        if (message < 8) {
            return;
        }
        int trailer = start + message;
        if (sequence > 0) {
            buffer.putShort(trailer, (short) 0x0101).putShort(trailer + 2, (short) 0);
            buffer.putLong(trailer + 4, WALL_SECONDS << 32 | sequence);
        }
        ByteBuffer out = ByteBuffer.wrap(covered);
        out.put((byte) (ipv4 ? 4 : 6)).put((byte) version()).put(bytes[start + 1]).put((byte) 0);
        out.putLong(ipv4 ? sourceLow << 32 : sourceHigh).putLong(ipv4 ? 0 : sourceLow);
        out.put(bytes, start, message + TRAILER - MAC).putLong(0).putLong(0);
        out.putShort(20 + 6, (short) 0);
        byte[] mac = hmac.of(covered, out.position());
        System.arraycopy(mac, 0, bytes, start + length - MAC, MAC);
    }

    /** The checksum over the message or over all of it, with or without a pseudo-header. */
    void checksum(boolean pseudo, long toHigh, long toLow, boolean overAll) {
        if (length < 8) {
            return;
        }
        int covers = overAll ? length : Math.min(length, wanted());
        buffer.putShort(start + 6, (short) 0);
        long sum = Checksum.sum(buffer, start, covers);
        if (pseudo && version() != 2) {
            sum += Checksum.pseudoHeader(112, sourceHigh, sourceLow, toHigh, toLow, covers);
        }
        buffer.putShort(start + 6, (short) Checksum.complement(sum));
    }
}

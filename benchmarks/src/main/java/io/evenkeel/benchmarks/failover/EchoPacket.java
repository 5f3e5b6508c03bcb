package io.evenkeel.benchmarks.failover;

import java.nio.ByteBuffer;

/** An ICMP echo request (RFC 792) that carries its number, of 32 bits, where the sequence number would soon wrap. */
final class EchoPacket {
    static final byte REQUEST = 8;
    static final byte REPLY = 0;
    static final int ID = 0x4556;
    static final int NUMBER_AT = 8;
    static final int LENGTH = 16;

    private EchoPacket() {}

    /** Writes request {@code number} to the first {@link #LENGTH} bytes. */
    static void encode(int number, byte[] packet) {
        ByteBuffer bytes = ByteBuffer.wrap(packet);
        bytes.put(0, REQUEST).put(1, (byte) 0).putShort(2, (short) 0);
        bytes.putShort(4, (short) ID).putShort(6, (short) number);
        bytes.putInt(NUMBER_AT, number).putInt(NUMBER_AT + 4, 0);
        int sum = 0;
        for (int at = 0; at < LENGTH; at += 2) {
            sum += bytes.getShort(at) & 0xffff;
        }
        sum = (sum & 0xffff) + (sum >>> 16);
        bytes.putShort(2, (short) ~(sum + (sum >>> 16)));
    }
}

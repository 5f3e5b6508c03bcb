package io.evenkeel.vrrp;

import java.nio.ByteBuffer;

/** The Internet checksum (RFC 1071): sums are kept wide and folded at the end. */
final class Checksum {

    private Checksum() {}

    /** The sum of the 16-bit words; a last odd byte counts as the upper half of a word. */
    static long sum(ByteBuffer buffer, int offset, int length) {
        long sum = 0;
        int end = offset + length - 1;
        int i = offset;
        for (; i < end; i += 2) {
            sum += buffer.getShort(i) & 0xffff;
        }
        return i == end ? sum + ((buffer.get(i) & 0xff) << 8) : sum;
    }

    /**
     * The sum over a pseudo-header of either family: {source, destination, 0, protocol, length} of RFC 5798,
     * section 5.2.8, for IPv4, and that of RFC 8200, section 8.1, for IPv6. An IPv4 address has a high
     * part of 0, and so adds the same.
     */
    static long pseudoHeader(
            int protocol,
            long sourceHigh,
            long sourceLow,
            long destinationHigh,
            long destinationLow,
            int length) {
        return words(sourceHigh)
                + words(sourceLow)
                + words(destinationHigh)
                + words(destinationLow)
                + protocol
                + length;
    }

    private static long words(long bits) {
        return (bits >>> 48) + (bits >>> 32 & 0xffff) + (bits >>> 16 & 0xffff) + (bits & 0xffff);
    }

    /** The field's value for a sum over a message whose checksum field is zero. */
    static int complement(long sum) {
        return ~fold(sum) & 0xffff;
    }

    /** Whether a sum that includes the checksum field says that the message is whole. */
    static boolean isRight(long sum) {
        return fold(sum) == 0xffff;
    }

    private static int fold(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xffff) + (folded >>> 16);
        }
        return (int) folded;
    }
}

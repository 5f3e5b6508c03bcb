package io.evenkeel.lb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An address of IPv4 or IPv6, as its bytes. Ordered by family, IPv4 first, and then by the bytes, unsigned. Immutable. */
public final class IpAddress implements Comparable<IpAddress> {
    private final byte[] bytes;

    private IpAddress(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * The address of these bytes, most significant first.
     *
     * @throws IllegalArgumentException if they are neither 4 nor 16
     */
    public static IpAddress of(byte[] bytes) {
        if (bytes.length != 4 && bytes.length != 16) {
            throw new IllegalArgumentException(
                    "An address has 4 or 16 bytes, not " + bytes.length + ".");
        }
        return new IpAddress(bytes.clone());
    }

    /** Reads {@code 192.0.2.1} or {@code 2001:db8::1}; null if the text is something else, such as a name. */
    public static @Nullable IpAddress parse(String text) {
        AddressBlock block = text.indexOf('/') < 0 ? AddressBlock.parse(text) : null;
        if (block == null) {
            return null;
        }
        boolean six = text.indexOf(':') >= 0;
        byte[] bytes = new byte[six ? 16 : 4];
        for (int i = 0; i < bytes.length; i++) {
            int shift = 8 * (bytes.length - 1 - i);
            bytes[i] = (byte) (shift >= 64 ? block.high() >>> (shift - 64) : block.low() >>> shift);
        }
        return new IpAddress(bytes);
    }

    /** A copy of the 4 or 16 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether it is one of IPv6. */
    public boolean isIpv6() {
        return bytes.length == 16;
    }

    @Override
    public int compareTo(IpAddress other) {
        return bytes.length == other.bytes.length
                ? Arrays.compareUnsigned(bytes, other.bytes)
                : Integer.compare(bytes.length, other.bytes.length);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** As people write it; of IPv6 in the form of RFC 5952. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (!isIpv6()) {
            for (byte octet : bytes) {
                text.append(text.isEmpty() ? "" : ".").append(octet & 0xff);
            }
            return text.toString();
        }
        int gap = longestGap();
        for (int i = 0; i < 8; i++) {
            if (i == gap) {
                text.append("::");
                while (i < 8 && group(i) == 0) {
                    i++;
                }
                if (i == 8) {
                    break;
                }
            } else if (i > 0) {
                text.append(':');
            }
            text.append(Integer.toHexString(group(i)));
        }
        return text.toString();
    }

    private int group(int index) {
        return (bytes[2 * index] & 0xff) << 8 | bytes[2 * index + 1] & 0xff;
    }

    /** Where the longest run of two zero groups or more starts, or -1. */
    private int longestGap() {
        int found = -1;
        int longest = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && group(end) == 0) {
                end++;
            }
            if (end - i > longest) {
                found = i;
                longest = end - i;
            }
            i = Math.max(i, end - 1);
        }
        return found;
    }
}

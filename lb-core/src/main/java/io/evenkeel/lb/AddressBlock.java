package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses with a common prefix (CIDR). IPv4 addresses are held in their form within IPv6, {@code ::ffff:0:0/96}, so that
 * one comparison serves both and a client that is seen as {@code ::ffff:192.0.2.1} is one of 192.0.2.0/24.
 *
 * @param high the first 64 bits, those beyond the prefix zero
 * @param low the other 64 bits
 * @param length bits of the prefix, 0 to 128
 */
record AddressBlock(long high, long low, int length) {
    private static final long MAPPED = 0xffff_0000_0000L;

    AddressBlock {
        high &= highMask(length);
        low &= lowMask(length);
    }

    boolean contains(long otherHigh, long otherLow) {
        return (otherHigh & highMask(length)) == high && (otherLow & lowMask(length)) == low;
    }

    static long highMask(int length) {
        return length >= 64 ? -1L : length == 0 ? 0L : -1L << (64 - length);
    }

    static long lowMask(int length) {
        return length <= 64 ? 0L : -1L << (128 - length);
    }

    /** The first half of an address of 4 or 16 bytes. */
    static long high(byte[] address) {
        return address.length == 4 ? 0 : number(address, 0, 8);
    }

    /** The second half of an address of 4 or 16 bytes. */
    static long low(byte[] address) {
        return address.length == 4
                ? MAPPED | number(address, 0, 4)
                : number(address, address.length - 8, 8);
    }

    private static long number(byte[] bytes, int from, int count) {
        long number = 0;
        for (int i = from; i < from + count; i++) {
            number = number << 8 | bytes[i] & 0xff;
        }
        return number;
    }

    /**
     * Reads {@code 192.0.2.0/24}, {@code 192.0.2.0/255.255.255.0}, {@code 2001:db8::/32} or a single address. Bits beyond
     * the prefix are ignored. Null if it is something else.
     */
    static @Nullable AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        String mask = slash < 0 ? null : text.substring(slash + 1);
        if (address.indexOf(':') < 0) {
            long ipv4 = ipv4(address);
            int length = mask == null ? 32 : ipv4Length(mask);
            return ipv4 < 0 || length < 0 ? null : new AddressBlock(0, MAPPED | ipv4, 96 + length);
        }
        long[] halves = ipv6(address);
        int length = mask == null ? 128 : decimal(mask, 128);
        return halves == null || length < 0 ? null : new AddressBlock(halves[0], halves[1], length);
    }

    private static int ipv4Length(String mask) {
        if (mask.indexOf('.') < 0) {
            return decimal(mask, 32);
        }
        long bits = ipv4(mask);
        int length = Long.bitCount(bits);
        return bits == (-1L << (32 - length) & 0xffff_ffffL) ? length : -1;
    }

    private static long ipv4(String text) {
        String[] octets = text.split("[.]", -1);
        if (octets.length != 4) {
            return -1;
        }
        long number = 0;
        for (String octet : octets) {
            int value = decimal(octet, 255);
            if (value < 0) {
                return -1;
            }
            number = number << 8 | value;
        }
        return number;
    }

    private static long @Nullable [] ipv6(String text) {
        int gap = text.indexOf("::");
        List<Integer> head = groups(gap < 0 ? text : text.substring(0, gap));
        List<Integer> tail = gap < 0 ? List.of() : groups(text.substring(gap + 2));
        if (head == null || tail == null) {
            return null;
        }
        int missing = 8 - head.size() - tail.size();
        if (gap < 0 ? missing != 0 : missing < 1) {
            return null;
        }
        long[] halves = new long[2];
        for (int i = 0; i < 8; i++) {
            int group =
                    i < head.size()
                            ? head.get(i)
                            : i < head.size() + missing ? 0 : tail.get(i - head.size() - missing);
            halves[i / 4] = halves[i / 4] << 16 | group;
        }
        return halves;
    }

    private static @Nullable List<Integer> groups(String text) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (i == parts.length - 1 && part.indexOf('.') >= 0) {
                long ipv4 = ipv4(part);
                if (ipv4 < 0) {
                    return null;
                }
                groups.add((int) (ipv4 >> 16));
                groups.add((int) (ipv4 & 0xffff));
            } else if (part.matches("[0-9a-fA-F]{1,4}")) {
                groups.add(Integer.parseInt(part, 16));
            } else {
                return null;
            }
        }
        return groups;
    }

    private static int decimal(String text, int most) {
        if (!text.matches("[0-9]{1,3}")) {
            return -1;
        }
        int value = Integer.parseInt(text);
        return value <= most ? value : -1;
    }
}

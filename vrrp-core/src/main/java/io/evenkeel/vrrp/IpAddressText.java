package io.evenkeel.vrrp;

import java.util.Arrays;

/** Reads and writes address literals. */
final class IpAddressText {

    private static final int GROUPS = 8;

    private IpAddressText() {}

    static IpAddress parse(String text) {
        if (text.indexOf(':') < 0) {
            long bits = ipv4Bits(text, 0, text.length());
            if (bits < 0) {
                throw notAnAddress(text);
            }
            return IpAddress.ofIpv4((int) bits);
        }
        return parseIpv6(text);
    }

    private static IpAddress parseIpv6(String text) {
        int[] groups = new int[GROUPS];
        int count = 0;
        int compressedAt = -1;
        int position = 0;
        if (text.startsWith("::")) {
            compressedAt = 0;
            position = 2;
        }
        while (position < text.length()) {
            int end = text.indexOf(':', position);
            if (end < 0) {
                end = text.length();
            }
            if (text.indexOf('.', position) >= 0 && end == text.length()) {
                long bits = ipv4Bits(text, position, end);
                if (bits < 0 || count > GROUPS - 2) {
                    throw notAnAddress(text);
                }
                groups[count++] = (int) (bits >>> 16);
                groups[count++] = (int) (bits & 0xffff);
                position = end;
                continue;
            }
            int group = hexGroup(text, position, end);
            if (group < 0 || count == GROUPS) {
                throw notAnAddress(text);
            }
            groups[count++] = group;
            position = end;
            if (position == text.length()) {
                break;
            }
            position++;
            if (position == text.length()) {
                throw notAnAddress(text);
            }
            if (text.charAt(position) == ':') {
                if (compressedAt >= 0) {
                    throw notAnAddress(text);
                }
                compressedAt = count;
                position++;
            }
        }
        if (compressedAt < 0 ? count != GROUPS : count == GROUPS) {
            throw notAnAddress(text);
        }
        if (compressedAt >= 0) {
            int tail = count - compressedAt;
            System.arraycopy(groups, compressedAt, groups, GROUPS - tail, tail);
            Arrays.fill(groups, compressedAt, GROUPS - tail, 0);
        }
        return IpAddress.ofIpv6(half(groups, 0), half(groups, 4));
    }

    private static long half(int[] groups, int from) {
        long half = 0;
        for (int i = from; i < from + 4; i++) {
            half = half << 16 | groups[i];
        }
        return half;
    }

    private static int hexGroup(String text, int from, int to) {
        if (to <= from || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /** The address, or -1. A leading zero is refused: some readers take it for octal. */
    private static long ipv4Bits(String text, int from, int to) {
        long bits = 0;
        int octets = 0;
        int position = from;
        while (true) {
            int start = position;
            int value = 0;
            while (position < to && text.charAt(position) >= '0' && text.charAt(position) <= '9') {
                value = value * 10 + text.charAt(position) - '0';
                position++;
                if (value > 255) {
                    return -1;
                }
            }
            int digits = position - start;
            if (digits == 0 || digits > 1 && text.charAt(start) == '0') {
                return -1;
            }
            bits = bits << 8 | value;
            octets++;
            if (position == to) {
                return octets == 4 ? bits : -1;
            }
            if (text.charAt(position) != '.' || octets == 4) {
                return -1;
            }
            position++;
        }
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no IP address; write one such as 192.0.2.10 or 2001:db8::10.");
    }

    static String format(IpAddress address) {
        StringBuilder text = new StringBuilder(address.isIpv4() ? 15 : 39);
        if (address.isIpv4()) {
            int bits = address.ipv4Bits();
            for (int shift = 24; shift >= 0; shift -= 8) {
                text.append(bits >>> shift & 0xff);
                if (shift > 0) {
                    text.append('.');
                }
            }
            return text.toString();
        }
        int longestAt = -1;
        int longest = 1;
        for (int i = 0; i < GROUPS; i++) {
            int run = 0;
            while (i + run < GROUPS && group(address, i + run) == 0) {
                run++;
            }
            if (run > longest) {
                longest = run;
                longestAt = i;
            }
            i += run;
        }
        for (int i = 0; i < GROUPS; i++) {
            if (i == longestAt) {
                text.append("::");
                i += longest - 1;
                continue;
            }
            boolean afterCompression = longestAt >= 0 && i == longestAt + longest;
            if (i > 0 && !afterCompression) {
                text.append(':');
            }
            text.append(Integer.toHexString(group(address, i)));
        }
        return text.toString();
    }

    private static int group(IpAddress address, int index) {
        long half = index < 4 ? address.high() : address.low();
        return (int) (half >>> (48 - 16 * (index % 4)) & 0xffff);
    }
}

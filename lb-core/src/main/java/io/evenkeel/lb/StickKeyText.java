package io.evenkeel.lb;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.StringJoiner;

/** Keys of stick tables as people write them; of an IPv6 address the form of RFC 5952. */
final class StickKeyText {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int GROUPS = 8;

    private StickKeyText() {}

    static String format(StickKeyType type, byte[] bytes) {
        return switch (type.kind()) {
            case IP -> ipv4(bytes, 0);
            case IPV6 -> ipv6(bytes);
            case INTEGER -> Integer.toUnsignedString(integer(bytes));
            case STRING -> new String(bytes, StandardCharsets.UTF_8);
            case BINARY -> HexFormat.of().formatHex(bytes);
        };
    }

    static StickKey parse(StickKeyType type, String text) {
        StickKeyBuffer buffer = new StickKeyBuffer(type);
        boolean taken;
        try {
            taken =
                    switch (type.kind()) {
                        case IP, IPV6 -> buffer.setAddress(address(text));
                        case INTEGER -> buffer.setInteger(Integer.parseUnsignedInt(text));
                        case STRING -> buffer.setText(text);
                        case BINARY -> {
                            byte[] bytes = HexFormat.of().parseHex(text);
                            yield buffer.setBytes(bytes, 0, bytes.length);
                        }
                    };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(none(type, text), e);
        }
        if (!taken) {
            throw new IllegalArgumentException(none(type, text));
        }
        return buffer.toKey();
    }

    private static String none(StickKeyType type, String text) {
        return "'" + text + "' is no key of type " + type;
    }

    private static int integer(byte[] bytes) {
        return (bytes[0] & 0xff) << 24
                | (bytes[1] & 0xff) << 16
                | (bytes[2] & 0xff) << 8
                | bytes[3] & 0xff;
    }

    private static String ipv4(byte[] bytes, int from) {
        StringJoiner octets = new StringJoiner(".");
        for (int i = from; i < from + IPV4_BYTES; i++) {
            octets.add(Integer.toString(bytes[i] & 0xff));
        }
        return octets.toString();
    }

    private static String ipv6(byte[] bytes) {
        if (StickKeyBuffer.isMapped(bytes)) {
            return "::ffff:" + ipv4(bytes, IPV6_BYTES - IPV4_BYTES);
        }
        int gap = 0;
        int gapLength = 1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && group(bytes, end) == 0) {
                end++;
            }
            if (end - i > gapLength) {
                gap = i;
                gapLength = end - i;
            }
        }
        return gapLength == 1
                ? groups(bytes, 0, GROUPS)
                : groups(bytes, 0, gap) + "::" + groups(bytes, gap + gapLength, GROUPS);
    }

    private static String groups(byte[] bytes, int from, int to) {
        StringJoiner groups = new StringJoiner(":");
        for (int i = from; i < to; i++) {
            groups.add(Integer.toHexString(group(bytes, i)));
        }
        return groups.toString();
    }

    private static int group(byte[] bytes, int index) {
        return (bytes[2 * index] & 0xff) << 8 | bytes[2 * index + 1] & 0xff;
    }

    private static byte[] address(String text) {
        if (text.indexOf(':') < 0) {
            byte[] address = new byte[IPV4_BYTES];
            octets(text, address, 0);
            return address;
        }
        byte[] address = new byte[IPV6_BYTES];
        int gap = text.indexOf("::");
        if (gap < 0) {
            require(fill(text, address, true) == IPV6_BYTES);
            return address;
        }
        int before = fill(text.substring(0, gap), address, false);
        byte[] after = new byte[IPV6_BYTES];
        int count = fill(text.substring(gap + 2), after, true);
        require(before + count < IPV6_BYTES);
        System.arraycopy(after, 0, address, IPV6_BYTES - count, count);
        return address;
    }

    /** Returns how many bytes the groups are; the last one may be an IPv4 address at the end of the text. */
    private static int fill(String groups, byte[] target, boolean last) {
        if (groups.isEmpty()) {
            return 0;
        }
        int at = 0;
        for (String group : groups.split(":", -1)) {
            if (group.indexOf('.') >= 0) {
                require(last && groups.endsWith(group) && at + IPV4_BYTES <= IPV6_BYTES);
                octets(group, target, at);
                at += IPV4_BYTES;
            } else {
                require(group.matches("[0-9a-fA-F]{1,4}") && at + 2 <= IPV6_BYTES);
                int value = Integer.parseInt(group, 16);
                target[at++] = (byte) (value >>> 8);
                target[at++] = (byte) value;
            }
        }
        return at;
    }

    private static void octets(String text, byte[] target, int from) {
        String[] octets = text.split("[.]", -1);
        require(octets.length == IPV4_BYTES);
        for (int i = 0; i < IPV4_BYTES; i++) {
            require(octets[i].matches("0|[1-9][0-9]{0,2}") && Integer.parseInt(octets[i]) <= 255);
            target[from + i] = (byte) Integer.parseInt(octets[i]);
        }
    }

    private static void require(boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException("not an address");
        }
    }
}

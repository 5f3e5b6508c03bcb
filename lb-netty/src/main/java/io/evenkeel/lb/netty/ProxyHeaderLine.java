package io.evenkeel.lb.netty;

import io.evenkeel.lb.netty.ProxyHeaderParser.Result;
import java.util.Arrays;

/** Reads the header of version 1 of the PROXY protocol, a line of text; see {@link ProxyHeaderParser}. */
final class ProxyHeaderLine {
    /** With CR and LF. */
    static final int LONGEST = 107;

    private static final byte[] START = {'P', 'R', 'O', 'X', 'Y', ' '};
    private static final byte[] UNKNOWN = {'U', 'N', 'K', 'N', 'O', 'W', 'N'};
    private static final byte[] TCP = {'T', 'C', 'P'};

    /** Both addresses and both ports, as they would stand in a header of version 2. */
    private final byte[] binary = new byte[36];

    private int width;
    private int at;
    private int size;
    private String reason = "";

    int size() {
        return size;
    }

    String reason() {
        return reason;
    }

    boolean isAddressed() {
        return width > 0;
    }

    ProxyHeaderAddresses addresses() {
        return ProxyHeaderAddresses.read(binary, 0, width);
    }

    Result parse(byte[] bytes, int length) {
        int most = Math.min(length, LONGEST);
        while (at < most) {
            if (at < START.length && bytes[at] != START[at]) {
                return bad("does not begin as one of version 1 or 2");
            }
            if (bytes[at] == '\n' && bytes[at - 1] == '\r') {
                size = at + 1;
                return read(bytes, at - 1);
            }
            if (bytes[at] == '\n' && bytes[START.length] == TCP[0]) {
                return bad("ends with a line feed alone");
            }
            at++;
        }
        return at < LONGEST ? Result.MORE : bad("has no end of line within 107 bytes");
    }

    private Result read(byte[] bytes, int end) {
        int start = START.length;
        if (begins(bytes, start, end, UNKNOWN)) {
            int after = start + UNKNOWN.length;
            return after == end || bytes[after] == ' '
                    ? Result.HEADER
                    : bad("has a protocol other than TCP4, TCP6 and UNKNOWN");
        }
        int family = start + TCP.length;
        boolean tcp = begins(bytes, start, end, TCP) && end - family >= 2;
        if (!tcp || bytes[family] != '4' && bytes[family] != '6' || bytes[family + 1] != ' ') {
            return bad("has a protocol other than TCP4, TCP6 and UNKNOWN");
        }
        int octets = bytes[family] == '4' ? 4 : 16;
        Fields fields = new Fields(bytes, family + 2, end);
        boolean whole =
                fields.address(binary, 0, octets)
                        && fields.address(binary, octets, octets)
                        && fields.port(binary, 2 * octets, false)
                        && fields.port(binary, 2 * octets + 2, true);
        if (!whole) {
            return bad("has an address or a port that is none");
        }
        width = octets;
        return Result.HEADER;
    }

    private static boolean begins(byte[] bytes, int start, int end, byte[] with) {
        return end - start >= with.length
                && Arrays.equals(bytes, start, start + with.length, with, 0, with.length);
    }

    private Result bad(String why) {
        reason = why;
        return Result.BAD;
    }

    /** Goes through the fields of a line; a space ends each but the last. */
    private static final class Fields {
        private final byte[] bytes;
        private int position;
        private final int end;

        Fields(byte[] bytes, int position, int end) {
            this.bytes = bytes;
            this.position = position;
            this.end = end;
        }

        boolean address(byte[] into, int to, int octets) {
            boolean read = octets == 4 ? ipv4(into, to) : ipv6(into, to);
            return read && space();
        }

        boolean port(byte[] into, int to, boolean last) {
            int port = number(65_535);
            if (port < 0) {
                return false;
            }
            into[to] = (byte) (port >> 8);
            into[to + 1] = (byte) port;
            return last ? position == end : space();
        }

        private boolean space() {
            return take(' ');
        }

        private boolean take(char expected) {
            if (position < end && bytes[position] == expected) {
                position++;
                return true;
            }
            return false;
        }

        /** A number without zeros in front; -1 if there is none, or it is more than {@code most}. */
        private int number(int most) {
            int start = position;
            int number = 0;
            while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
                number = number * 10 + bytes[position] - '0';
                position++;
                if (number > most) {
                    return -1;
                }
            }
            boolean padded = position - start > 1 && bytes[start] == '0';
            return position == start || padded ? -1 : number;
        }

        private boolean ipv4(byte[] into, int to) {
            for (int i = 0; i < 4; i++) {
                int octet = i == 0 || take('.') ? number(255) : -1;
                if (octet < 0) {
                    return false;
                }
                into[to + i] = (byte) octet;
            }
            return true;
        }

        /** RFC 4291 section 2.2: groups of up to four digits, one {@code ::}, and perhaps an IPv4 address at the end. */
        private boolean ipv6(byte[] into, int to) {
            Arrays.fill(into, to, to + 16, (byte) 0);
            int filled = 0;
            int gap = -1;
            if (take(':')) {
                if (!take(':')) {
                    return false;
                }
                gap = 0;
            }
            boolean groupMustFollow = gap < 0;
            while (filled < 16 && position < end && bytes[position] != ' ') {
                int start = position;
                int group = group();
                if (group < 0) {
                    return false;
                }
                if (position < end && bytes[position] == '.') {
                    position = start;
                    if (filled > 12 || !ipv4(into, to + filled)) {
                        return false;
                    }
                    filled += 4;
                    groupMustFollow = false;
                    break;
                }
                into[to + filled] = (byte) (group >> 8);
                into[to + filled + 1] = (byte) group;
                filled += 2;
                groupMustFollow = take(':');
                if (!groupMustFollow) {
                    break;
                }
                if (take(':')) {
                    if (gap >= 0) {
                        return false;
                    }
                    gap = filled;
                    groupMustFollow = false;
                }
            }
            if (groupMustFollow || gap < 0 != (filled == 16)) {
                return false;
            }
            if (gap >= 0) {
                int tail = filled - gap;
                System.arraycopy(into, to + gap, into, to + 16 - tail, tail);
                Arrays.fill(into, to + gap, to + 16 - tail, (byte) 0);
            }
            return true;
        }

        /** One to four hexadecimal digits; -1 if there are none. */
        private int group() {
            int start = position;
            int group = 0;
            while (position < end && position - start < 4) {
                int digit = Character.digit(bytes[position], 16);
                if (digit < 0) {
                    break;
                }
                group = group << 4 | digit;
                position++;
            }
            return position == start ? -1 : group;
        }
    }
}

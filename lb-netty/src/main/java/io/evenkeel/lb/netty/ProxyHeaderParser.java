package io.evenkeel.lb.netty;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of the PROXY protocol, version 1 or 2, that a client's first bytes have to be. Strict: what is not exactly a header
 * is bad, and is told as soon as the byte is there that says so.
 *
 * <p>The connection keeps its own addresses where the header says none: with {@code UNKNOWN}, {@code LOCAL} and the unspecified
 * family and transport, where the rest is passed over unread, and with families and transports that a TCP proxy does not have.
 *
 * @see <a href="https://www.haproxy.org/download/2.9/doc/proxy-protocol.txt">The PROXY protocol</a>
 */
final class ProxyHeaderParser {
    /** What the bytes so far are. */
    enum Result {
        /** The start of a header. */
        MORE,
        /** A whole header, and perhaps what follows it. */
        HEADER,
        /** Something else. */
        BAD
    }

    /** Longer ones are bad: they would not fit where first bytes are kept. */
    static final int LONGEST = FirstBytes.CAPACITY;

    private static final int PREFIX = 16;

    private static final int VERSION_AND_COMMAND = 12;
    private static final int FAMILY_AND_TRANSPORT = 13;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int INET = 1;
    private static final int INET6 = 2;
    private static final int UNIX = 3;
    private static final int STREAM = 1;
    private static final int DGRAM = 2;
    private static final int AUTHORITY = 0x02;
    private static final int CRC = 0x03;
    private static final int UNIQUE_ID = 0x05;
    private static final int SSL = 0x20;
    private static final int LONGEST_UNIQUE_ID = 128;
    private static final int TLV_HEADER = 3;
    private static final int SSL_FIXED = 5;
    private static final int CRC_BYTES = 4;

    private static final byte[] SIGNATURE = {
        '\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'
    };

    private int at;
    private int size;
    private boolean addressed;
    private int authorityAt;
    private int authorityLength = -1;
    private String reason = "";
    private @Nullable ProxyHeaderLine line;

    /** How many bytes the header has, after {@link Result#HEADER}. */
    int size() {
        return size;
    }

    /** Why it is bad, in words that continue "the header"; after {@link Result#BAD}. */
    String reason() {
        return reason;
    }

    /** Whether the header says addresses. */
    boolean isAddressed() {
        return addressed;
    }

    /** The addresses of a header that {@link #isAddressed()}. */
    ProxyHeaderAddresses addresses(byte[] bytes) {
        ProxyHeaderLine text = line;
        return text == null
                ? ProxyHeaderAddresses.read(
                        bytes, PREFIX, bytes[FAMILY_AND_TRANSPORT] >> 4 == INET ? 4 : 16)
                : text.addresses();
    }

    /** The host name that came with the header, byte by byte; null if none did. */
    byte @Nullable [] authority(byte[] bytes) {
        return authorityLength < 0
                ? null
                : Arrays.copyOfRange(bytes, authorityAt, authorityAt + authorityLength);
    }

    /**
     * Looks at the bytes so far: those of the last call, which said {@link Result#MORE}, and perhaps more. What was looked at
     * before is not looked at again, so many small pieces take no more time than one.
     */
    Result parse(byte[] bytes, int length) {
        if (length == 0) {
            return Result.MORE;
        }
        if (bytes[0] == 'P') {
            ProxyHeaderLine text = line == null ? new ProxyHeaderLine() : line;
            line = text;
            Result result = text.parse(bytes, length);
            size = text.size();
            addressed = text.isAddressed();
            reason = text.reason();
            return result;
        }
        return binary(bytes, length);
    }

    private Result binary(byte[] bytes, int length) {
        while (at < length && at < PREFIX) {
            String wrong = wrongPrefix(at, bytes);
            if (wrong != null) {
                return bad(wrong);
            }
            at++;
        }
        if (at < PREFIX || length < size) {
            return Result.MORE;
        }
        if (bytes[VERSION_AND_COMMAND] == LOCAL) {
            return Result.HEADER;
        }
        int family = bytes[FAMILY_AND_TRANSPORT] >> 4;
        int transport = bytes[FAMILY_AND_TRANSPORT] & 0xf;
        if (family == 0 || transport == 0) {
            return Result.HEADER;
        }
        addressed = family != UNIX && transport == STREAM;
        return isWhole(bytes, PREFIX + addressBytes(family)) ? Result.HEADER : Result.BAD;
    }

    /** What is wrong with this one of the first 16 bytes; null if nothing is. */
    private @Nullable String wrongPrefix(int index, byte[] bytes) {
        int octet = bytes[index] & 0xff;
        if (index < SIGNATURE.length) {
            return octet == SIGNATURE[index] ? null : "does not begin as one of version 1 or 2";
        }
        if (index == VERSION_AND_COMMAND) {
            return octet == LOCAL || octet == PROXY
                    ? null
                    : octet >> 4 == 2
                            ? "has an unknown command"
                            : "has an unknown version after the signature of version 2";
        }
        boolean local = bytes[VERSION_AND_COMMAND] == LOCAL;
        if (index == FAMILY_AND_TRANSPORT) {
            return local || octet >> 4 <= UNIX && (octet & 0xf) <= DGRAM
                    ? null
                    : "has an unknown address family or transport";
        }
        if (index == PREFIX - 1) {
            int rest = (bytes[index - 1] & 0xff) << 8 | octet;
            size = PREFIX + rest;
            if (size > LONGEST) {
                return "is longer than 16384 bytes";
            }
            if (!local && rest < addressBytes(bytes[FAMILY_AND_TRANSPORT] >> 4)) {
                return "is too short for the addresses of its family";
            }
        }
        return null;
    }

    private static int addressBytes(int family) {
        return switch (family) {
            case INET -> 12;
            case INET6 -> 36;
            case UNIX -> 216;
            default -> 0;
        };
    }

    /** Whether the type-length-values fill the rest of the header and are what they have to be. */
    private boolean isWhole(byte[] bytes, int start) {
        int position = start;
        boolean checked = false;
        while (position < size) {
            int end = tlvEnd(bytes, position, size);
            if (end < 0) {
                reason = "has a type-length-value that is longer than the header";
                return false;
            }
            int value = position + TLV_HEADER;
            switch (bytes[position]) {
                case CRC -> {
                    if (checked || end - value != CRC_BYTES || !isChecksum(bytes, value)) {
                        reason = "has a wrong checksum (CRC32C)";
                        return false;
                    }
                    checked = true;
                }
                case SSL -> {
                    if (!isTls(bytes, value, end)) {
                        reason = "has a malformed part about TLS";
                        return false;
                    }
                }
                case UNIQUE_ID -> {
                    if (end - value > LONGEST_UNIQUE_ID) {
                        reason = "has a unique ID of more than 128 bytes";
                        return false;
                    }
                }
                case AUTHORITY -> {
                    if (end - value > ProxyHeaderWriter.LONGEST_AUTHORITY) {
                        reason = "has a host name of more than 255 bytes";
                        return false;
                    }
                    authorityAt = value;
                    authorityLength = end - value;
                }
                default -> {
                    // Of others only the length matters.
                }
            }
            position = end;
        }
        return true;
    }

    /** Where the type-length-value ends that begins there; -1 if not before {@code limit}. */
    private static int tlvEnd(byte[] bytes, int position, int limit) {
        if (limit - position < TLV_HEADER) {
            return -1;
        }
        int length = (bytes[position + 1] & 0xff) << 8 | bytes[position + 2] & 0xff;
        int end = position + TLV_HEADER + length;
        return end <= limit ? end : -1;
    }

    private static boolean isTls(byte[] bytes, int start, int end) {
        int position = start + SSL_FIXED;
        while (position < end) {
            position = tlvEnd(bytes, position, end);
            if (position < 0) {
                return false;
            }
        }
        return position == end;
    }

    /** RFC 4960, appendix B, over the header with zeros in place of the checksum itself. */
    private boolean isChecksum(byte[] bytes, int position) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, position);
        for (int i = 0; i < CRC_BYTES; i++) {
            sum.update(0);
        }
        sum.update(bytes, position + CRC_BYTES, size - position - CRC_BYTES);
        long sent = 0;
        for (int i = position; i < position + CRC_BYTES; i++) {
            sent = sent << 8 | bytes[i] & 0xff;
        }
        return sum.getValue() == sent;
    }

    private Result bad(String why) {
        reason = why;
        return Result.BAD;
    }
}

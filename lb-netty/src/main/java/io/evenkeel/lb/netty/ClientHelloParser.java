package io.evenkeel.lb.netty;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a client's first bytes are a TLS ClientHello (RFC 8446 section 4.1.2), in one record or several, and which
 * name and protocols it asks for. What cannot become one, or would be longer than {@link FirstBytes#CAPACITY}, is told as soon
 * as the byte is there that says so. With Encrypted ClientHello the name is the outer one.
 */
final class ClientHelloParser {
    /** What the bytes so far are. */
    enum Result {
        /** The start of a ClientHello, perhaps. */
        MORE,
        /** A whole ClientHello. */
        HELLO,
        /** Something else. */
        OTHER
    }

    private static final int RECORD_HEADER = 5;
    private static final int LONGEST_RECORD = 1 << 14;
    private static final int HANDSHAKE_HEADER = 4;
    private static final int HANDSHAKE_RECORD = 22;
    private static final int MAJOR_VERSION = 3;
    private static final int CLIENT_HELLO = 1;
    private static final int VERSION_AND_RANDOM = 34;
    private static final int SERVER_NAME = 0;
    private static final int ALPN = 16;
    private static final int HOST_NAME = 0;

    private int at;
    private int records;
    private int recordStart;
    private int recordLeft;
    private int seen;
    private int size;
    private @Nullable String serverName;
    private List<String> protocols = List.of();

    /** The name that the ClientHello asks for, or null if for none. */
    @Nullable String serverName() {
        return serverName;
    }

    /** What the ClientHello offers by ALPN, in its order. */
    List<String> protocols() {
        return protocols;
    }

    /**
     * Looks at the bytes so far: those of the last call, which said {@link Result#MORE}, and perhaps more. What was looked at
     * before is not looked at again, so many small pieces take no more time than one.
     */
    Result parse(byte[] bytes, int length) {
        while (at < length) {
            int octet = bytes[at] & 0xff;
            if (recordLeft == 0) {
                if (!isRecordHeader(bytes, octet)) {
                    return Result.OTHER;
                }
                at++;
            } else if (seen < HANDSHAKE_HEADER) {
                if (!isHandshakeHeader(octet)) {
                    return Result.OTHER;
                }
                took(1);
            } else {
                int missing = HANDSHAKE_HEADER + size - seen;
                took(Math.min(Math.min(recordLeft, length - at), missing));
            }
            if (seen >= HANDSHAKE_HEADER && seen == HANDSHAKE_HEADER + size) {
                return hello(bytes) ? Result.HELLO : Result.OTHER;
            }
        }
        return Result.MORE;
    }

    private boolean isRecordHeader(byte[] bytes, int octet) {
        switch (at - recordStart) {
            case 0 -> {
                return octet == HANDSHAKE_RECORD;
            }
            case 1 -> {
                return octet == MAJOR_VERSION;
            }
            case RECORD_HEADER - 1 -> {
                recordLeft = (bytes[at - 1] & 0xff) << 8 | octet;
                records++;
                return recordLeft > 0 && recordLeft <= LONGEST_RECORD;
            }
            default -> {
                return true;
            }
        }
    }

    private boolean isHandshakeHeader(int octet) {
        if (seen == 0) {
            return octet == CLIENT_HELLO;
        }
        size = size << 8 | octet;
        return size <= FirstBytes.CAPACITY - RECORD_HEADER - HANDSHAKE_HEADER;
    }

    private void took(int count) {
        at += count;
        seen += count;
        recordLeft -= count;
        if (recordLeft == 0) {
            recordStart = at;
        }
    }

    private boolean hello(byte[] bytes) {
        byte[] handshake = bytes;
        int start = RECORD_HEADER;
        if (records > 1) {
            handshake = joined(bytes);
            start = 0;
        }
        Reader reader = new Reader(handshake, start + HANDSHAKE_HEADER, start + seen);
        reader.skip(VERSION_AND_RANDOM);
        reader.skip(reader.number(1));
        reader.skip(reader.number(2));
        reader.skip(reader.number(1));
        if (reader.isAtEnd()) {
            return !reader.broken;
        }
        Reader extensions = reader.part(reader.number(2));
        boolean named = false;
        boolean offered = false;
        while (!extensions.isAtEnd()) {
            int type = extensions.number(2);
            Reader extension = extensions.part(extensions.number(2));
            if (type == SERVER_NAME && !named) {
                named = true;
                readServerName(extension);
            } else if (type == ALPN && !offered) {
                offered = true;
                readProtocols(extension);
            } else if (type == SERVER_NAME || type == ALPN) {
                // Not allowed, and another reader might go by the second one.
                return false;
            }
            if (extension.broken) {
                return false;
            }
        }
        return !extensions.broken && !reader.broken && reader.isAtEnd();
    }

    /** The payloads of the records, without what follows the ClientHello. */
    private byte[] joined(byte[] bytes) {
        byte[] handshake = new byte[seen];
        int from = 0;
        int to = 0;
        while (to < seen) {
            int length = (bytes[from + 3] & 0xff) << 8 | bytes[from + 4] & 0xff;
            int count = Math.min(length, seen - to);
            System.arraycopy(bytes, from + RECORD_HEADER, handshake, to, count);
            from += RECORD_HEADER + length;
            to += count;
        }
        return handshake;
    }

    private void readServerName(Reader extension) {
        Reader names = extension.part(extension.number(2));
        while (!names.isAtEnd()) {
            int type = names.number(1);
            String name = names.text(names.number(2));
            if (type == HOST_NAME && serverName == null && !name.isEmpty()) {
                serverName = name;
            }
        }
        extension.broken |= names.broken;
    }

    private void readProtocols(Reader extension) {
        Reader names = extension.part(extension.number(2));
        List<String> all = new ArrayList<>();
        while (!names.isAtEnd()) {
            all.add(names.text(names.number(1)));
        }
        extension.broken |= names.broken;
        protocols = all;
    }

    /** Goes through a part of the bytes; once it is asked for more than there is, it is broken and at its end. */
    private static final class Reader {
        private final byte[] bytes;
        private int position;
        private final int end;
        private boolean broken;

        Reader(byte[] bytes, int position, int end) {
            this.bytes = bytes;
            this.position = position;
            this.end = end;
        }

        boolean isAtEnd() {
            return position == end;
        }

        int number(int octets) {
            int start = position;
            skip(octets);
            int number = 0;
            for (int i = start; i < start + octets && !broken; i++) {
                number = number << 8 | bytes[i] & 0xff;
            }
            return number;
        }

        void skip(int octets) {
            broken |= octets > end - position;
            position = broken ? end : position + octets;
        }

        Reader part(int octets) {
            int start = position;
            skip(octets);
            Reader part = new Reader(bytes, broken ? end : start, position);
            part.broken = broken;
            return part;
        }

        String text(int octets) {
            int start = position;
            skip(octets);
            return broken ? "" : new String(bytes, start, octets, StandardCharsets.ISO_8859_1);
        }
    }
}

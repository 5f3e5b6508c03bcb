package io.evenkeel.lb.netty;

import io.evenkeel.lb.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a client's first bytes are the head of an HTTP/1 request (RFC 9112 sections 2 to 5), and reads it. Strict:
 * what two readers might understand in two ways, such as a line that is continued on the next one or a second Host field, is no
 * request.
 */
final class HttpRequestHead {
    /** What the bytes so far are. */
    enum Result {
        /** The start of a head, perhaps. */
        MORE,
        /** A whole head. */
        REQUEST,
        /** Something else. */
        OTHER
    }

    private enum Part {
        EMPTY_LINES,
        METHOD,
        TARGET,
        VERSION,
        FIELD
    }

    private static final int LONGEST_METHOD = 32;
    private static final int MOST_EMPTY_LINE_BYTES = 4;
    private static final String VERSION = "HTTP/1.";
    private static final String TOKEN_SIGNS = "!#$%&'*+-.^_`|~";

    private Part part = Part.EMPTY_LINES;
    private int at;
    private int start;
    private String method = "";
    private String target = "";
    private String version = "";
    private final List<HttpRequest.Field> fields = new ArrayList<>();
    private boolean hosted;
    private @Nullable HttpRequest request;

    /** The request, once there is one. */
    @Nullable HttpRequest request() {
        return request;
    }

    /**
     * Looks at the bytes so far: those of the last call, which said {@link Result#MORE}, and perhaps more. What was looked at
     * before is not looked at again.
     */
    Result parse(byte[] bytes, int length) {
        while (at < length) {
            int octet = bytes[at] & 0xff;
            boolean fits =
                    switch (part) {
                        case EMPTY_LINES -> emptyLine(octet);
                        case METHOD -> method(bytes, octet);
                        case TARGET -> target(bytes, octet);
                        case VERSION -> version(bytes, octet);
                        case FIELD -> field(bytes, octet);
                    };
            if (!fits) {
                return Result.OTHER;
            }
            if (request != null) {
                return Result.REQUEST;
            }
            at++;
        }
        return Result.MORE;
    }

    /** A client may send some before its request. */
    private boolean emptyLine(int octet) {
        if (octet == '\r' || octet == '\n') {
            return at < MOST_EMPTY_LINE_BYTES;
        }
        part = Part.METHOD;
        start = at;
        return isToken(octet);
    }

    private boolean method(byte[] bytes, int octet) {
        if (octet == ' ') {
            method = text(bytes, start, at);
            begin(Part.TARGET);
            return true;
        }
        return isToken(octet) && at - start < LONGEST_METHOD;
    }

    private boolean target(byte[] bytes, int octet) {
        if (octet == ' ') {
            target = text(bytes, start, at);
            begin(Part.VERSION);
            return !target.isEmpty();
        }
        return octet > ' ' && octet != 0x7f;
    }

    private boolean version(byte[] bytes, int octet) {
        int index = at - start;
        int digits = VERSION.length();
        if (index < digits) {
            return octet == VERSION.charAt(index);
        }
        if (index == digits) {
            return octet >= '0' && octet <= '9';
        }
        version = text(bytes, start + VERSION.indexOf('1'), start + digits + 1);
        return lineEnd(octet, start + digits + 1);
    }

    /** At or after the end of what the line holds: CR LF or LF alone. */
    private boolean lineEnd(int octet, int end) {
        if (octet == '\n') {
            begin(Part.FIELD);
            return true;
        }
        return octet == '\r' && at == end;
    }

    private boolean field(byte[] bytes, int octet) {
        if (octet != '\n') {
            // A lone CR ends lines for some.
            boolean afterCr = at > start && bytes[at - 1] == '\r';
            return !afterCr && (octet >= ' ' || octet == '\t' || octet == '\r') && octet != 0x7f;
        }
        int end = at > start && bytes[at - 1] == '\r' ? at - 1 : at;
        if (end == start) {
            request = new HttpRequest(method, target, version, fields);
            return true;
        }
        int colon = start;
        while (colon < end && isToken(bytes[colon] & 0xff)) {
            colon++;
        }
        if (colon == start || colon == end || bytes[colon] != ':') {
            return false;
        }
        int from = colon + 1;
        int to = end;
        while (from < to && isSpace(bytes[from])) {
            from++;
        }
        while (to > from && isSpace(bytes[to - 1])) {
            to--;
        }
        HttpRequest.Field field =
                new HttpRequest.Field(text(bytes, start, colon), text(bytes, from, to));
        fields.add(field);
        begin(Part.FIELD);
        boolean host = field.name().equalsIgnoreCase("host");
        boolean second = host && hosted;
        hosted |= host;
        return !second;
    }

    private void begin(Part next) {
        part = next;
        start = at + 1;
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private static boolean isSpace(int octet) {
        return octet == ' ' || octet == '\t';
    }

    private static boolean isToken(int octet) {
        return octet >= 'a' && octet <= 'z'
                || octet >= 'A' && octet <= 'Z'
                || octet >= '0' && octet <= '9'
                || TOKEN_SIGNS.indexOf(octet) >= 0;
    }
}

package io.evenkeel.lb.netty;

import java.nio.charset.StandardCharsets;

/** Reads the status line of an HTTP answer (RFC 9112 section 4) as its bytes arrive, in whatever pieces. */
final class StatusLine {
    /** No server has a reason phrase longer than this. */
    private static final int MAX_LENGTH = 1024;

    private static final String FORM = "HTTP/[0-9]\\.[0-9] [1-9][0-9]{2}( .*)?";

    private final StringBuilder line = new StringBuilder(64);
    private boolean complete;

    /** Takes a byte; false if no more are wanted. */
    boolean accept(byte next) {
        if (complete || isTooLong()) {
            return false;
        }
        if (next == '\n') {
            complete = true;
            return false;
        }
        line.append((char) (next & 0xff));
        return !isTooLong();
    }

    boolean isComplete() {
        return complete;
    }

    boolean isTooLong() {
        return line.length() >= MAX_LENGTH;
    }

    /** The status code, or -1 if the line is none of HTTP's. */
    int code() {
        String text = text();
        return complete && text.matches(FORM) ? Integer.parseInt(text.substring(9, 12)) : -1;
    }

    /** What was received so far, for a message: printable and short. */
    String excerpt() {
        String text = text();
        String shortened = text.length() > 40 ? text.substring(0, 40) + "..." : text;
        byte[] bytes = shortened.getBytes(StandardCharsets.ISO_8859_1);
        StringBuilder printable = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            printable.append(b >= ' ' && b < 0x7f ? (char) b : '?');
        }
        return printable.toString();
    }

    private String text() {
        int end = line.length();
        return end > 0 && line.charAt(end - 1) == '\r'
                ? line.substring(0, end - 1)
                : line.toString();
    }
}

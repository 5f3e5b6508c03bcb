package io.evenkeel.vrrp.keepalived;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** Makes text of the bytes of a file. */
final class Utf8 {
    private Utf8() {}

    /** Returns the text; bytes that are not UTF-8 are read as ISO 8859-1, with a warning. */
    static String text(String file, byte[] bytes, Findings findings) {
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        if (!StandardCharsets.UTF_8.newDecoder().decode(rest, text, true).isError()) {
            return text.flip().toString();
        }
        // Probably an older 8-bit set: a comment in it must not keep the address from living.
        int line = 1 + (int) text.flip().chars().filter(c -> c == '\n').count();
        findings.warning(
                new Place(file, line),
                "the line is not UTF-8, so that the file is read as ISO 8859-1; save it as UTF-8");
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}

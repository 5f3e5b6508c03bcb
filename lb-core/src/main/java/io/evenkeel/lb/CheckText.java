package io.evenkeel.lb;

import java.util.HexFormat;

/** Bytes of checks in messages: printable, on one line and short. */
final class CheckText {
    private static final int LONGEST = 40;

    private CheckText() {}

    /** The text in quotes, in which {@code \x0d} is a byte that cannot be printed. */
    static String quote(String latin1) {
        StringBuilder out = new StringBuilder("'");
        for (int i = 0; i < Math.min(latin1.length(), LONGEST); i++) {
            char c = latin1.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                out.append(c);
            } else {
                out.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
            }
        }
        return out.append(latin1.length() > LONGEST ? "...'" : "'").toString();
    }
}

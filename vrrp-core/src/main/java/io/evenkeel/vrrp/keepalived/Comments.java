package io.evenkeel.vrrp.keepalived;

/** Finds where the comment of a line starts. */
final class Comments {
    private Comments() {}

    /** Returns the line without its comment: what follows a {@code #} or {@code !} that is neither quoted nor escaped. */
    static String removed(String line) {
        boolean plain = isPlain(line);
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && !plain) {
                boolean escapes =
                        i + 1 < line.length() && Lexer.ESCAPABLE.indexOf(line.charAt(i + 1)) >= 0;
                i += escapes ? 1 : 0;
            } else if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'' && !plain) {
                quote = c;
            } else if (c == '#' || c == '!') {
                // "@!" and "@^" at the start of a line are the two ways of saying "not".
                boolean negates = c == '!' && line.substring(0, i).strip().equals("@");
                if (!negates) {
                    return line.substring(0, i);
                }
            }
        }
        return line;
    }

    private static boolean isPlain(String line) {
        String[] words = line.strip().split("\\s+", 3);
        boolean conditional = words[0].startsWith("@") && words.length > 1;
        return Lexer.isPlainKeyword(words[conditional ? 1 : 0]);
    }
}

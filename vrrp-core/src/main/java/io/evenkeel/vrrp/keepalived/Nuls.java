package io.evenkeel.vrrp.keepalived;

import java.util.ArrayList;
import java.util.List;

/** Reports NUL bytes, which no configuration contains. */
final class Nuls {
    private static final int LINES_IN_A_TEXT = 10;

    private Nuls() {}

    /** Returns the text without them, or nothing of what is rather a binary file. */
    static String removed(String file, String text, Findings findings) {
        if (text.indexOf('\0') < 0) {
            return text;
        }
        List<Integer> lines = lines(text);
        if (lines.size() > LINES_IN_A_TEXT) {
            // Whatever else the bytes seem to say would bury the one sentence that helps.
            findings.error(
                    new Place(file, lines.get(0)),
                    "this is no text file: "
                            + lines.size()
                            + " lines contain NUL bytes, the first of them here; name a configuration file");
            return "";
        }
        lines.forEach(
                line ->
                        findings.error(
                                new Place(file, line),
                                "the line contains a NUL byte; a configuration file is plain text without any"));
        return text.replace("\0", "");
    }

    private static List<Integer> lines(String text) {
        List<Integer> lines = new ArrayList<>();
        int line = 1;
        boolean counted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                line++;
                counted = false;
            } else if (c == '\0' && !counted) {
                lines.add(line);
                counted = true;
            }
        }
        return lines;
    }
}

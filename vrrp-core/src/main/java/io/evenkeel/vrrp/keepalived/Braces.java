package io.evenkeel.vrrp.keepalived;

import java.util.ArrayList;
import java.util.List;

/** Replaces {@code {a,b}} in a file name by each of its alternatives, as csh does. */
final class Braces {
    private static final int MAX_NAMES = 1000;

    private Braces() {}

    /** Returns the names in order; the pattern alone when it has no braces or too many alternatives. */
    static List<String> expanded(String pattern) {
        List<String> names = new ArrayList<>();
        return expand("", pattern, names) ? names : List.of(pattern);
    }

    private static boolean expand(String before, String rest, List<String> names) {
        int open = rest.indexOf('{');
        int close = open < 0 ? -1 : closing(rest, open);
        if (close < 0) {
            names.add(before + rest);
            return names.size() <= MAX_NAMES;
        }
        int depth = 0;
        int start = open + 1;
        for (int i = open; i <= close; i++) {
            char c = rest.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            boolean ends = (c == ',' && depth == 1) || (c == '}' && depth == 0);
            if (ends) {
                String chosen =
                        rest.substring(0, open)
                                + rest.substring(start, i)
                                + rest.substring(close + 1);
                if (chosen.length() > 4096 || !expand(before, chosen, names)) {
                    return false;
                }
                start = i + 1;
            }
        }
        return true;
    }

    private static int closing(String text, int open) {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }
}

package io.evenkeel.lb.haproxy;

import java.util.regex.Pattern;

/** The names of sections and servers. */
final class Names {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_.:-]+");

    private Names() {}

    /** Whether {@code name} has only the characters that HAProxy allows; reports it if not. */
    static boolean check(Words words, String of, String name) {
        if (ALLOWED.matcher(name).matches()) {
            return true;
        }
        words.refuse(
                "the "
                        + of
                        + " name "
                        + Report.quote(name)
                        + " has a character that names cannot have; use letters, digits and - _ ."
                        + " :");
        return false;
    }
}

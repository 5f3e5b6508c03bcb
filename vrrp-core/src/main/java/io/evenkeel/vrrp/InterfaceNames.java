package io.evenkeel.vrrp;

import org.jspecify.annotations.Nullable;

/** What Linux takes as the name of a network interface. */
final class InterfaceNames {

    /** IFNAMSIZ less the terminating NUL. */
    static final int MAX_LENGTH = 15;

    private InterfaceNames() {}

    /** A sentence that says why the name cannot be one, or null. */
    static @Nullable String problem(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return "The interface name '" + name + "' must have 1..15 characters.";
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c == '/' || c == 0x7f) {
                return "The interface name '"
                        + name
                        + "' must have no space, slash or control character.";
            }
        }
        return null;
    }

    static void require(String name) {
        String problem = problem(name);
        if (problem != null) {
            throw new IllegalArgumentException(problem);
        }
    }
}

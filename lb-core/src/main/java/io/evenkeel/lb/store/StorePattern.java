package io.evenkeel.lb.store;

/** Patterns of names, as Redis matches them. */
final class StorePattern {
    private StorePattern() {}

    /** What begins so. */
    static String of(String beginning) {
        StringBuilder pattern = new StringBuilder();
        for (char c : beginning.toCharArray()) {
            if ("*?[]\\^".indexOf(c) >= 0) {
                pattern.append('\\');
            }
            pattern.append(c);
        }
        return pattern.append('*').toString();
    }
}

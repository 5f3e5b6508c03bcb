package io.evenkeel.vrrp.keepalived;

import org.jspecify.annotations.Nullable;

/** Finds the word that was probably meant. */
final class Nearest {
    private Nearest() {}

    /** Returns the nearest of the names, or null when none is close. */
    static @Nullable String of(String word, Iterable<String> names) {
        int length = word.length();
        int tolerated = length <= 1 ? 0 : length <= 4 ? 1 : length <= 8 ? 2 : 3;
        String nearest = null;
        int least = tolerated + 1;
        for (String name : names) {
            int distance = EditDistance.between(word, name, least);
            if (distance < least) {
                least = distance;
                nearest = name;
            }
        }
        return nearest;
    }
}

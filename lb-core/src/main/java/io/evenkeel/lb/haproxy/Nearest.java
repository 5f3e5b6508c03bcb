package io.evenkeel.lb.haproxy;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Finds the word that was probably meant. */
final class Nearest {
    private static final int LONGEST = 40;

    private Nearest() {}

    /** The candidate nearest to {@code word}, or null when none is near. */
    static @Nullable String of(String word, Collection<String> candidates) {
        if (word.length() > LONGEST) {
            return null;
        }
        String nearest = null;
        int least = Math.max(1, word.length() / 3) + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - word.length()) < least) {
                int distance = distance(word, candidate);
                if (distance < least) {
                    least = distance;
                    nearest = candidate;
                }
            }
        }
        return nearest;
    }

    /** {@code "; did you mean 'x'?"}, or nothing. */
    static String hint(String word, Collection<String> candidates) {
        String nearest = of(word, candidates);
        return nearest == null ? "" : "; did you mean '" + nearest + "'?";
    }

    /** Insertions, deletions, replacements and swaps of neighbours; case is not counted. */
    private static int distance(String one, String other) {
        int[][] d = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int replaced = same(one.charAt(i - 1), other.charAt(j - 1)) ? 0 : 1;
                d[i][j] =
                        Math.min(
                                d[i - 1][j - 1] + replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1
                        && j > 1
                        && same(one.charAt(i - 1), other.charAt(j - 2))
                        && same(one.charAt(i - 2), other.charAt(j - 1))) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[one.length()][other.length()];
    }

    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}

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
        long letters = letters(word);
        String nearest = null;
        int least = Math.max(1, word.length() / 3) + 1;
        for (String candidate : candidates) {
            if (Math.abs(candidate.length() - word.length()) < least
                    && Long.bitCount(letters & ~letters(candidate)) < least) {
                int distance = distance(word, candidate, least);
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

    /** The set of letters: each that the candidate lacks costs a step, which rules most of them out. */
    private static long letters(String word) {
        long letters = 0;
        for (int i = 0; i < word.length(); i++) {
            letters |= 1L << (Character.toLowerCase(word.charAt(i)) & 63);
        }
        return letters;
    }

    /** Insertions, deletions, replacements and swaps of neighbours; at {@code enough} it stops. */
    private static int distance(String one, String other, int enough) {
        int[][] d = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            int leastOfRow = enough;
            for (int j = 0; j <= other.length(); j++) {
                d[i][j] = i == 0 || j == 0 ? i + j : cell(d, one, other, i, j);
                leastOfRow = Math.min(leastOfRow, d[i][j]);
            }
            if (leastOfRow >= enough) {
                return enough;
            }
        }
        return d[one.length()][other.length()];
    }

    private static int cell(int[][] d, String one, String other, int i, int j) {
        int replaced = same(one.charAt(i - 1), other.charAt(j - 1)) ? 0 : 1;
        int least = Math.min(d[i - 1][j - 1] + replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped =
                i > 1
                        && j > 1
                        && same(one.charAt(i - 1), other.charAt(j - 2))
                        && same(one.charAt(i - 2), other.charAt(j - 1));
        return swapped ? Math.min(least, d[i - 2][j - 2] + 1) : least;
    }

    /** Case is not counted. */
    private static boolean same(char a, char b) {
        return Character.toLowerCase(a) == Character.toLowerCase(b);
    }
}

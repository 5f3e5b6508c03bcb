package io.evenkeel.lb;

import java.util.Arrays;

/**
 * A regular expression that takes time in proportion to the text, whatever both are: an automaton of positions (Glushkov 1961)
 * of which a {@code long} holds the set that is reached. It tells whether a text matches somewhere, and no more, so greedy and
 * reluctant are the same. Immutable; matching allocates nothing.
 */
final class LinearRegex {
    /** Characters and classes that an expression may have, repetitions written out. */
    static final int MOST_POSITIONS = Long.SIZE;

    private final long[] follow;
    private final long[] ofCharacter;
    private final Ends ends;

    /**
     * Where matches begin and end.
     *
     * @param firstAtStart positions that a match may begin with at the start of the text
     * @param firstAnywhere ... and anywhere
     * @param lastAtEnd positions that a match may end with at the end of the text
     * @param lastAnywhere ... and anywhere
     * @param empty whether the empty text matches
     * @param always whether every text matches
     */
    record Ends(
            long firstAtStart,
            long firstAnywhere,
            long lastAtEnd,
            long lastAnywhere,
            boolean empty,
            boolean always) {
        static final Ends NONE = new Ends(0, 0, 0, 0, false, false);

        Ends or(Ends other) {
            return new Ends(
                    firstAtStart | other.firstAtStart,
                    firstAnywhere | other.firstAnywhere,
                    lastAtEnd | other.lastAtEnd,
                    lastAnywhere | other.lastAnywhere,
                    empty || other.empty,
                    always || other.always);
        }
    }

    LinearRegex(long[] follow, long[] ofCharacter, Ends ends) {
        this.follow = Arrays.copyOf(follow, follow.length);
        this.ofCharacter = Arrays.copyOf(ofCharacter, ofCharacter.length);
        this.ends = ends;
    }

    /**
     * Compiles an expression.
     *
     * @throws InvalidConfigException if it is malformed, too long, or has what needs more than linear time
     */
    static LinearRegex compile(String expression, boolean ignoreCase) {
        return new LinearRegexParser(expression, ignoreCase).parse();
    }

    /** Whether the text from {@code from} to {@code to} matches somewhere. */
    boolean matches(String text, int from, int to) {
        if (ends.always || from == to && ends.empty) {
            return true;
        }
        long state = 0;
        for (int i = from; i < to; i++) {
            long reached = ends.firstAnywhere | (i == from ? ends.firstAtStart : 0);
            for (long bits = state; bits != 0; bits &= bits - 1) {
                reached |= follow[Long.numberOfTrailingZeros(bits)];
            }
            char c = text.charAt(i);
            state = c < ofCharacter.length ? reached & ofCharacter[c] : 0;
            if ((state & ends.lastAnywhere) != 0) {
                return true;
            }
        }
        return (state & ends.lastAtEnd) != 0;
    }
}

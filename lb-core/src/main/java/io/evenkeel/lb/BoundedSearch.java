package io.evenkeel.lb;

import java.util.regex.Pattern;

/**
 * Looks for a regular expression with a bound on the work: some expressions take exponentially long on some texts, and both come
 * from elsewhere.
 */
final class BoundedSearch {
    /** Of characters that the expression may look at, each time; a text of 16 KiB has some tens of thousands of them looked at. */
    private static final int MOST_LOOKS = 2_000_000;

    private BoundedSearch() {}

    /** How a search ended. */
    enum Outcome {
        FOUND,
        ABSENT,
        /** The bound was reached first. */
        GAVE_UP
    }

    static Outcome find(Pattern pattern, String text) {
        try {
            return pattern.matcher(new Counted(text, new int[] {MOST_LOOKS})).find()
                    ? Outcome.FOUND
                    : Outcome.ABSENT;
        } catch (TooManyLooks | StackOverflowError tooMuch) {
            return Outcome.GAVE_UP;
        }
    }

    private static final class TooManyLooks extends RuntimeException {
        private static final long serialVersionUID = 1;

        TooManyLooks() {
            super("bound reached", null, false, false);
        }
    }

    /** A text that counts how often it is looked at. */
    private record Counted(String text, int[] left) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (left[0]-- == 0) {
                throw new TooManyLooks();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.subSequence(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}

package io.evenkeel.vrrp.keepalived;

/**
 * A piece of the file.
 *
 * @param text the word with its quotes removed
 * @param firstOfLine whether nothing but blanks stands before it
 * @param column where it starts, counted from 0
 */
record Token(Kind kind, String text, Place place, boolean firstOfLine, int column) {
    enum Kind {
        WORD,
        OPEN,
        CLOSE,
        END_OF_LINE
    }
}

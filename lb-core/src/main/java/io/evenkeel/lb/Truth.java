package io.evenkeel.lb;

/** What a {@link Condition} says of a connection of which not everything is known yet: Kleene's three values. */
public enum Truth {
    /** It does not hold, whatever else becomes known. */
    FALSE,
    /** It depends on what is not known yet. */
    UNKNOWN,
    /** It holds, whatever else becomes known. */
    TRUE;

    /** {@link #TRUE} or {@link #FALSE}. */
    static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    Truth not() {
        return this == FALSE ? TRUE : this == TRUE ? FALSE : UNKNOWN;
    }
}

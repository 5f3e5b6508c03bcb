package io.evenkeel.lb.store;

import io.evenkeel.lb.StickUpdate;
import org.jspecify.annotations.Nullable;

/** The fields of an entry in a store, each with a version of its own. */
enum StoreField {
    /** {@code s}: the server. */
    SERVER("s", StickUpdate.Kind.SERVER),
    /** {@code c}: the counts and the mark. */
    COUNTS("c", StickUpdate.Kind.COUNTS),
    /** {@code r}: that the key was removed. */
    REMOVAL("r", StickUpdate.Kind.REMOVAL);

    private final String letter;
    private final StickUpdate.Kind kind;

    StoreField(String letter, StickUpdate.Kind kind) {
        this.letter = letter;
        this.kind = kind;
    }

    String letter() {
        return letter;
    }

    StickUpdate.Kind kind() {
        return kind;
    }

    static StoreField of(StickUpdate.Kind kind) {
        return switch (kind) {
            case SERVER -> SERVER;
            case COUNTS -> COUNTS;
            case REMOVAL -> REMOVAL;
        };
    }

    /** Null if there is none of that letter. */
    static @Nullable StoreField of(String letter) {
        for (StoreField field : values()) {
            if (field.letter.equals(letter)) {
                return field;
            }
        }
        return null;
    }
}

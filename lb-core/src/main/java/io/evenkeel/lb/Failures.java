package io.evenkeel.lb;

import org.jspecify.annotations.Nullable;

/** What the application's code has thrown while several things were done of which none may keep the others from being done. */
final class Failures {
    private @Nullable Throwable first;

    void add(Throwable failure) {
        Throwable before = first;
        if (before == null) {
            first = failure;
        } else if (before != failure) {
            before.addSuppressed(failure);
        }
    }

    /** Throws the first, unchecked, if there was one. */
    void rethrow() {
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
    }
}

package io.evenkeel.lb.haproxy;

import java.util.Objects;

/**
 * Something that a configuration file has wrong, or that has another meaning here.
 *
 * @param file as the caller named it
 * @param line counted from 1
 * @param message a sentence: what is wrong and what would be right
 */
public record ConfigProblem(String file, int line, String message) {
    /** Everything is required. */
    public ConfigProblem {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(message, "message");
    }

    /** {@code FILE:LINE: message}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + message;
    }
}

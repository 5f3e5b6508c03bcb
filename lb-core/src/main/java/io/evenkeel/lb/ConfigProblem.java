package io.evenkeel.lb;

import java.io.Serializable;
import java.util.Objects;

/**
 * One thing wrong with a configuration.
 *
 * @param path what it is about, such as {@code backend[web].server[s1].weight}
 * @param message a sentence: what is wrong and what would be right
 */
public record ConfigProblem(String path, String message) implements Serializable {
    /** Both parts are required. */
    public ConfigProblem {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
    }

    @Override
    public String toString() {
        return path + ": " + message;
    }
}

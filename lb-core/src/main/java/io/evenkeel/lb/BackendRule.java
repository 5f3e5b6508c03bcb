package io.evenkeel.lb;

import java.util.Objects;

/**
 * Sends the connections of which a condition holds to a backend ({@code use_backend}).
 *
 * @param backend its name
 */
public record BackendRule(String backend, Condition condition) {
    /** Both parts are required. */
    public BackendRule {
        Objects.requireNonNull(backend, "backend");
        Objects.requireNonNull(condition, "condition");
    }
}

package io.evenkeel.lb;

import java.util.Objects;

/**
 * A change of a server's health.
 *
 * @param from the state before
 * @param to the state now; differs from {@code from}
 * @param cause the result that decided it, such as {@code Layer7 wrong status, 503}
 */
public record HealthTransition(HealthState from, HealthState to, String cause) {
    /** All parts are required. */
    public HealthTransition {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        Objects.requireNonNull(cause, "cause");
    }
}

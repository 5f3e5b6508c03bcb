package io.evenkeel.lb;

import java.util.Objects;

/**
 * Takes or refuses the connections of which a condition holds.
 *
 * @param action what becomes of them; the rules after this one are then passed over
 */
public record AccessRule(Action action, Condition condition) {
    /** What becomes of a connection. */
    public enum Action {
        /** It is taken. */
        ACCEPT,
        /** It is reset. */
        REJECT
    }

    /** Both parts are required. */
    public AccessRule {
        Objects.requireNonNull(action, "action");
        Objects.requireNonNull(condition, "condition");
    }

    /** Takes the connections of which it holds. */
    public static AccessRule accept(Condition condition) {
        return new AccessRule(Action.ACCEPT, condition);
    }

    /** Resets the connections of which it holds. */
    public static AccessRule reject(Condition condition) {
        return new AccessRule(Action.REJECT, condition);
    }
}

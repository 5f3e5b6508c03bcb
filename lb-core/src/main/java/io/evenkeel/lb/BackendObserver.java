package io.evenkeel.lb;

/**
 * Hears what happens to a backend. Called on the thread that caused the change, in the order of the
 * changes and one at a time for a backend: return quickly. A pick made from here sees the new state.
 */
public interface BackendObserver {
    /** A server went up or down. */
    default void onHealthChange(Backend backend, Server server, HealthTransition transition) {}

    /**
     * The number of servers that may be picked changed: the usable active ones or, when there is
     * none, the usable backups.
     */
    default void onUsableCountChange(Backend backend, int before, int now) {}
}

package io.evenkeel.lb;

/**
 * Hears what happens to a backend. Called on the thread that caused the change, in the order of the
 * changes and one at a time for a backend: return quickly. A pick made from here sees the new state.
 */
public interface BackendObserver {
    /** A server went up or down. */
    default void onHealthChange(Backend backend, Server server, HealthTransition transition) {}

    /** People took a server into use or out of it. */
    default void onAdminStateChange(
            Backend backend, Server server, AdminState before, AdminState now) {}

    /** People gave a server another weight or limit. */
    default void onCapacityChange(Backend backend, Server server) {}

    /**
     * So few servers are well that all are used from now on, or that is over.
     *
     * @see AllDown
     */
    default void onFailOpenChange(Backend backend, boolean open) {}

    /**
     * The number of servers that may be picked changed: the usable active ones or, when there is
     * none, the usable backups.
     */
    default void onUsableCountChange(Backend backend, int before, int now) {}
}

package io.evenkeel.lb;

import org.jspecify.annotations.Nullable;

/**
 * Hears what happens to a backend: return quickly. Changes are told on the thread that caused them, in their order and one at a time for
 * a backend; a pick made from there sees the new state. Picks, refusals and the queue are told by every thread that causes one, several
 * at a time: do not change the backend from there.
 */
public interface BackendObserver {
    /** A server went up or down. */
    default void onHealthChange(Backend backend, Server server, HealthTransition transition) {}

    /** People took a server into use or out of it. */
    default void onAdminStateChange(
            Backend backend, Server server, AdminState before, AdminState now) {}

    /** A server has another weight or limit: people gave it that, or it starts slowly and has come further. */
    default void onCapacityChange(Backend backend, Server server) {}

    /** A server is new, or the settings of one that was there have changed. */
    default void onServerConfigured(Backend backend, Server server) {}

    /** A server is no longer one of the backend; the connections that it has go on. */
    default void onServerRemoved(Backend backend, Server server) {}

    /** The agent of a server has said that it is down, or up again; {@code cause} is for people. */
    default void onAgentChange(Backend backend, Server server, boolean down, String cause) {}

    /**
     * The name of a server was resolved: it is somewhere else from now on, or out of use because it has no address. What its checks said
     * is forgotten.
     *
     * @param before null if it had none
     * @param now null if it has none
     * @param cause for people
     */
    default void onAddressChange(
            Backend backend,
            Server server,
            @Nullable ServerAddress before,
            @Nullable ServerAddress now,
            String cause) {}

    /** A server is left out for how its connections go, or that is over; {@code cause} says why. */
    default void onEjectionChange(Backend backend, Server server, boolean ejected, String cause) {}

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

    /** A connection got a server, at once or after a wait. */
    default void onPick(Backend backend, Server server) {}

    /** A connection got no server; it may wait unless the cause says otherwise. */
    default void onRefusal(Backend backend, Refusal cause) {}

    /** A connection has begun or ceased to wait; so many do now. */
    default void onQueueLength(Backend backend, int length) {}
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerAddress;
import org.jspecify.annotations.Nullable;

/**
 * Hears what happens in a {@link TcpProxy}. Called on event loops: an implementation hands work that may block or take
 * longer than some microseconds to a thread of its own, or it delays every connection of that loop, and the log says so. What
 * it throws, errors too, is logged and otherwise ignored.
 */
public interface ProxyObserver {
    /** Hears nothing. */
    ProxyObserver NONE = new ProxyObserver() {};

    /** A server's health changed, for the reason that {@code transition} gives. */
    default void onHealthChange(Backend backend, Server server, HealthTransition transition) {}

    /** People took a server into use or out of it. */
    default void onAdminStateChange(
            Backend backend, Server server, AdminState before, AdminState now) {}

    /** People gave a server another weight or limit. */
    default void onCapacityChange(Backend backend, Server server) {}

    /** The agent of a server has said that it is down, or up again; {@code cause} is for people. */
    default void onAgentChange(Backend backend, Server server, boolean down, String cause) {}

    /**
     * The name of a server was resolved to another address, {@code now}, where new connections and checks go; or it has none for it, and
     * the server is out of use. {@code cause} says why. Addresses from before the start of the proxy are not told.
     */
    default void onAddressChange(
            Backend backend,
            Server server,
            @Nullable ServerAddress before,
            @Nullable ServerAddress now,
            String cause) {}

    /** A server is left out for how its connections go, or that is over; {@code cause} says why. */
    default void onEjectionChange(Backend backend, Server server, boolean ejected, String cause) {}

    /** So few servers of {@code backend} are well that all are used from now on, or that is over. */
    default void onFailOpenChange(Backend backend, boolean open) {}

    /** The number of servers of {@code backend} that new connections may go to changed. */
    default void onUsableCountChange(Backend backend, int before, int now) {}

    /**
     * The process has no descriptor left, so that clients are reset or have to wait, or that is over; {@code cause} says what failed
     * first. Told once each, however many clients it concerns.
     */
    default void onDescriptorShortage(boolean begins, String cause) {}

    /**
     * A node that has the same stick tables is connected from now on, or is away for the reason that {@code cause} gives; told once
     * until it changes.
     */
    default void onPeerChange(String group, String peer, boolean connected, String cause) {}

    /** A client's connection has ended and everything it held is returned. */
    default void onSessionEnd(SessionEnd end) {}
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;

/**
 * Hears what happens in a {@link TcpProxy}. Called on event loops: an implementation hands work that may block or take
 * longer than some microseconds to a thread of its own, or it delays every connection of that loop. What it throws is
 * logged and otherwise ignored.
 */
public interface ProxyObserver {
    /** Hears nothing. */
    ProxyObserver NONE = new ProxyObserver() {};

    /** A server's health changed, for the reason that {@code transition} gives. */
    default void onHealthChange(Backend backend, Server server, HealthTransition transition) {}

    /** The number of servers of {@code backend} that new connections may go to changed. */
    default void onUsableCountChange(Backend backend, int before, int now) {}

    /** A client's connection has ended and everything it held is returned. */
    default void onSessionEnd(SessionEnd end) {}
}

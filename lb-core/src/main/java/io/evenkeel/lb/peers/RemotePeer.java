package io.evenkeel.lb.peers;

import io.evenkeel.lb.PeerConfig;
import org.jspecify.annotations.Nullable;

/** Another node: what outlasts a connection to it. On the thread of its {@link PeerGroup}, but for what is volatile. */
final class RemotePeer {
    final PeerConfig config;

    /** Its place in the configuration, by which tables know what it has confirmed. */
    final int index;

    @Nullable PeerSession session;

    /** When to connect, unless there is a session. */
    long connectNanos;

    /** It has had nothing to teach, or not all, on this connection. */
    boolean asked;

    volatile boolean connected;
    volatile String detail = "it has not been reached yet";

    /** That it is away was told. */
    boolean toldAway;

    RemotePeer(PeerConfig config, int index, long connectNanos) {
        this.config = config;
        this.index = index;
        this.connectNanos = connectNanos;
    }

    String name() {
        return config.name();
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.peers.PeerState;
import java.util.List;

/** How this node has the same stick tables as others, of one group. Called by threads that are no event loops. */
interface StickExchange {
    /**
     * Goes on where one of the same name has ended that was made before this one. Before it begins.
     *
     * @param before that is closed
     */
    default void follow(StickExchange before) {}

    /**
     * Begins.
     *
     * @throws ProxyStartException if an address cannot be listened on
     */
    void start() throws ProxyStartException;

    /** How it is with whom it exchanges with. */
    List<PeerState> states();

    /** Ends, and holds nothing more. */
    void close();
}

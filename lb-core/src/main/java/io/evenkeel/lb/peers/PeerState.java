package io.evenkeel.lb.peers;

/**
 * How it is with a peer, or with the store that a group has in the place of peers, at one moment.
 *
 * @param group the {@code peers} section
 * @param peer its name, or where the store is
 * @param connected whether entries are exchanged
 * @param unconfirmed changes of this node that it has not confirmed to know: how far it lags behind. What changes twice counts once.
 * @param oldestNanos how long the oldest of them has waited; 0 if there is none
 * @param detail since when it is connected it is empty; else why it is not, a part of a sentence
 */
public record PeerState(
        String group,
        String peer,
        boolean connected,
        int unconfirmed,
        long oldestNanos,
        String detail) {}

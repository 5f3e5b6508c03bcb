package io.evenkeel.lb.peers;

/**
 * How it is with a peer at one moment.
 *
 * @param group the {@code peers} section
 * @param peer its name
 * @param connected whether entries are exchanged
 * @param unconfirmed changes that it has not confirmed to know: how far it lags behind. What changes twice counts once.
 * @param detail since when it is connected it is empty; else why it is not, a part of a sentence
 */
public record PeerState(
        String group, String peer, boolean connected, int unconfirmed, String detail) {}

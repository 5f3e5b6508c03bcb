package io.evenkeel.lb.peers;

/** Hears, on the thread of a {@link PeerGroup}, how it is with its peers: of each change once. */
public interface PeerListener {
    /** Entries are exchanged with a peer from now on. */
    void onConnected(String group, String peer);

    /**
     * A peer that was connected, or has not been yet, is away; of further attempts that fail nothing is heard until one succeeds.
     *
     * @param cause why, a part of a sentence
     */
    void onAway(String group, String peer, String cause);

    /**
     * Something of what a peer tells cannot be used, or somebody who is no peer has connected.
     *
     * @param complaint a sentence
     */
    void onComplaint(String group, String complaint);
}

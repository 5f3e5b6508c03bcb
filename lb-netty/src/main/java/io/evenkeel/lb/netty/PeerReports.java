package io.evenkeel.lb.netty;

import io.evenkeel.lb.peers.PeerListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs how it is with peers and stores, and tells the observer. */
final class PeerReports implements PeerListener {
    private static final Logger LOGGER = LoggerFactory.getLogger(PeerReports.class);

    private final SafeObserver observer;

    PeerReports(SafeObserver observer) {
        this.observer = observer;
    }

    @Override
    public void onConnected(String section, String peer) {
        LOGGER.info("Peers {}: {} is connected; stick tables are exchanged.", section, peer);
        observer.onPeerChange(section, peer, true, "");
    }

    @Override
    public void onAway(String section, String peer, String cause) {
        LOGGER.warn(
                "Peers {}: {} is away: {}. It is tried again, and told all that it misses when it is"
                        + " back.",
                section,
                peer,
                cause);
        observer.onPeerChange(section, peer, false, cause);
    }

    @Override
    public void onComplaint(String section, String complaint) {
        LOGGER.warn("Peers {}: {}", section, complaint);
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.PeerSnapshot;
import io.evenkeel.vrrp.RouterCounters;
import io.evenkeel.vrrp.VrrpState;
import java.util.List;

/**
 * One virtual router at one moment.
 *
 * @param name its name in the configuration
 * @param state what it is doing
 * @param priority its effective priority, 0..255
 * @param inMaintenance whether it was taken out of service
 * @param peers the routers that it has heard with its VRID, at most 64
 * @param counters what it has counted
 * @param sendFailures packets that the host refused to send since the start, on the socket that the routers of one interface share
 */
public record RouterSnapshot(
        String name,
        VrrpState state,
        int priority,
        boolean inMaintenance,
        List<PeerSnapshot> peers,
        RouterCounters counters,
        long sendFailures) {
    /** Keeps a copy of the list. */
    public RouterSnapshot {
        peers = List.copyOf(peers);
    }
}

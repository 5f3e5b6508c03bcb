package io.evenkeel.vrrp.netlink;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who meets whom in a cell of the interop matrix.
 *
 * @param ways how they speak, all at once
 * @param first who is started first
 * @param better who has the higher priority, null if both have the same
 * @param higher who sends from the higher address
 */
record InteropPlan(Peer peer, List<Way> ways, Side first, @Nullable Side better, Side higher) {
    private static final int PRIORITY = 100;
    private static final int BETTER_PRIORITY = 150;

    /** Whose router it is that Evenkeel meets. */
    enum Peer {
        KEEPALIVED("keepalived"),
        FRR("FRR");

        private final String text;

        Peer(String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    int host(Side side) {
        return side == higher ? 2 : 1;
    }

    RouterSettings settings(Side side) {
        return new RouterSettings(
                ways,
                host(side),
                // vrrpd would take a link-local address among the virtual ones for its own.
                peer == Peer.KEEPALIVED,
                side == better ? BETTER_PRIORITY : PRIORITY,
                false);
    }

    /** The router of that side, not started yet. */
    RouterProcess router(Side side, Lan lan, Path directory) throws Exception {
        Namespace host = lan.host(host(side));
        if (side == Side.EVENKEEL) {
            return new EvenkeelProcess(host, directory);
        }
        return peer == Peer.KEEPALIVED
                ? new Keepalived(host, directory)
                : new Frr(host, settings(side));
    }

    /**
     * Whether a peer takes no notice of an Active that advertises other addresses than its own, and becomes Active besides it: keepalived
     * before 2.3.3.
     */
    boolean peerDropsOtherLists() {
        return peer == Peer.KEEPALIVED;
    }

    /**
     * Whether the third host can be told where the addresses are by that side. FRR announces them once, when it becomes Active, and before its
     * first advertisement: what the former Active announces meanwhile stays. When it was Active all the time, it announces nothing.
     */
    boolean announces(Side side) {
        return side == Side.EVENKEEL || peer == Peer.KEEPALIVED;
    }

    /**
     * Whether a side gives up its addresses while its link is cut. FRR's vrrpd does not look at the link: a Backup hears nobody then and
     * becomes Active, which switches the carrier of its macvlan on, though the interface below has none.
     */
    boolean mindsLink(Side side) {
        return side == Side.EVENKEEL || peer == Peer.KEEPALIVED;
    }

    /** What a test of one way in this cell is called. */
    String describe(Way way, String event) {
        return "%s %s, %s first, %s%s"
                .formatted(peer, way, first, better == null ? "equal priority: " : "", event);
    }
}

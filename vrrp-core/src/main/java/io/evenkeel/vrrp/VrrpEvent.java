package io.evenkeel.vrrp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that happened to a virtual router and that people or programs may want to know. */
public sealed interface VrrpEvent
        permits VrrpEvent.StateChanged,
                VrrpEvent.PriorityChanged,
                VrrpEvent.PacketRejected,
                VrrpEvent.PeerDiffers,
                VrrpEvent.PeerSilent,
                VrrpEvent.NobodyHeard,
                VrrpEvent.AddressesLost,
                VrrpEvent.Contention,
                VrrpEvent.WokeLate {

    /** The name of the router in its configuration. */
    String router();

    /** What happened, in one sentence for a log or a screen. */
    String sentence();

    /**
     * The state changed. It comes after the actions that make it so.
     *
     * @param priority the effective priority at that moment, 1..255
     * @param reason why, as a sentence
     */
    record StateChanged(String router, VrrpState from, VrrpState to, int priority, String reason)
            implements VrrpEvent {
        @Override
        public String sentence() {
            return router + " went from " + from + " to " + to + ": " + reason;
        }
    }

    /** Trackers or a new configuration moved the effective priority. */
    record PriorityChanged(String router, int from, int to, String reason) implements VrrpEvent {
        @Override
        public String sentence() {
            return "The priority of " + router + " went from " + from + " to " + to + ": " + reason;
        }
    }

    /**
     * A packet was dropped. Told once for each kind and source until the state changes; the counters
     * count them all.
     */
    record PacketRejected(
            String router, PacketRejection rejection, IpAddress source, String sentence)
            implements VrrpEvent {}

    /**
     * A peer is set up differently from this router in a way that will hurt, though its advertisement
     * was understood. Told once for each peer and difference.
     */
    record PeerDiffers(String router, Difference difference, IpAddress peer, String sentence)
            implements VrrpEvent {}

    /**
     * The Active that this router followed is no longer heard, and this router takes over.
     *
     * @param peer who it was
     * @param silentNanos since its last advertisement that was taken
     * @param lastRejection why its packets are dropped that still arrive, or null if none does
     */
    record PeerSilent(
            String router,
            IpAddress peer,
            long silentNanos,
            @Nullable PacketRejection lastRejection,
            String sentence)
            implements VrrpEvent {}

    /**
     * This router became Active without having heard anybody of its VRID since its start. Right for the
     * first router of a cluster; for any other one it means that packets do not arrive, and two routers
     * own the addresses.
     */
    record NobodyHeard(String router, String sentence) implements VrrpEvent {}

    /**
     * Another program took addresses of this Active off the host.
     *
     * @param addresses which
     * @param givenUp whether that happened so often that the router hands over; else it has put them
     *     back
     */
    record AddressesLost(
            String router, List<VirtualAddress> addresses, boolean givenUp, String sentence)
            implements VrrpEvent {
        /** Keeps a copy of the list. */
        public AddressesLost {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * Another router is Active at the same time and ranks lower, so that this one stays. It was told
     * so at once. Reported at most every ten seconds.
     *
     * @param peer the other one
     * @param peerPriority its priority
     */
    record Contention(String router, IpAddress peer, int peerPriority, String sentence)
            implements VrrpEvent {}

    /**
     * The driver came so late that a peer may have acted in between: a pause of the JVM, of the machine
     * or of the CPU.
     *
     * @param lateNanos by how much
     */
    record WokeLate(String router, long lateNanos, String sentence) implements VrrpEvent {}

    /** In what a peer may differ without its advertisements being dropped. */
    enum Difference {
        /** Another advertisement interval (version 3; a Backup adopts the Active's). */
        INTERVAL,
        /** Other virtual addresses under this router's VRID. */
        ADDRESSES,
        /** This router's virtual address under another VRID, so that both hold it. */
        VIRTUAL_ROUTER_ID,
        /** The same priority, so that the address decides between the two; or two owners. */
        EQUAL_PRIORITY,
        /** A sender that is no configured unicast peer. */
        UNKNOWN_PEER,
        /** A checksum that covers something else than what this router sends. */
        CHECKSUM_FORM
    }
}

package io.evenkeel.vrrp;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a router sends its advertisements to: the multicast group of the LAN, or named peers. It takes
 * advertisements by the same way only.
 */
public final class Destinations {

    /** 224.0.0.18 or ff02::12, by the family of the virtual addresses (RFC 9568, section 5.1). */
    public static final Destinations MULTICAST = new Destinations(null, List.of(), 255, false);

    private static final IpAddress IPV6_GROUP = IpAddress.parse("ff02::12");

    private final @Nullable IpAddress group;
    private final List<UnicastPeer> peers;
    private final int ttl;
    private final boolean onlyPeers;

    private Destinations(
            @Nullable IpAddress group, List<UnicastPeer> peers, int ttl, boolean onlyPeers) {
        this.group = group;
        this.peers = peers;
        this.ttl = ttl;
        this.onlyPeers = onlyPeers;
    }

    /**
     * Another multicast group than the protocol's, for clusters that are to be kept apart.
     *
     * @throws IllegalArgumentException if the address is no multicast address
     */
    public static Destinations multicast(IpAddress group) {
        if (!group.isMulticast()) {
            throw new IllegalArgumentException(
                    group + " is no multicast address; it must be of 224.0.0.0/4 or ff00::/8.");
        }
        return new Destinations(group, List.of(), 255, false);
    }

    /**
     * These peers, each by a packet of its own. Packets of others are taken too, as keepalived does
     * unless told otherwise; see {@link #onlyPeers()}.
     *
     * @throws IllegalArgumentException if there is no peer, one is there twice, or both families are
     */
    public static Destinations unicast(List<UnicastPeer> peers) {
        if (peers.isEmpty()) {
            throw new IllegalArgumentException("There is no unicast peer; name at least one.");
        }
        Set<IpAddress> seen = new HashSet<>();
        for (UnicastPeer peer : peers) {
            if (!seen.add(peer.address())) {
                throw new IllegalArgumentException(
                        "The unicast peer " + peer.address() + " is there twice.");
            }
            if (peer.address().isIpv4() != peers.get(0).address().isIpv4()) {
                throw new IllegalArgumentException(
                        "The unicast peers "
                                + peers.get(0).address()
                                + " and "
                                + peer.address()
                                + " are of different families; one router speaks one of them.");
            }
        }
        return new Destinations(null, List.copyOf(peers), 255, false);
    }

    /** The same, but packets whose source is no configured peer are dropped. */
    public Destinations onlyPeers() {
        return new Destinations(group, peers, ttl, true);
    }

    /**
     * The same with another TTL or hop limit on what is sent to peers. Multicast always has 255.
     *
     * @throws IllegalArgumentException if it is not 1..255, or these are no peers
     */
    public Destinations withTtl(int ttl) {
        if (ttl < 1 || ttl > 255) {
            throw new IllegalArgumentException(
                    "The TTL to unicast peers is " + ttl + "; it must be 1..255.");
        }
        if (!isUnicast()) {
            throw new IllegalArgumentException(
                    "Multicast advertisements always have a TTL of 255.");
        }
        return new Destinations(group, peers, ttl, onlyPeers);
    }

    public boolean isUnicast() {
        return !peers.isEmpty();
    }

    /** The peers; empty for multicast. */
    public List<UnicastPeer> peers() {
        return peers;
    }

    /** Whether a packet is dropped whose source is no configured peer. */
    public boolean isOnlyPeers() {
        return onlyPeers;
    }

    /** The TTL or hop limit to send with, 1..255. */
    public int ttl() {
        return ttl;
    }

    /** The multicast group of a router of that family; without meaning for unicast. */
    public IpAddress group(boolean ipv4) {
        IpAddress chosen = group;
        if (chosen != null) {
            return chosen;
        }
        return ipv4 ? AdvertisementCodec.IPV4_GROUP : IPV6_GROUP;
    }

    /** The peer with that address, or null. */
    @Nullable UnicastPeer peer(long high, long low) {
        for (int i = 0; i < peers.size(); i++) {
            UnicastPeer peer = peers.get(i);
            if (peer.address().low() == low && peer.address().high() == high) {
                return peer;
            }
        }
        return null;
    }

    /** Whether this can serve a router of that family. */
    boolean fits(boolean ipv4) {
        IpAddress chosen = group;
        if (isUnicast()) {
            return peers.get(0).address().isIpv4() == ipv4;
        }
        return chosen == null || chosen.isIpv4() == ipv4;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Destinations destinations
                && Objects.equals(group, destinations.group)
                && peers.equals(destinations.peers)
                && ttl == destinations.ttl
                && onlyPeers == destinations.onlyPeers;
    }

    @Override
    public int hashCode() {
        return Objects.hash(group, peers, ttl, onlyPeers);
    }

    /** {@code multicast}, the group, or the peers. */
    @Override
    public String toString() {
        if (isUnicast()) {
            return "peers " + peers.stream().map(UnicastPeer::address).toList();
        }
        return group == null ? "multicast" : "multicast " + group;
    }
}

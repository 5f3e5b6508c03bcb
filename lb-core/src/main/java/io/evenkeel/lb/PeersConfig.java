package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Nodes that tell each other what is in their stick tables, by HAProxy's peers protocol ({@code peers}). Which tables those are, the
 * tables say: {@link StickTableConfig#peers}.
 *
 * @param name no other group's
 * @param localPeer what the others call this node
 * @param binds where this node listens for the others
 * @param peers the others, each name once
 */
public record PeersConfig(
        String name, String localPeer, List<BindAddress> binds, List<PeerConfig> peers) {
    /**
     * Checks the parts.
     *
     * @throws InvalidConfigException with every problem
     */
    public PeersConfig {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(localPeer, "localPeer");
        binds = List.copyOf(binds);
        peers = List.copyOf(peers);
        Problems problems = new Problems("peers[" + name + "]");
        problems.name(name);
        problems.noControlOrSpace("localPeer", localPeer);
        if (localPeer.isEmpty()) {
            problems.add("localPeer", "is empty, but the others know this node by a name");
        }
        List<String> names = new ArrayList<>(peers.stream().map(PeerConfig::name).toList());
        problems.unique("peer", names, "peer name");
        if (names.contains(localPeer)) {
            problems.add(
                    "peer[" + localPeer + "]",
                    "is this node itself; leave it out, its address is bound to");
        }
        problems.throwIfAny();
    }

    /** A group without another node. */
    public static Builder builder(String name, String localPeer) {
        return new Builder(name, localPeer);
    }

    /** Builds a {@link PeersConfig}. */
    public static final class Builder {
        private final String name;
        private final String localPeer;
        private final List<BindAddress> binds = new ArrayList<>();
        private final List<PeerConfig> peers = new ArrayList<>();

        private Builder(String name, String localPeer) {
            this.name = name;
            this.localPeer = localPeer;
        }

        /** Adds an address to listen on. */
        public Builder bind(BindAddress address) {
            binds.add(address);
            return this;
        }

        /** Adds another node. */
        public Builder peer(String peer, String host, int port) {
            peers.add(new PeerConfig(peer, host, port));
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public PeersConfig build() {
            return new PeersConfig(name, localPeer, binds, peers);
        }
    }
}

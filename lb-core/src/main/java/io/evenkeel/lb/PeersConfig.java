package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that tell each other what is in their stick tables ({@code peers}): by HAProxy's peers protocol, or through a store that all of
 * them use. Which tables those are, the tables say: {@link StickTableConfig#peers}.
 *
 * @param name no other group's
 * @param localPeer what the others call this node
 * @param binds where this node listens for the others
 * @param tls how TLS is taken off what arrives at {@code binds} ({@code bind ... ssl}); null: it is in clear
 * @param peers the others, each name once
 * @param store through which the nodes exchange, and which needs no {@code binds} and {@code peers}; null: they connect to each other
 */
public record PeersConfig(
        String name,
        String localPeer,
        List<BindAddress> binds,
        @Nullable BindTlsConfig tls,
        List<PeerConfig> peers,
        @Nullable RedisConfig store) {
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
        if (store != null) {
            checkStore(problems, localPeer, binds, peers);
        }
        if (tls != null && binds.isEmpty()) {
            problems.add("tls", "is taken off what arrives, but there is no 'bind'; leave it out");
        }
        problems.throwIfAny();
    }

    private static void checkStore(
            Problems problems, String localPeer, List<BindAddress> binds, List<PeerConfig> peers) {
        if (!binds.isEmpty() || !peers.isEmpty()) {
            problems.add(
                    "store",
                    "takes the place of connections between the nodes; leave out 'bind' and 'peer'");
        }
        if (localPeer.chars().anyMatch(c -> c > '~')) {
            problems.add(
                    "localPeer",
                    "is not ASCII, by which a store decides whose change counts; use ASCII only");
        }
    }

    /** The same tables, exchanged through a store and not by connections between the nodes. */
    public PeersConfig through(RedisConfig value) {
        return new PeersConfig(name, localPeer, List.of(), null, List.of(), value);
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
        private @Nullable BindTlsConfig tls;
        private @Nullable RedisConfig store;

        private Builder(String name, String localPeer) {
            this.name = name;
            this.localPeer = localPeer;
        }

        /** Adds an address to listen on. */
        public Builder bind(BindAddress address) {
            binds.add(address);
            return this;
        }

        /** How TLS is taken off what arrives at these addresses; null, the default: it is in clear. */
        public Builder tls(@Nullable BindTlsConfig value) {
            tls = value;
            return this;
        }

        /** Adds another node, with connections in clear. */
        public Builder peer(String peer, String host, int port) {
            return peer(new PeerConfig(peer, host, port));
        }

        /** Adds another node. */
        public Builder peer(PeerConfig peer) {
            peers.add(peer);
            return this;
        }

        /** Where the nodes exchange, instead of connecting to each other; null, the default: they connect. */
        public Builder store(@Nullable RedisConfig value) {
            store = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public PeersConfig build() {
            return new PeersConfig(name, localPeer, binds, tls, peers, store);
        }
    }
}

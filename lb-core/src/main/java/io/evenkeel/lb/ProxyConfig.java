package io.evenkeel.lb;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Everything a proxy needs: frontends, the backends they lead to, and the nodes it shares stick tables with.
 *
 * @param frontends names unique
 * @param backends names unique; every backend that a frontend names is among them
 * @param limits what all frontends may take together
 * @param peers names unique; every group that a stick table names is among them
 * @param resolvers names unique; all that a server names are among them
 * @param udpFrontends names unique, also among {@code frontends}; a list of its own, for next to nothing that is said of connections can
 *     be said of datagrams
 */
public record ProxyConfig(
        List<FrontendConfig> frontends,
        List<BackendConfig> backends,
        ProxyLimits limits,
        List<PeersConfig> peers,
        List<ResolversConfig> resolvers,
        List<UdpFrontendConfig> udpFrontends) {
    /**
     * One without limits of its own and without other nodes.
     *
     * @throws InvalidConfigException with every problem
     */
    public ProxyConfig(List<FrontendConfig> frontends, List<BackendConfig> backends) {
        this(frontends, backends, ProxyLimits.DEFAULT, List.of(), List.of(), List.of());
    }

    /**
     * Checks that the parts fit together.
     *
     * @throws InvalidConfigException with every problem
     */
    public ProxyConfig {
        frontends = List.copyOf(frontends);
        backends = List.copyOf(backends);
        Objects.requireNonNull(limits, "limits");
        peers = List.copyOf(peers);
        resolvers = List.copyOf(resolvers);
        udpFrontends = List.copyOf(udpFrontends);
        Problems problems = new Problems("proxy");
        problems.unique(
                "frontend", frontends.stream().map(FrontendConfig::name).toList(), "frontend name");
        problems.unique(
                "backend", backends.stream().map(BackendConfig::name).toList(), "backend name");
        Map<BindAddress, String> bound = new HashMap<>();
        for (FrontendConfig frontend : frontends) {
            String path = "frontend[" + frontend.name() + "].";
            String otherwise = frontend.defaultBackend();
            if (otherwise != null) {
                checkExists(problems, path + "defaultBackend", otherwise, backends);
            }
            List<BackendRule> rules = frontend.backendRules();
            for (int i = 0; i < rules.size(); i++) {
                String place = path + "useBackend[" + i + "]";
                checkExists(problems, place, rules.get(i).backend(), backends);
            }
            for (BindAddress bind : frontend.binds()) {
                String other = bind.port() == 0 ? null : bound.put(bind, frontend.name());
                if (other != null) {
                    problems.add(
                            path + "bind[" + bind + "]",
                            "frontend '"
                                    + other
                                    + "' listens there already; remove one of the two");
                }
            }
        }
        for (UdpFrontendConfig frontend : udpFrontends) {
            String path = "udpFrontend[" + frontend.name() + "].backend";
            checkExists(problems, path, frontend.backend(), backends);
        }
        UdpFrontends.check(problems, udpFrontends, frontends, backends);
        checkStickTables(problems, frontends, backends);
        checkPeers(problems, stickTables(frontends, backends), peers);
        checkResolvers(problems, backends, resolvers);
        ServerTracking.check(backends, problems);
        problems.throwIfAny();
    }

    private static void checkStickTables(
            Problems problems, List<FrontendConfig> frontends, List<BackendConfig> backends) {
        Map<String, StickTableConfig> tables = stickTables(frontends, backends);
        for (FrontendConfig frontend : frontends) {
            SourceLimitConfig limit = frontend.sourceLimit();
            if (limit != null) {
                limit.check(
                        problems,
                        "frontend[" + frontend.name() + "].sourceLimit",
                        tables.get(limit.table()));
            }
            BackendConfig namesake = find(backends, frontend.name());
            if (frontend.stickTable() != null
                    && namesake != null
                    && namesake.stickTable() != null) {
                problems.add(
                        "frontend[" + frontend.name() + "].stickTable",
                        "the backend of the same name has a stick table, which is called so;"
                                + " remove one of the two");
            }
        }
        for (BackendConfig backend : backends) {
            for (StickRule rule : backend.stickiness().rules()) {
                if (rule.table() != null) {
                    rule.check(
                            problems,
                            "backend[" + backend.name() + "].stickiness[" + rule + "]",
                            tables.get(rule.table()));
                }
            }
        }
    }

    private static void checkPeers(
            Problems problems, Map<String, StickTableConfig> tables, List<PeersConfig> peers) {
        List<String> names = peers.stream().map(PeersConfig::name).toList();
        problems.unique("peers", names, "name of a group of peers");
        tables.forEach(
                (table, config) -> {
                    String group = config.peers();
                    if (group != null && !names.contains(group)) {
                        problems.add(
                                "stickTable[" + table + "].peers",
                                "there are no peers '" + group + "'; add them");
                    }
                    boolean stored =
                            peers.stream()
                                    .anyMatch(
                                            each ->
                                                    each.store() != null
                                                            && each.name().equals(group));
                    if (stored && config.expireNanos() == 0) {
                        problems.add(
                                "stickTable[" + table + "].expire",
                                "is not set, so the store of peers '"
                                        + group
                                        + "' would keep for ever what all nodes have long forgotten;"
                                        + " set it");
                    }
                });
    }

    private static void checkResolvers(
            Problems problems, List<BackendConfig> backends, List<ResolversConfig> resolvers) {
        List<String> names = resolvers.stream().map(ResolversConfig::name).toList();
        problems.unique("resolvers", names, "name of resolvers");
        for (BackendConfig backend : backends) {
            for (ServerConfig server : backend.servers()) {
                ServerResolution resolution = server.resolution();
                if (resolution != null && !names.contains(resolution.resolvers())) {
                    problems.add(
                            "backend[" + backend.name() + "].server[" + server.name() + "]",
                            "there are no resolvers '" + resolution.resolvers() + "'; add them");
                }
            }
        }
    }

    private static Map<String, StickTableConfig> stickTables(
            List<FrontendConfig> frontends, List<BackendConfig> backends) {
        Map<String, StickTableConfig> tables = new LinkedHashMap<>();
        for (FrontendConfig frontend : frontends) {
            StickTableConfig table = frontend.stickTable();
            if (table != null) {
                tables.put(frontend.name(), table);
            }
        }
        for (BackendConfig backend : backends) {
            StickTableConfig table = backend.stickTable();
            if (table != null) {
                tables.put(backend.name(), table);
            }
        }
        return tables;
    }

    /** All stick tables, by the names of the frontends and backends that they stand in. */
    public Map<String, StickTableConfig> stickTables() {
        return Collections.unmodifiableMap(stickTables(frontends, backends));
    }

    private static void checkExists(
            Problems problems, String place, String backend, List<BackendConfig> backends) {
        if (find(backends, backend) == null) {
            problems.add(place, "there is no backend '" + backend + "'; " + known(backends));
        }
    }

    /** The backend of that name, or null. */
    public @Nullable BackendConfig backend(String name) {
        return find(backends, name);
    }

    private static @Nullable BackendConfig find(List<BackendConfig> backends, String name) {
        for (BackendConfig backend : backends) {
            if (backend.name().equals(name)) {
                return backend;
            }
        }
        return null;
    }

    private static String known(List<BackendConfig> backends) {
        return backends.isEmpty()
                ? "define it"
                : "there are "
                        + String.join(", ", backends.stream().map(BackendConfig::name).toList());
    }

    /** One without any part. */
    public static Builder builder() {
        return new Builder();
    }

    /** The parts of this one, to be added to or replaced. */
    public Builder toBuilder() {
        return builder()
                .frontends(frontends)
                .backends(backends)
                .limits(limits)
                .peers(peers)
                .resolvers(resolvers)
                .udpFrontends(udpFrontends);
    }

    /** Collects the parts, none of which has to be given; {@link #build} checks them. Not safe for use by several threads. */
    public static final class Builder {
        private List<FrontendConfig> frontends = List.of();
        private List<BackendConfig> backends = List.of();
        private ProxyLimits limits = ProxyLimits.DEFAULT;
        private List<PeersConfig> peers = List.of();
        private List<ResolversConfig> resolvers = List.of();
        private List<UdpFrontendConfig> udpFrontends = List.of();

        private Builder() {}

        /** Replaces all frontends. */
        public Builder frontends(List<FrontendConfig> value) {
            frontends = value;
            return this;
        }

        /** Replaces all frontends. */
        public Builder frontends(FrontendConfig... values) {
            return frontends(List.of(values));
        }

        /** Replaces all backends. */
        public Builder backends(List<BackendConfig> value) {
            backends = value;
            return this;
        }

        /** Replaces all backends. */
        public Builder backends(BackendConfig... values) {
            return backends(List.of(values));
        }

        /** What all frontends may take together; {@link ProxyLimits#DEFAULT} if not set. */
        public Builder limits(ProxyLimits value) {
            limits = value;
            return this;
        }

        /** Replaces all groups of nodes. */
        public Builder peers(List<PeersConfig> value) {
            peers = value;
            return this;
        }

        /** Replaces all groups of name servers. */
        public Builder resolvers(List<ResolversConfig> value) {
            resolvers = value;
            return this;
        }

        /** Replaces all frontends of datagrams. */
        public Builder udpFrontends(List<UdpFrontendConfig> value) {
            udpFrontends = value;
            return this;
        }

        /**
         * Checks that the parts fit together.
         *
         * @throws InvalidConfigException with every problem
         */
        public ProxyConfig build() {
            return new ProxyConfig(frontends, backends, limits, peers, resolvers, udpFrontends);
        }
    }
}

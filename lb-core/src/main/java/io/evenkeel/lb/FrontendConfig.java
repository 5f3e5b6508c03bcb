package io.evenkeel.lb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where connections are accepted and which backend they go to, as configured. */
public final class FrontendConfig {
    private final String name;
    private final List<BindAddress> binds;
    private final Map<BindAddress, ProxyHeaderSenders> proxyHeaderSenders;
    private final Map<BindAddress, ListenConfig> listenConfigs;
    private final Map<BindAddress, BindTlsConfig> tls;
    private final Condition expectProxyHeader;
    private final long proxyHeaderTimeoutNanos;
    private final @Nullable String defaultBackend;
    private final List<AccessRule> connectionRules;
    private final long inspectDelayNanos;
    private final List<AccessRule> contentRules;
    private final List<BackendRule> backendRules;
    private final long clientTimeoutNanos;
    private final long clientFinTimeoutNanos;
    private final int maxConnections;
    private final int maxSessionRate;
    private final @Nullable SourceLimitConfig sourceLimit;
    private final @Nullable StickTableConfig stickTable;

    private FrontendConfig(Builder builder) {
        name = builder.name;
        binds = List.copyOf(builder.binds);
        proxyHeaderSenders = Map.copyOf(builder.proxyHeaderSenders);
        Map<BindAddress, ListenConfig> unusual = new HashMap<>(builder.listenConfigs);
        unusual.values().removeIf(ListenConfig.DEFAULT::equals);
        listenConfigs = Map.copyOf(unusual);
        tls = Map.copyOf(builder.tls);
        expectProxyHeader = builder.expectProxyHeader;
        proxyHeaderTimeoutNanos = Problems.nanos(builder.proxyHeaderTimeout);
        defaultBackend = builder.defaultBackend;
        connectionRules = List.copyOf(builder.connectionRules);
        inspectDelayNanos = Problems.nanos(builder.inspectDelay);
        contentRules = List.copyOf(builder.contentRules);
        backendRules = List.copyOf(builder.backendRules);
        clientTimeoutNanos = Problems.nanos(builder.clientTimeout);
        clientFinTimeoutNanos = Problems.nanos(builder.clientFinTimeout);
        maxConnections = builder.maxConnections;
        maxSessionRate = builder.maxSessionRate;
        sourceLimit = builder.sourceLimit;
        stickTable = builder.stickTable;
    }

    /** A builder for a frontend of that name; it needs a bind and a backend. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Unique among the frontends. */
    public String name() {
        return name;
    }

    /** At least one. */
    public List<BindAddress> binds() {
        return binds;
    }

    /** Who may connect to one of {@link #binds}, each connection with a PROXY header; null if connections come without. */
    public @Nullable ProxyHeaderSenders proxyHeaderSenders(BindAddress bind) {
        return proxyHeaderSenders.get(bind);
    }

    /** How one of {@link #binds} is listened on. */
    public ListenConfig listenConfig(BindAddress bind) {
        return listenConfigs.getOrDefault(bind, ListenConfig.DEFAULT);
    }

    /** How TLS is taken off the connections of one of {@link #binds}; null if it is not. */
    public @Nullable BindTlsConfig tls(BindAddress bind) {
        return tls.get(bind);
    }

    /** Of which connections a PROXY header is expected, whatever they are made to ({@code expect-proxy layer4}). */
    public Condition expectProxyHeader() {
        return expectProxyHeader;
    }

    /** The longest wait for a whole PROXY header. */
    public long proxyHeaderTimeoutNanos() {
        return proxyHeaderTimeoutNanos;
    }

    /** The name of the backend that gets the connections of which no rule holds; null: they are reset. */
    public @Nullable String defaultBackend() {
        return defaultBackend;
    }

    /**
     * Taken in order as soon as a connection is accepted; one of which none holds is taken. They look at addresses and ports only,
     * which are those of the connection, whatever its PROXY header will say.
     */
    public List<AccessRule> connectionRules() {
        return connectionRules;
    }

    /** The longest wait for the first bytes that rules look at; 0: they go by what has arrived. */
    public long inspectDelayNanos() {
        return inspectDelayNanos;
    }

    /** Taken in order after {@link #connectionRules}, as far as the first bytes are known; a connection of which none holds is taken. */
    public List<AccessRule> contentRules() {
        return contentRules;
    }

    /** Taken in order for a connection that was taken; the first that holds says the backend. */
    public List<BackendRule> backendRules() {
        return backendRules;
    }

    /** Of a silent client, or 0 for no limit. */
    public long clientTimeoutNanos() {
        return clientTimeoutNanos;
    }

    /**
     * Of a silent client once one direction of its connection has ended, or 0 for the same as before
     * ({@code timeout client-fin}).
     */
    public long clientFinTimeoutNanos() {
        return clientFinTimeoutNanos;
    }

    /** Connections at a time, or 0 for no limit. */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * Connections accepted per second, spread over it, without those that are rejected as soon as they are accepted; 0 for no limit
     * ({@code rate-limit sessions}).
     */
    public int maxSessionRate() {
        return maxSessionRate;
    }

    /** How much one client address may have, or null for no limit. */
    public @Nullable SourceLimitConfig sourceLimit() {
        return sourceLimit;
    }

    /** The stick table of the frontend's name, or null if it has none. */
    public @Nullable StickTableConfig stickTable() {
        return stickTable;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FrontendConfig that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** {@code frontend name}. */
    @Override
    public String toString() {
        return "frontend " + name;
    }

    private List<Object> fields() {
        return List.of(
                name,
                List.of(
                        binds,
                        listenConfigs,
                        tls,
                        proxyHeaderSenders,
                        expectProxyHeader,
                        proxyHeaderTimeoutNanos),
                Optional.ofNullable(defaultBackend),
                connectionRules,
                inspectDelayNanos,
                contentRules,
                backendRules,
                clientTimeoutNanos,
                clientFinTimeoutNanos,
                maxConnections,
                maxSessionRate,
                Optional.ofNullable(sourceLimit),
                Optional.ofNullable(stickTable));
    }

    /** Builds a {@link FrontendConfig}. */
    public static final class Builder {
        private final String name;
        private final List<BindAddress> binds = new ArrayList<>();
        private final Map<BindAddress, ProxyHeaderSenders> proxyHeaderSenders = new HashMap<>();
        private final Map<BindAddress, ListenConfig> listenConfigs = new HashMap<>();
        private final Map<BindAddress, BindTlsConfig> tls = new HashMap<>();
        private Condition expectProxyHeader = Condition.never();
        private Duration proxyHeaderTimeout = Duration.ofSeconds(3);
        private @Nullable String defaultBackend;
        private final List<AccessRule> connectionRules = new ArrayList<>();
        private Duration inspectDelay = Duration.ZERO;
        private final List<AccessRule> contentRules = new ArrayList<>();
        private final List<BackendRule> backendRules = new ArrayList<>();
        private Duration clientTimeout = Duration.ZERO;
        private Duration clientFinTimeout = Duration.ZERO;
        private int maxConnections;
        private int maxSessionRate;
        private @Nullable SourceLimitConfig sourceLimit;
        private @Nullable StickTableConfig stickTable;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Adds an address to listen on. */
        public Builder bind(BindAddress value) {
            binds.add(value);
            return this;
        }

        /** Adds an address to listen on. */
        public Builder bind(String host, int port) {
            return bind(new BindAddress(host, port));
        }

        /** Adds an address to listen on, where each connection begins with a PROXY header. */
        public Builder bind(BindAddress value, ProxyHeaderSenders senders) {
            proxyHeaderSenders.put(value, senders);
            return bind(value);
        }

        /** How one of the addresses is listened on; {@link ListenConfig#DEFAULT} if not set. */
        public Builder listenConfig(BindAddress bind, ListenConfig value) {
            listenConfigs.put(bind, value);
            return this;
        }

        /** Takes TLS off the connections of an address that is listened on; a PROXY header comes before it. */
        public Builder tls(BindAddress bind, BindTlsConfig value) {
            tls.put(bind, value);
            return this;
        }

        /**
         * Expects a PROXY header of the connections of which this holds, and of no others; looks at addresses and ports only.
         * {@link Condition#never()}, the default: only where the address says so.
         */
        public Builder expectProxyHeader(Condition value) {
            expectProxyHeader = Objects.requireNonNull(value, "expectProxyHeader");
            return this;
        }

        /** How long a PROXY header may take, above 0; 3 s if not set, which a lost segment takes to be sent again. */
        public Builder proxyHeaderTimeout(Duration value) {
            proxyHeaderTimeout = value;
            return this;
        }

        /** The backend that gets the connections of which no rule holds; null, the default: they are reset. */
        public Builder defaultBackend(@Nullable String value) {
            defaultBackend = value;
            return this;
        }

        /** Adds a rule at the accept; its condition looks at addresses and ports only. */
        public Builder connectionRule(AccessRule value) {
            connectionRules.add(value);
            return this;
        }

        /** How long rules wait at most for first bytes that they look at; zero, the default: not at all. */
        public Builder inspectDelay(Duration value) {
            inspectDelay = value;
            return this;
        }

        /** Adds a rule on the first bytes. */
        public Builder contentRule(AccessRule value) {
            contentRules.add(value);
            return this;
        }

        /** Sends the connections of which the condition holds to that backend. */
        public Builder useBackend(String backend, Condition condition) {
            backendRules.add(new BackendRule(backend, condition));
            return this;
        }

        /** Zero, the default: no limit. */
        public Builder clientTimeout(Duration value) {
            clientTimeout = value;
            return this;
        }

        /** Zero, the default: as before the half-close. */
        public Builder clientFinTimeout(Duration value) {
            clientFinTimeout = value;
            return this;
        }

        /** Connections at a time; 0, the default: no limit. */
        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        /** Connections accepted per second; the others wait in the kernel's queue; 0, the default: no limit. */
        public Builder maxSessionRate(int value) {
            maxSessionRate = value;
            return this;
        }

        /** How much one client address may have; null, the default: no limit. */
        public Builder sourceLimit(@Nullable SourceLimitConfig value) {
            sourceLimit = value;
            return this;
        }

        /** Null, the default: the frontend has none. */
        public Builder stickTable(@Nullable StickTableConfig value) {
            stickTable = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public FrontendConfig build() {
            Problems problems = new Problems("frontend[" + name + "]");
            problems.name(name);
            if (binds.isEmpty()) {
                problems.add("bind", "is missing; say where to listen, such as *:80");
            }
            Set<BindAddress> bound = Set.copyOf(binds);
            for (BindAddress listened : listenConfigs.keySet()) {
                if (!bound.contains(listened)) {
                    problems.add(
                            "listenConfig[" + listened + "]",
                            "is for an address that is not bound; bind it as well");
                }
            }
            for (BindAddress bind : tls.keySet()) {
                if (!bound.contains(bind)) {
                    problems.add("tls[" + bind + "]", "is of an address that is not listened on");
                }
            }
            boolean unset = defaultBackend == null && backendRules.isEmpty();
            if (unset || defaultBackend != null && defaultBackend.isEmpty()) {
                problems.add(
                        "defaultBackend", "is missing; say which backend gets the connections");
            }
            for (int i = 0; i < connectionRules.size(); i++) {
                if (!connectionRules.get(i).condition().needs().isEmpty()) {
                    problems.add(
                            "connectionRule[" + i + "]",
                            "looks at the first bytes, of which none is there when a connection"
                                    + " is accepted; make it a contentRule");
                }
            }
            problems.addressesOnly("expectProxyHeader", expectProxyHeader);
            problems.interval("proxyHeaderTimeout", proxyHeaderTimeout);
            if (inspectDelay.isNegative() || inspectDelay.compareTo(Problems.LONGEST) > 0) {
                problems.add(
                        "inspectDelay",
                        "is " + inspectDelay + ", but must be from 0 (no wait) to 2147483647 ms");
            }
            problems.timeout("clientTimeout", clientTimeout);
            problems.timeout("clientFinTimeout", clientFinTimeout);
            problems.atLeast("maxConnections", maxConnections, 0);
            problems.atLeast("maxSessionRate", maxSessionRate, 0);
            problems.throwIfAny();
            return new FrontendConfig(this);
        }
    }
}

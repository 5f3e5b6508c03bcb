package io.evenkeel.lb;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One server of a backend, as configured. */
public final class ServerConfig {
    /** The heaviest weight, as in HAProxy. */
    public static final int MAX_WEIGHT = 256;

    /** The last of the priorities. */
    public static final int MAX_PRIORITY = 127;

    private final String name;
    private final String host;
    private final int port;
    private final int weight;
    private final int addressNumber;
    private final boolean backup;
    private final boolean disabled;
    private final int maxConnections;
    private final int minConnections;
    private final int maxQueue;
    private final long slowStartNanos;
    private final int priority;
    private final boolean sticky;
    private final @Nullable CheckConfig check;
    private final @Nullable AgentConfig agent;
    private final @Nullable TrackedServer tracked;
    private final boolean resetSessionsWhenDown;
    private final boolean resetBackupSessionsWhenUp;
    private final @Nullable ProxyHeader proxyHeader;
    private final ConnectConfig connect;
    private final @Nullable ServerResolution resolution;
    private final @Nullable ServerTlsConfig tls;

    private ServerConfig(Builder builder) {
        name = builder.name;
        host = builder.host;
        port = builder.port;
        weight = builder.weight;
        addressNumber = builder.addressNumber;
        backup = builder.backup;
        disabled = builder.disabled;
        maxConnections = builder.maxConnections;
        minConnections = builder.minConnections;
        maxQueue = builder.maxQueue;
        slowStartNanos = Problems.nanos(builder.slowStart);
        priority = builder.priority;
        sticky = builder.sticky;
        check = builder.check;
        agent = builder.agent;
        tracked = builder.tracked;
        resetSessionsWhenDown = builder.resetSessionsWhenDown;
        resetBackupSessionsWhenUp = builder.resetBackupSessionsWhenUp;
        proxyHeader = builder.proxyHeader;
        connect = builder.connect;
        resolution = builder.resolution;
        tls = builder.tls;
    }

    /**
     * A builder for a server of weight 1 that is not checked.
     *
     * @param name unique within its backend
     * @param host a literal address or a host name; {@code ipv4@} or {@code ipv6@} in front of a name that the system looks up leaves its
     *     addresses of the other family out
     * @param port 1 to 65535; 0 of a service, whose SRV records say the ports
     */
    public static Builder builder(String name, String host, int port) {
        return new Builder(name, host, port);
    }

    /** A builder that starts from this server. */
    public Builder toBuilder() {
        return new Builder(name, host, port)
                .weight(weight)
                .addressNumber(addressNumber)
                .backup(backup)
                .disabled(disabled)
                .maxConnections(maxConnections)
                .minConnections(minConnections)
                .maxQueue(maxQueue)
                .slowStart(Duration.ofNanos(slowStartNanos))
                .priority(priority)
                .sticky(sticky)
                .check(check)
                .agent(agent)
                .tracked(tracked)
                .resetSessionsWhenDown(resetSessionsWhenDown)
                .resetBackupSessionsWhenUp(resetBackupSessionsWhenUp)
                .proxyHeader(proxyHeader)
                .connect(connect)
                .resolution(resolution)
                .tls(tls);
    }

    /** Unique within the backend. */
    public String name() {
        return name;
    }

    /** A host name or literal address. */
    public String host() {
        return host;
    }

    /** 1 to 65535; 0 of a service, see {@link ServerResolution}. */
    public int port() {
        return port;
    }

    /** The share of the connections, 0 to {@link #MAX_WEIGHT}; 0: none. */
    public int weight() {
        return weight;
    }

    /**
     * Which of the addresses of the host the server has: 0 for the first that is found, or N for the N-th, which no other number of
     * the host has ({@code server-template}); the server cannot be reached while the host has fewer.
     */
    public int addressNumber() {
        return addressNumber;
    }

    /** Whether the server is used only when no other is usable. */
    public boolean backup() {
        return backup;
    }

    /** Whether the server starts out of use ({@code disabled}). */
    public boolean disabled() {
        return disabled;
    }

    /** Connections at a time, or 0 for no limit ({@code maxconn}). */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * Connections at a time while the backend has few, or 0 if {@link #maxConnections()} always holds ({@code minconn}). In between the
     * limit grows with the backend's connections up to {@link BackendConfig#fullConnections()}.
     */
    public int minConnections() {
        return minConnections;
    }

    /** How many connections may wait for this server and no other, or 0 for no limit ({@code maxqueue}). */
    public int maxQueue() {
        return maxQueue;
    }

    /**
     * How long weight and limit grow evenly from little to all after the server was away ({@code slowstart}); 0: at once. The weight
     * does so only where a {@link Balance} is not deterministic.
     */
    public long slowStartNanos() {
        return slowStartNanos;
    }

    /**
     * 0 for the servers to use first. Those of the next number get what the servers before them are too few for.
     *
     * @see BackendConfig#overprovisionPercent()
     */
    public int priority() {
        return priority;
    }

    /** Whether connections may stick to the server; false: it is stored in no stick table ({@code non-stick}). */
    public boolean sticky() {
        return sticky;
    }

    /** How the server is checked, or null if it is not and always taken to be up. */
    public @Nullable CheckConfig check() {
        return check;
    }

    /** Where its agent is asked, or null if it has none. */
    public @Nullable AgentConfig agent() {
        return agent;
    }

    /** The server whose health it takes over, or null; it then has no check of its own. */
    public @Nullable TrackedServer tracked() {
        return tracked;
    }

    /** Whether its sessions are reset at once when it goes down ({@code on-marked-down shutdown-sessions}). */
    public boolean resetSessionsWhenDown() {
        return resetSessionsWhenDown;
    }

    /** Whether the sessions of its backend's backups are reset when it comes up ({@code on-marked-up shutdown-backup-sessions}). */
    public boolean resetBackupSessionsWhenUp() {
        return resetBackupSessionsWhenUp;
    }

    /** What it gets in front of each connection's bytes, or null if nothing. Its checks have {@link CheckConfig#proxyHeader()}. */
    public @Nullable ProxyHeader proxyHeader() {
        return proxyHeader;
    }

    /** How connections to it are made. */
    public ConnectConfig connect() {
        return connect;
    }

    /** How its name is resolved and kept up to date; null if the host is an address, or a name that the system resolves. */
    public @Nullable ServerResolution resolution() {
        return resolution;
    }

    /** How connections to it are made with TLS, or null if they are relayed as they are. */
    public @Nullable ServerTlsConfig tls() {
        return tls;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ServerConfig that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** {@code name (host:port)}. */
    @Override
    public String toString() {
        return name + " (" + BindAddress.format(host, port) + ")";
    }

    private List<Object> fields() {
        return List.of(
                name,
                host,
                port,
                weight,
                addressNumber,
                backup,
                disabled,
                maxConnections,
                minConnections,
                maxQueue,
                slowStartNanos,
                priority,
                sticky,
                Optional.ofNullable(check),
                List.of(
                        Optional.ofNullable(agent),
                        Optional.ofNullable(tracked),
                        resetSessionsWhenDown,
                        resetBackupSessionsWhenUp,
                        Optional.ofNullable(proxyHeader),
                        connect,
                        Optional.ofNullable(resolution),
                        Optional.ofNullable(tls)));
    }

    /** Builds a {@link ServerConfig}. */
    public static final class Builder {
        private final String name;
        private final String host;
        private final int port;
        private int weight = 1;
        private int addressNumber;
        private boolean backup;
        private boolean disabled;
        private int maxConnections;
        private int minConnections;
        private int maxQueue;
        private Duration slowStart = Duration.ZERO;
        private int priority;
        private boolean sticky = true;
        private @Nullable CheckConfig check;
        private @Nullable AgentConfig agent;
        private @Nullable TrackedServer tracked;
        private boolean resetSessionsWhenDown;
        private boolean resetBackupSessionsWhenUp;
        private @Nullable ProxyHeader proxyHeader;
        private ConnectConfig connect = ConnectConfig.DEFAULT;
        private @Nullable ServerResolution resolution;
        private @Nullable ServerTlsConfig tls;

        private Builder(String name, String host, int port) {
            this.name = Objects.requireNonNull(name, "name");
            this.host = Objects.requireNonNull(host, "host");
            this.port = port;
        }

        /** 0 to {@link #MAX_WEIGHT}; 1 if not set. */
        public Builder weight(int value) {
            weight = value;
            return this;
        }

        /** See {@link ServerConfig#addressNumber()}; 0 if not set, at most {@link BackendConfig#MAX_SERVERS}. */
        public Builder addressNumber(int value) {
            addressNumber = value;
            return this;
        }

        /** Whether it is used only when no other server is usable. */
        public Builder backup(boolean value) {
            backup = value;
            return this;
        }

        /** Whether it starts out of use. */
        public Builder disabled(boolean value) {
            disabled = value;
            return this;
        }

        /** Connections at a time; 0, the default: no limit. */
        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        /** Connections at a time while the backend has few; 0, the default: as many as with many. */
        public Builder minConnections(int value) {
            minConnections = value;
            return this;
        }

        /** How many may wait for this server; 0, the default: no limit. */
        public Builder maxQueue(int value) {
            maxQueue = value;
            return this;
        }

        /** Zero, the default: all of its share at once. */
        public Builder slowStart(Duration value) {
            slowStart = value;
            return this;
        }

        /** 0 to {@link #MAX_PRIORITY}; 0, the default: used first. */
        public Builder priority(int value) {
            priority = value;
            return this;
        }

        /** Whether connections may stick to it; true if not set. */
        public Builder sticky(boolean value) {
            sticky = value;
            return this;
        }

        /** How to check it; null, the default: not at all. */
        public Builder check(@Nullable CheckConfig value) {
            check = value;
            return this;
        }

        /** Where its agent is asked; null, the default: it has none. */
        public Builder agent(@Nullable AgentConfig value) {
            agent = value;
            return this;
        }

        /** The server whose health it takes over; null, the default: none. */
        public Builder tracked(@Nullable TrackedServer value) {
            tracked = value;
            return this;
        }

        /** See {@link ServerConfig#resetSessionsWhenDown()}; false if not set. */
        public Builder resetSessionsWhenDown(boolean value) {
            resetSessionsWhenDown = value;
            return this;
        }

        /** See {@link ServerConfig#resetBackupSessionsWhenUp()}; false if not set. */
        public Builder resetBackupSessionsWhenUp(boolean value) {
            resetBackupSessionsWhenUp = value;
            return this;
        }

        /** What it gets in front of each connection's bytes; null, the default: nothing. */
        public Builder proxyHeader(@Nullable ProxyHeader value) {
            proxyHeader = value;
            return this;
        }

        /** How connections to it are made; {@link ConnectConfig#DEFAULT} if not set. */
        public Builder connect(ConnectConfig value) {
            connect = Objects.requireNonNull(value, "connect");
            return this;
        }

        /** How its name is resolved; null, the default: by the system. */
        public Builder resolution(@Nullable ServerResolution value) {
            resolution = value;
            return this;
        }

        /** How to make connections to it with TLS; null, the default: not at all. */
        public Builder tls(@Nullable ServerTlsConfig value) {
            tls = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public ServerConfig build() {
            Problems problems = new Problems("server[" + name + "]");
            problems.name(name);
            problems.host("host", host);
            boolean service = resolution != null && ServerResolution.isService(host);
            problems.range("port", port, service ? 0 : 1, 65535);
            problems.range("weight", weight, 0, MAX_WEIGHT);
            problems.range("addressNumber", addressNumber, 0, BackendConfig.MAX_SERVERS);
            problems.atLeast("maxConnections", maxConnections, 0);
            problems.atLeast("minConnections", minConnections, 0);
            if (minConnections > 0 && minConnections > maxConnections) {
                problems.add(
                        "minConnections",
                        "is "
                                + minConnections
                                + " and grows to maxConnections, which is "
                                + (maxConnections == 0 ? "no limit" : "only " + maxConnections));
            }
            problems.atLeast("maxQueue", maxQueue, 0);
            problems.timeout("slowStart", slowStart);
            problems.range("priority", priority, 0, MAX_PRIORITY);
            if (resolution != null && IpAddress.parse(host) != null) {
                problems.add("resolution", "is there, but the host is an address; remove it");
            }
            if (tracked != null && check != null) {
                problems.add(
                        "tracked",
                        "is "
                                + tracked
                                + ", but the server has a check of its own too; remove one of the"
                                + " two");
            }
            problems.throwIfAny();
            return new ServerConfig(this);
        }
    }
}

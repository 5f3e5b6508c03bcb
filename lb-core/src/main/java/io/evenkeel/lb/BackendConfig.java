package io.evenkeel.lb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A group of servers and how connections are spread over them, as configured. */
public final class BackendConfig {
    /** The most servers that a backend may have. */
    public static final int MAX_SERVERS = 65_535;

    private final String name;
    private final Balance balance;
    private final List<ServerConfig> servers;
    private final boolean allBackups;
    private final AllDown allDown;
    private final int maxConnections;
    private final int fullConnections;
    private final int maxQueue;
    private final HashAffinity hashAffinity;
    private final int overprovisionPercent;
    private final int retries;
    private final int redispatchInterval;
    private final long connectTimeoutNanos;
    private final long serverTimeoutNanos;
    private final long serverFinTimeoutNanos;
    private final long tunnelTimeoutNanos;
    private final long queueTimeoutNanos;
    private final long checkTimeoutNanos;
    private final @Nullable HttpCheck httpCheck;
    private final @Nullable StickTableConfig stickTable;
    private final Stickiness stickiness;
    private final @Nullable TcpCheck tcpCheck;
    private final @Nullable OutlierConfig outliers;

    private BackendConfig(Builder builder) {
        name = builder.name;
        balance = builder.balance;
        servers = List.copyOf(builder.servers);
        allBackups = builder.allBackups;
        allDown = builder.allDown;
        maxConnections = builder.maxConnections;
        fullConnections = builder.fullConnections;
        maxQueue = builder.maxQueue;
        hashAffinity = builder.hashAffinity;
        overprovisionPercent = builder.overprovisionPercent;
        retries = builder.retries;
        redispatchInterval = builder.redispatchInterval;
        connectTimeoutNanos = Problems.nanos(builder.connectTimeout);
        serverTimeoutNanos = Problems.nanos(builder.serverTimeout);
        serverFinTimeoutNanos = Problems.nanos(builder.serverFinTimeout);
        tunnelTimeoutNanos = Problems.nanos(builder.tunnelTimeout);
        queueTimeoutNanos =
                builder.queueTimeout == null
                        ? connectTimeoutNanos
                        : Problems.nanos(builder.queueTimeout);
        checkTimeoutNanos = Problems.nanos(builder.checkTimeout);
        httpCheck = builder.httpCheck;
        stickTable = builder.stickTable;
        stickiness = builder.stickiness;
        tcpCheck = builder.tcpCheck;
        outliers = builder.outliers;
    }

    /** A builder for a backend of that name with no server yet: round robin, 3 retries, no timeout. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Unique among the backends. */
    public String name() {
        return name;
    }

    /** How connections are spread. */
    public Balance balance() {
        return balance;
    }

    /** In the order of the configuration; may be empty. */
    public List<ServerConfig> servers() {
        return servers;
    }

    /** Whether all backup servers are used when no other is usable, and not only the first of them ({@code option allbackups}). */
    public boolean allBackups() {
        return allBackups;
    }

    /** What to do when too few servers are well. */
    public AllDown allDown() {
        return allDown;
    }

    /** Connections at a time over all servers, or 0 for no limit. */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * From how many connections of the backend on its servers may have {@link ServerConfig#maxConnections()} ({@code fullconn}); 0 if no
     * server has {@link ServerConfig#minConnections()}.
     */
    public int fullConnections() {
        return fullConnections;
    }

    /** How many connections may wait for any server, or 0 for no limit. */
    public int maxQueue() {
        return maxQueue;
    }

    /** What a connection does whose server follows from a hash, if that one is full. */
    public HashAffinity hashAffinity() {
        return hashAffinity;
    }

    /**
     * How much the servers of a priority can do beyond their share: with 140, the default as in Envoy, those of the next priority get
     * connections when fewer than 100/140 of them, 71 %, are well.
     */
    public int overprovisionPercent() {
        return overprovisionPercent;
    }

    /** How many times a failed connect is tried again. */
    public int retries() {
        return retries;
    }

    /**
     * After which retries a connection may leave the server it was meant for: 0 never (no {@code
     * option redispatch}), N above 0 at every N-th retry, N below 0 counted back from the last one,
     * -1 being the last ({@code option redispatch} without a number).
     */
    public int redispatchInterval() {
        return redispatchInterval;
    }

    /** For a connect to a server, or 0 for no limit. */
    public long connectTimeoutNanos() {
        return connectTimeoutNanos;
    }

    /** Of a silent server, or 0 for no limit. */
    public long serverTimeoutNanos() {
        return serverTimeoutNanos;
    }

    /**
     * Of a silent server once one direction of its connection has ended, or 0 for the same as before
     * ({@code timeout server-fin}).
     */
    public long serverFinTimeoutNanos() {
        return serverFinTimeoutNanos;
    }

    /**
     * Of a silent client or server from the moment both are connected, in place of the client and
     * the server timeout, or 0 for those ({@code timeout tunnel}).
     */
    public long tunnelTimeoutNanos() {
        return tunnelTimeoutNanos;
    }

    /** For a connection that waits for a free server, or 0 for no limit; the connect timeout if not set. */
    public long queueTimeoutNanos() {
        return queueTimeoutNanos;
    }

    /**
     * For what follows the connect of a check, or 0 when the check's {@code inter} is the limit of
     * all of it ({@code timeout check}).
     */
    public long checkTimeoutNanos() {
        return checkTimeoutNanos;
    }

    /** The request of checks and the answer they expect, or null when they are not of HTTP. */
    public @Nullable HttpCheck httpCheck() {
        return httpCheck;
    }

    /** The stick table of the backend's name, or null if it has none. */
    public @Nullable StickTableConfig stickTable() {
        return stickTable;
    }

    /** How connections keep to their servers. */
    public Stickiness stickiness() {
        return stickiness;
    }

    /** What checks send and expect, or null; without this and {@link #httpCheck()} a check is a connect and no more. */
    public @Nullable TcpCheck tcpCheck() {
        return tcpCheck;
    }

    /** When servers are ejected for how their connections go, or null for never. */
    public @Nullable OutlierConfig outliers() {
        return outliers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BackendConfig that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** {@code backend name}. */
    @Override
    public String toString() {
        return "backend " + name;
    }

    private List<Object> fields() {
        return List.of(
                name,
                balance,
                servers,
                allBackups,
                allDown,
                maxConnections,
                fullConnections,
                maxQueue,
                hashAffinity,
                overprovisionPercent,
                retries,
                redispatchInterval,
                connectTimeoutNanos,
                serverTimeoutNanos,
                serverFinTimeoutNanos,
                tunnelTimeoutNanos,
                queueTimeoutNanos,
                checkTimeoutNanos,
                Optional.ofNullable(httpCheck),
                Optional.ofNullable(stickTable),
                stickiness,
                Optional.ofNullable(tcpCheck),
                Optional.ofNullable(outliers));
    }

    /** Builds a {@link BackendConfig}. */
    public static final class Builder {
        private final String name;
        private Balance balance = Balance.roundRobin();
        private final List<ServerConfig> servers = new ArrayList<>();
        private boolean allBackups;
        private AllDown allDown = AllDown.FAIL_CLOSED;
        private int maxConnections;
        private int fullConnections;
        private int maxQueue;
        private HashAffinity hashAffinity = HashAffinity.ALWAYS;
        private int overprovisionPercent = 140;
        private int retries = 3;
        private int redispatchInterval;
        private Duration connectTimeout = Duration.ZERO;
        private Duration serverTimeout = Duration.ZERO;
        private Duration serverFinTimeout = Duration.ZERO;
        private Duration tunnelTimeout = Duration.ZERO;
        private @Nullable Duration queueTimeout;
        private Duration checkTimeout = Duration.ZERO;
        private @Nullable HttpCheck httpCheck;
        private @Nullable StickTableConfig stickTable;
        private Stickiness stickiness = Stickiness.NONE;
        private @Nullable TcpCheck tcpCheck;
        private @Nullable OutlierConfig outliers;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Round robin if not set. */
        public Builder balance(Balance value) {
            balance = value;
            return this;
        }

        /** Adds a server. */
        public Builder server(ServerConfig value) {
            servers.add(value);
            return this;
        }

        /** Adds servers. */
        public Builder servers(List<ServerConfig> values) {
            servers.addAll(values);
            return this;
        }

        /** Whether all backup servers are used at a time; false if not set. */
        public Builder allBackups(boolean value) {
            allBackups = value;
            return this;
        }

        /** {@link AllDown#FAIL_CLOSED} if not set. */
        public Builder allDown(AllDown value) {
            allDown = Objects.requireNonNull(value, "allDown");
            return this;
        }

        /** Connections at a time over all servers; 0, the default: no limit. */
        public Builder maxConnections(int value) {
            maxConnections = value;
            return this;
        }

        /** Above 0 if a server has {@link ServerConfig#minConnections()}. */
        public Builder fullConnections(int value) {
            fullConnections = value;
            return this;
        }

        /** How many connections may wait for any server; 0, the default: no limit. */
        public Builder maxQueue(int value) {
            maxQueue = value;
            return this;
        }

        /** {@link HashAffinity#ALWAYS} if not set. */
        public Builder hashAffinity(HashAffinity value) {
            hashAffinity = Objects.requireNonNull(value, "hashAffinity");
            return this;
        }

        /** 100 or more; 140 if not set. */
        public Builder overprovisionPercent(int value) {
            overprovisionPercent = value;
            return this;
        }

        /** At least 0; 3 if not set. */
        public Builder retries(int value) {
            retries = value;
            return this;
        }

        /** See {@link BackendConfig#redispatchInterval()}; 0 if not set. */
        public Builder redispatchInterval(int value) {
            redispatchInterval = value;
            return this;
        }

        /** Zero, the default: no limit. */
        public Builder connectTimeout(Duration value) {
            connectTimeout = value;
            return this;
        }

        /** Zero, the default: no limit. */
        public Builder serverTimeout(Duration value) {
            serverTimeout = value;
            return this;
        }

        /** Zero, the default: as before the half-close. */
        public Builder serverFinTimeout(Duration value) {
            serverFinTimeout = value;
            return this;
        }

        /** Zero, the default: the client and the server timeout. */
        public Builder tunnelTimeout(Duration value) {
            tunnelTimeout = value;
            return this;
        }

        /** Zero: no limit; null, the default: the connect timeout. */
        public Builder queueTimeout(@Nullable Duration value) {
            queueTimeout = value;
            return this;
        }

        /** Zero, the default: {@code inter} is the limit of the whole check. */
        public Builder checkTimeout(Duration value) {
            checkTimeout = value;
            return this;
        }

        /** The request of checks; null, the default: none. */
        public Builder httpCheck(@Nullable HttpCheck value) {
            httpCheck = value;
            return this;
        }

        /** Null, the default: the backend has none. */
        public Builder stickTable(@Nullable StickTableConfig value) {
            stickTable = value;
            return this;
        }

        /** {@link Stickiness#NONE} if not set. */
        public Builder stickiness(Stickiness value) {
            stickiness = Objects.requireNonNull(value, "stickiness");
            return this;
        }

        /** What checks send and expect; null, the default: only a connect. */
        public Builder tcpCheck(@Nullable TcpCheck value) {
            tcpCheck = value;
            return this;
        }

        /** When servers are ejected for how their connections go; null, the default: never. */
        public Builder outliers(@Nullable OutlierConfig value) {
            outliers = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public BackendConfig build() {
            Problems problems = new Problems("backend[" + name + "]");
            problems.name(name);
            if (servers.size() > MAX_SERVERS) {
                problems.add(
                        "server",
                        "there are "
                                + servers.size()
                                + " servers, and a backend has at most "
                                + MAX_SERVERS
                                + "; divide them");
            }
            problems.unique(
                    "server", servers.stream().map(ServerConfig::name).toList(), "server name");
            problems.atLeast("maxConnections", maxConnections, 0);
            problems.atLeast("fullConnections", fullConnections, 0);
            if (fullConnections == 0
                    && servers.stream().anyMatch(server -> server.minConnections() > 0)) {
                problems.add(
                        "fullConnections",
                        "is missing; a server has minConnections, so say with how many"
                                + " connections of the backend it may have all of its own");
            }
            problems.atLeast("maxQueue", maxQueue, 0);
            problems.atLeast("overprovisionPercent", overprovisionPercent, 100);
            problems.atLeast("retries", retries, 0);
            problems.timeout("connectTimeout", connectTimeout);
            problems.timeout("serverTimeout", serverTimeout);
            problems.timeout("serverFinTimeout", serverFinTimeout);
            problems.timeout("tunnelTimeout", tunnelTimeout);
            if (queueTimeout != null) {
                problems.timeout("queueTimeout", queueTimeout);
            }
            problems.timeout("checkTimeout", checkTimeout);
            for (StickRule rule : stickiness.rules()) {
                if (rule.table() == null) {
                    rule.check(problems, "stickiness[" + rule + "]", stickTable);
                }
            }
            if (httpCheck != null && tcpCheck != null) {
                problems.add("tcpCheck", "is there beside an httpCheck; choose one of the two");
            }
            problems.throwIfAny();
            return new BackendConfig(this);
        }
    }
}

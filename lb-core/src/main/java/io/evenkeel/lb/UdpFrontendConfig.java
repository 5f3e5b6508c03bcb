package io.evenkeel.lb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where datagrams are received and which backend they go to, as configured. The datagrams from one address and port of a client to one of
 * ours are a session, which keeps its server.
 */
public final class UdpFrontendConfig {
    /** The longest datagram over IPv4, in bytes of payload. */
    public static final int LONGEST_DATAGRAM = 65_507;

    /** As many answers as the server likes. */
    public static final int ANY_NUMBER = -1;

    private final String name;
    private final List<BindAddress> binds;
    private final String backend;
    private final long idleTimeoutNanos;
    private final int maxSessions;
    private final int maxDatagramBytes;
    private final int requests;
    private final int responses;
    private final @Nullable DatagramKey datagramKey;

    private UdpFrontendConfig(Builder builder) {
        name = builder.name;
        binds = List.copyOf(builder.binds);
        backend = builder.backend;
        idleTimeoutNanos = Problems.nanos(builder.idleTimeout);
        maxSessions = builder.maxSessions;
        maxDatagramBytes = builder.maxDatagramBytes;
        requests = builder.requests;
        responses = builder.responses;
        datagramKey = builder.datagramKey;
    }

    /** A builder for a frontend of that name; it needs a bind and a backend. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** Unique among the frontends, those for connections included. */
    public String name() {
        return name;
    }

    /** At least one. */
    public List<BindAddress> binds() {
        return binds;
    }

    /** The name of the backend that gets the datagrams. */
    public String backend() {
        return backend;
    }

    /** A session ends when so long no datagram has gone either way; above 0. */
    public long idleTimeoutNanos() {
        return idleTimeoutNanos;
    }

    /** Sessions at a time on each address; one more ends the one that has been idle for the longest time. 1 or more. */
    public int maxSessions() {
        return maxSessions;
    }

    /** A longer datagram of a client is dropped; 1 to {@link #LONGEST_DATAGRAM}. */
    public int maxDatagramBytes() {
        return maxDatagramBytes;
    }

    /** After so many datagrams of a client the next begins another session ({@code proxy-requests}); 0: never. */
    public int requests() {
        return requests;
    }

    /**
     * How many answers follow each datagram of a client, so that a session ends when they have come ({@code proxy-responses}); 0: none
     * is waited for; {@link #ANY_NUMBER}: a session ends by its idle timeout only.
     */
    public int responses() {
        return responses;
    }

    /** What the balance goes by in place of its own key; null: its own. */
    public @Nullable DatagramKey datagramKey() {
        return datagramKey;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UdpFrontendConfig that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** {@code udp frontend name}. */
    @Override
    public String toString() {
        return "udp frontend " + name;
    }

    private List<Object> fields() {
        return List.of(
                name,
                binds,
                backend,
                idleTimeoutNanos,
                maxSessions,
                maxDatagramBytes,
                requests,
                responses,
                Optional.ofNullable(datagramKey));
    }

    /** Builds a {@link UdpFrontendConfig}. */
    public static final class Builder {
        private final String name;
        private final List<BindAddress> binds = new ArrayList<>();
        private String backend = "";
        private Duration idleTimeout = Duration.ofSeconds(30);
        private int maxSessions = 10_000;
        private int maxDatagramBytes = LONGEST_DATAGRAM;
        private int requests;
        private int responses = ANY_NUMBER;
        private @Nullable DatagramKey datagramKey;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        /** Adds an address to receive on. */
        public Builder bind(BindAddress value) {
            binds.add(value);
            return this;
        }

        /** Adds an address to receive on. */
        public Builder bind(String host, int port) {
            return bind(new BindAddress(host, port));
        }

        /** The backend that gets the datagrams. Required. */
        public Builder backend(String value) {
            backend = Objects.requireNonNull(value, "backend");
            return this;
        }

        /** Above 0; 30 s if not set. The backend's server timeout counts where it is shorter. */
        public Builder idleTimeout(Duration value) {
            idleTimeout = value;
            return this;
        }

        /** 1 or more; 10000 if not set. Each session takes a descriptor and a local port. */
        public Builder maxSessions(int value) {
            maxSessions = value;
            return this;
        }

        /** 1 to {@link #LONGEST_DATAGRAM}, which is the default. */
        public Builder maxDatagramBytes(int value) {
            maxDatagramBytes = value;
            return this;
        }

        /** 0, the default: however many datagrams a client sends, they are one session. */
        public Builder requests(int value) {
            requests = value;
            return this;
        }

        /** {@link #ANY_NUMBER}, the default, or 0 or more. */
        public Builder responses(int value) {
            responses = value;
            return this;
        }

        /** Null, the default: the balance goes by its own key. */
        public Builder datagramKey(@Nullable DatagramKey value) {
            datagramKey = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public UdpFrontendConfig build() {
            Problems problems = new Problems("udpFrontend[" + name + "]");
            problems.name(name);
            if (binds.isEmpty()) {
                problems.add("bind", "is missing; say where to receive, such as 192.0.2.1:53");
            }
            if (backend.isEmpty()) {
                problems.add("backend", "is missing; say which backend gets the datagrams");
            }
            problems.interval("idleTimeout", idleTimeout);
            problems.atLeast("maxSessions", maxSessions, 1);
            problems.range("maxDatagramBytes", maxDatagramBytes, 1, LONGEST_DATAGRAM);
            problems.atLeast("requests", requests, 0);
            problems.atLeast("responses", responses, ANY_NUMBER);
            problems.throwIfAny();
            return new UdpFrontendConfig(this);
        }
    }
}

package io.evenkeel.lb;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Name servers, and how long their answers count ({@code resolvers}). */
public final class ResolversConfig {
    /** An address stays for as long as the failure lasts. */
    public static final long FOR_EVER = Long.MAX_VALUE;

    /** The payload that every name server can send, RFC 1035. */
    public static final int LEAST_PAYLOAD = 512;

    private final String name;
    private final List<NameserverConfig> nameservers;
    private final boolean systemNameservers;
    private final int retries;
    private final long resolveTimeoutNanos;
    private final long retryTimeoutNanos;
    private final long holdValidNanos;
    private final long holdObsoleteNanos;
    private final Map<ResolveFailure, Long> holds;
    private final int payloadSize;

    private ResolversConfig(Builder builder) {
        name = builder.name;
        nameservers = List.copyOf(builder.nameservers);
        systemNameservers = builder.systemNameservers;
        retries = builder.retries;
        resolveTimeoutNanos = Problems.nanos(builder.resolveTimeout);
        retryTimeoutNanos = Problems.nanos(builder.retryTimeout);
        holdValidNanos = Problems.nanos(builder.holdValid);
        holdObsoleteNanos = Problems.nanos(builder.holdObsolete);
        holds = new EnumMap<>(ResolveFailure.class);
        builder.holds.forEach((failure, hold) -> holds.put(failure, Problems.nanos(hold)));
        payloadSize = builder.payloadSize;
    }

    /** A builder without name servers. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** What servers call them by. */
    public String name() {
        return name;
    }

    /** All are asked at once, and the first good answer counts. */
    public List<NameserverConfig> nameservers() {
        return nameservers;
    }

    /** Whether those of {@code /etc/resolv.conf} are asked too ({@code parse-resolv-conf}). */
    public boolean systemNameservers() {
        return systemNameservers;
    }

    /** How many times a question is asked while nobody answers ({@code resolve_retries}). */
    public int retries() {
        return retries;
    }

    /** The least time between two resolutions of a name, whatever its TTL is ({@code timeout resolve}). */
    public long resolveTimeoutNanos() {
        return resolveTimeoutNanos;
    }

    /** How long an answer is waited for before the question is asked again ({@code timeout retry}). */
    public long retryTimeoutNanos() {
        return retryTimeoutNanos;
    }

    /** The longest time between two resolutions of a name, whatever its TTL is ({@code hold valid}). */
    public long holdValidNanos() {
        return holdValidNanos;
    }

    /** How long an address stays that good answers do not have any more ({@code hold obsolete}), counted from the last that had it. */
    public long holdObsoleteNanos() {
        return holdObsoleteNanos;
    }

    /**
     * How long addresses stay while a name cannot be resolved for that reason ({@code hold nx}, {@code timeout}, {@code refused}, {@code
     * other}), counted from the last good answer; {@link #FOR_EVER} if nothing else was said.
     */
    public long holdNanos(ResolveFailure failure) {
        return holds.getOrDefault(failure, FOR_EVER);
    }

    /** The longest answer by UDP that name servers are told to send, in bytes ({@code accepted_payload_size}). */
    public int payloadSize() {
        return payloadSize;
    }

    /** How long the answer to one question is waited for at most. */
    public long longestWaitNanos() {
        return retries > Long.MAX_VALUE / retryTimeoutNanos
                ? Long.MAX_VALUE
                : retries * retryTimeoutNanos;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResolversConfig that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** {@code resolvers name}. */
    @Override
    public String toString() {
        return "resolvers " + name;
    }

    private List<Object> fields() {
        return List.of(
                name,
                nameservers,
                systemNameservers,
                retries,
                resolveTimeoutNanos,
                retryTimeoutNanos,
                holdValidNanos,
                holdObsoleteNanos,
                holds,
                payloadSize);
    }

    /** Builds a {@link ResolversConfig}. */
    public static final class Builder {
        private final String name;
        private final List<NameserverConfig> nameservers = new ArrayList<>();
        private boolean systemNameservers;
        private int retries = 3;
        private Duration resolveTimeout = Duration.ofSeconds(1);
        private Duration retryTimeout = Duration.ofSeconds(1);
        private Duration holdValid = Duration.ofSeconds(10);
        private Duration holdObsolete = Duration.ZERO;
        private final Map<ResolveFailure, Duration> holds = new EnumMap<>(ResolveFailure.class);
        private int payloadSize = LEAST_PAYLOAD;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
            holds.put(ResolveFailure.NX, Duration.ofSeconds(30));
        }

        /** Adds a name server that is asked by UDP. */
        public Builder nameserver(String id, String host, int port) {
            return nameserver(new NameserverConfig(id, host, port, false));
        }

        /** Adds a name server. */
        public Builder nameserver(NameserverConfig value) {
            nameservers.add(value);
            return this;
        }

        /** Whether those of {@code /etc/resolv.conf} are asked too; false if not set. */
        public Builder systemNameservers(boolean value) {
            systemNameservers = value;
            return this;
        }

        /** 1 or more; 3 if not set. */
        public Builder retries(int value) {
            retries = value;
            return this;
        }

        /** Above 0; 1 s if not set. */
        public Builder resolveTimeout(Duration value) {
            resolveTimeout = value;
            return this;
        }

        /** Above 0; 1 s if not set. */
        public Builder retryTimeout(Duration value) {
            retryTimeout = value;
            return this;
        }

        /** 0 or more; 10 s if not set. */
        public Builder holdValid(Duration value) {
            holdValid = value;
            return this;
        }

        /** 0 or more; 0, the default: an address goes with the first good answer that does not have it. */
        public Builder holdObsolete(Duration value) {
            holdObsolete = value;
            return this;
        }

        /**
         * How long addresses stay through a failure: 30 s through {@link ResolveFailure#NX} if not set, for ever through the others. A
         * time for one of those means that an outage of the name servers takes the servers out.
         */
        public Builder hold(ResolveFailure failure, Duration value) {
            holds.put(failure, value);
            return this;
        }

        /** 512 to 65535 bytes; 512 if not set. */
        public Builder payloadSize(int value) {
            payloadSize = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public ResolversConfig build() {
            Problems problems = new Problems("resolvers[" + name + "]");
            problems.name(name);
            problems.unique(
                    "nameserver",
                    nameservers.stream().map(NameserverConfig::name).toList(),
                    "name of a name server");
            problems.atLeast("retries", retries, 1);
            problems.interval("resolveTimeout", resolveTimeout);
            problems.interval("retryTimeout", retryTimeout);
            holdTime(problems, "holdValid", holdValid);
            holdTime(problems, "holdObsolete", holdObsolete);
            holds.forEach((failure, hold) -> holdTime(problems, "hold[" + failure + "]", hold));
            problems.range("payloadSize", payloadSize, LEAST_PAYLOAD, 65_535);
            problems.throwIfAny();
            return new ResolversConfig(this);
        }

        private static void holdTime(Problems problems, String field, Duration value) {
            if (value.isNegative() || value.compareTo(Problems.LONGEST) > 0) {
                problems.add(field, "is " + value + ", but must be from 0 to 2147483647 ms");
            }
        }
    }
}

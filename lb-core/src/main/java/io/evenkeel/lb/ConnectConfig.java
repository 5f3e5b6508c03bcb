package io.evenkeel.lb;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How connections to a server are made, as configured. */
public final class ConnectConfig {
    /** As the system does it, and as many at once as come. */
    public static final ConnectConfig DEFAULT = builder().build();

    private final int maxConnecting;
    private final @Nullable SourceConfig source;
    private final @Nullable KeepAlive keepAlive;
    private final SocketBuffers buffers;
    private final long userTimeoutNanos;

    private ConnectConfig(Builder builder) {
        maxConnecting = builder.maxConnecting;
        source = builder.source;
        keepAlive = builder.keepAlive;
        buffers = builder.buffers;
        userTimeoutNanos = Problems.nanos(builder.userTimeout);
    }

    /** A builder for {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * How many connections to the server may be under way at a time, or 0 for no limit. Others that want it wait in the queue; see {@link
     * Lease#connected}.
     */
    public int maxConnecting() {
        return maxConnecting;
    }

    /** Where connections to the server come from, or null for what the system chooses ({@code source}). */
    public @Nullable SourceConfig source() {
        return source;
    }

    /** When the system asks whether the server is still there, or null for never ({@code option srvtcpka}). */
    public @Nullable KeepAlive keepAlive() {
        return keepAlive;
    }

    /**
     * How long what was sent may stay without an acknowledgement until the connection is given up, or 0 for what the system does
     * ({@code tcp-ut}, TCP_USER_TIMEOUT of RFC 5482).
     */
    public long userTimeoutNanos() {
        return userTimeoutNanos;
    }

    /** How much the system may hold for each connection ({@code tune.rcvbuf}, {@code tune.sndbuf}, {@code tune.notsent-lowat}). */
    public SocketBuffers buffers() {
        return buffers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ConnectConfig that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** What differs from the system's way. */
    @Override
    public String toString() {
        return "connect " + fields();
    }

    private List<@Nullable Object> fields() {
        return Arrays.asList(maxConnecting, source, keepAlive, userTimeoutNanos, buffers);
    }

    /** Builds a {@link ConnectConfig}. */
    public static final class Builder {
        private int maxConnecting;
        private @Nullable SourceConfig source;
        private @Nullable KeepAlive keepAlive;
        private SocketBuffers buffers = SocketBuffers.SYSTEM;
        private Duration userTimeout = Duration.ZERO;

        private Builder() {}

        /** Connections under way at a time; 0, the default: no limit. */
        public Builder maxConnecting(int value) {
            maxConnecting = value;
            return this;
        }

        /** Where connections come from; null, the default: what the system chooses. */
        public Builder source(@Nullable SourceConfig value) {
            source = value;
            return this;
        }

        /** When the system asks whether the server is still there; null, the default: never. */
        public Builder keepAlive(@Nullable KeepAlive value) {
            keepAlive = value;
            return this;
        }

        /** How long what was sent may stay without an acknowledgement; zero, the default: what the system does. */
        public Builder userTimeout(Duration value) {
            userTimeout = value;
            return this;
        }

        /** How much the system may hold for each connection; {@link SocketBuffers#SYSTEM} if not set. */
        public Builder buffers(SocketBuffers value) {
            buffers = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public ConnectConfig build() {
            Problems problems = new Problems("connect");
            problems.atLeast("maxConnecting", maxConnecting, 0);
            problems.timeout("userTimeout", userTimeout);
            problems.throwIfAny();
            return new ConnectConfig(this);
        }
    }
}

package io.evenkeel.lb;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a socket listens on an address of a frontend, as configured. */
public final class ListenConfig {
    /** As many waiting connections as the system allows up to 4096, {@link SocketBuffers#OF_CLIENTS}, and nothing else. */
    public static final ListenConfig DEFAULT = builder().build();

    private final int backlog;
    private final boolean deferAccept;
    private final boolean fastOpen;
    private final int maxSegmentBytes;
    private final @Nullable String device;
    private final boolean ipv6Only;
    private final boolean transparent;
    private final long userTimeoutNanos;
    private final @Nullable KeepAlive keepAlive;
    private final SocketBuffers buffers;

    private ListenConfig(Builder builder) {
        backlog = builder.backlog;
        deferAccept = builder.deferAccept;
        fastOpen = builder.fastOpen;
        maxSegmentBytes = builder.maxSegmentBytes;
        device = builder.device;
        ipv6Only = builder.ipv6Only;
        transparent = builder.transparent;
        userTimeoutNanos = Problems.nanos(builder.userTimeout);
        keepAlive = builder.keepAlive;
        buffers = builder.buffers;
    }

    /** A builder for {@link #DEFAULT}. */
    public static Builder builder() {
        return new Builder();
    }

    /** How many connections may wait in the system to be accepted, as far as {@code net.core.somaxconn} allows. */
    public int backlog() {
        return backlog;
    }

    /** Whether a connection is accepted only when its first bytes are there, or after some seconds ({@code defer-accept}). */
    public boolean deferAccept() {
        return deferAccept;
    }

    /** Whether a client that has been here before may send bytes with its SYN ({@code tfo}, RFC 7413). */
    public boolean fastOpen() {
        return fastOpen;
    }

    /** The largest segment that clients are asked to send ({@code mss}), or 0 for what the route says. */
    public int maxSegmentBytes() {
        return maxSegmentBytes;
    }

    /** The only interface that connections may come by ({@code interface}, SO_BINDTODEVICE), or null for any. */
    public @Nullable String device() {
        return device;
    }

    /** Whether {@code ::} takes no IPv4 connections ({@code v6only}). */
    public boolean ipv6Only() {
        return ipv6Only;
    }

    /**
     * Whether connections to foreign addresses are taken too that the host's rules bring here ({@code transparent}, IP_TRANSPARENT); the
     * process needs the capability CAP_NET_ADMIN or CAP_NET_RAW.
     */
    public boolean transparent() {
        return transparent;
    }

    /**
     * How long what was sent to a client may stay without an acknowledgement until the connection is given up, or 0 for what the system
     * does ({@code tcp-ut}, TCP_USER_TIMEOUT of RFC 5482).
     */
    public long userTimeoutNanos() {
        return userTimeoutNanos;
    }

    /** When the system asks whether a client is still there, or null for never ({@code option clitcpka}). */
    public @Nullable KeepAlive keepAlive() {
        return keepAlive;
    }

    /** How much the system may hold for each connection ({@code tune.rcvbuf}, {@code tune.sndbuf}, {@code tune.notsent-lowat}). */
    public SocketBuffers buffers() {
        return buffers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ListenConfig that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** All settings. */
    @Override
    public String toString() {
        return "listen " + fields();
    }

    private List<@Nullable Object> fields() {
        return Arrays.asList(
                backlog,
                deferAccept,
                fastOpen,
                maxSegmentBytes,
                device,
                ipv6Only,
                transparent,
                userTimeoutNanos,
                keepAlive,
                buffers);
    }

    /** Builds a {@link ListenConfig}. */
    public static final class Builder {
        private int backlog = 4096;
        private boolean deferAccept;
        private boolean fastOpen;
        private int maxSegmentBytes;
        private @Nullable String device;
        private boolean ipv6Only;
        private boolean transparent;
        private Duration userTimeout = Duration.ZERO;
        private @Nullable KeepAlive keepAlive;
        private SocketBuffers buffers = SocketBuffers.OF_CLIENTS;

        private Builder() {}

        /** 1 or more; 4096 if not set. */
        public Builder backlog(int value) {
            backlog = value;
            return this;
        }

        /** See {@link ListenConfig#deferAccept()}; false if not set. */
        public Builder deferAccept(boolean value) {
            deferAccept = value;
            return this;
        }

        /** See {@link ListenConfig#fastOpen()}; false if not set. */
        public Builder fastOpen(boolean value) {
            fastOpen = value;
            return this;
        }

        /** 1 to 65535; 0, the default: what the route says. */
        public Builder maxSegmentBytes(int value) {
            maxSegmentBytes = value;
            return this;
        }

        /** The only interface that connections may come by; null, the default: any. */
        public Builder device(@Nullable String value) {
            device = value;
            return this;
        }

        /** See {@link ListenConfig#ipv6Only()}; false if not set. */
        public Builder ipv6Only(boolean value) {
            ipv6Only = value;
            return this;
        }

        /** See {@link ListenConfig#transparent()}; false if not set. */
        public Builder transparent(boolean value) {
            transparent = value;
            return this;
        }

        /** How long what was sent may stay without an acknowledgement; zero, the default: what the system does. */
        public Builder userTimeout(Duration value) {
            userTimeout = value;
            return this;
        }

        /** When the system asks whether a client is still there; null, the default: never. */
        public Builder keepAlive(@Nullable KeepAlive value) {
            keepAlive = value;
            return this;
        }

        /** How much the system may hold for each connection; {@link SocketBuffers#OF_CLIENTS} if not set. */
        public Builder buffers(SocketBuffers value) {
            buffers = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public ListenConfig build() {
            Problems problems = new Problems("listen");
            problems.atLeast("backlog", backlog, 1);
            problems.range("maxSegmentBytes", maxSegmentBytes, 0, 65535);
            if (device != null) {
                problems.device("device", device);
            }
            problems.timeout("userTimeout", userTimeout);
            problems.throwIfAny();
            return new ListenConfig(this);
        }
    }
}

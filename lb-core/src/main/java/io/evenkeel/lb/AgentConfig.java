package io.evenkeel.lb;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a server's agent is asked, and how often ({@code agent-check}): a program beside the server that says in a line of words how
 * the server is and what share of the connections it wants, see {@link AgentReply}.
 */
public final class AgentConfig {
    private final @Nullable String host;
    private final int port;
    private final long interNanos;
    private final int spreadPercent;
    private final String send;

    private AgentConfig(Builder builder) {
        host = builder.host;
        port = builder.port;
        interNanos = Problems.nanos(builder.inter);
        spreadPercent = builder.spreadPercent;
        send = builder.send;
    }

    /**
     * A builder for an agent on the server's host that is asked every 2 s and told nothing.
     *
     * @param port 1 to 65535 ({@code agent-port})
     */
    public static Builder builder(int port) {
        return new Builder(port);
    }

    /** The host of the agent, or null for the server's own ({@code agent-addr}). */
    public @Nullable String host() {
        return host;
    }

    /** 1 to 65535. */
    public int port() {
        return port;
    }

    /** Between two questions ({@code agent-inter}). */
    public long interNanos() {
        return interNanos;
    }

    /** By how much each interval is varied at random, in percent: 0 to 50 ({@code spread-checks}). */
    public int spreadPercent() {
        return spreadPercent;
    }

    /** What the agent is told first, each character one byte; may be empty ({@code agent-send}). */
    public String send() {
        return send;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AgentConfig that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    @Override
    public String toString() {
        return "agent at " + (host == null ? "" : host) + ":" + port;
    }

    private List<Object> fields() {
        return List.of(Objects.requireNonNullElse(host, ""), port, interNanos, spreadPercent, send);
    }

    /** Builds an {@link AgentConfig}. */
    public static final class Builder {
        private final int port;
        private @Nullable String host;
        private Duration inter = Duration.ofSeconds(2);
        private int spreadPercent;
        private String send = "";

        private Builder(int port) {
            this.port = port;
        }

        /** Another host than the server's own; null, the default: that. */
        public Builder host(@Nullable String value) {
            host = value;
            return this;
        }

        /** Above 0; 2 s if not set. */
        public Builder inter(Duration value) {
            inter = value;
            return this;
        }

        /** 0 to 50; 0 if not set. */
        public Builder spreadPercent(int value) {
            spreadPercent = value;
            return this;
        }

        /** What the agent is told first; nothing if not set. */
        public Builder send(String value) {
            send = Objects.requireNonNull(value, "send");
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public AgentConfig build() {
            Problems problems = new Problems("agent");
            problems.range("port", port, 1, 65535);
            if (host != null) {
                problems.host("host", host);
            }
            problems.interval("inter", inter);
            problems.range("spreadPercent", spreadPercent, 0, 50);
            problems.bytes("send", send);
            problems.throwIfAny();
            return new AgentConfig(this);
        }
    }
}

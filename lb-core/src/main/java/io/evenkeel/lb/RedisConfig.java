package io.evenkeel.lb;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Redis or Valkey server through which nodes exchange their stick tables, see {@link PeersConfig#store()}. One server, or one address
 * behind which there is always the one that takes writes; not a cluster of several that share the keys.
 */
public final class RedisConfig {
    /** The port of Redis. */
    public static final int DEFAULT_PORT = 6379;

    /** What the names of all keys begin with, unless something else is asked for. */
    public static final String DEFAULT_PREFIX = "evenkeel";

    private final String host;
    private final int port;
    private final String prefix;
    private final @Nullable String user;
    private final @Nullable String password;
    private final boolean tls;
    private final @Nullable String caFile;
    private final Duration timeout;

    private RedisConfig(Builder builder) {
        host = builder.host;
        port = builder.port;
        prefix = builder.prefix;
        user = builder.user;
        password = builder.password;
        tls = builder.tls;
        caFile = builder.caFile;
        timeout = builder.timeout;
    }

    /** A server without a password and without TLS. */
    public static Builder builder(String host, int port) {
        return new Builder(host, port);
    }

    /** Where it is: an address or a name. */
    public String host() {
        return host;
    }

    /** On which it listens. */
    public int port() {
        return port;
    }

    /** What the names of all keys and channels begin with; nodes with another one share nothing. */
    public String prefix() {
        return prefix;
    }

    /** As whom to log in; null: as Redis' default user. */
    public @Nullable String user() {
        return user;
    }

    /** With which to log in; null: not at all. */
    public @Nullable String password() {
        return password;
    }

    /** Whether to speak TLS; the server's certificate and name are verified. */
    public boolean tls() {
        return tls;
    }

    /** A file of certificates (PEM) that the server's is to be signed by; null: those that the JVM trusts. */
    public @Nullable String caFile() {
        return caFile;
    }

    /** After so long without an answer the server counts as away. */
    public Duration timeout() {
        return timeout;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RedisConfig that
                && toString().equals(that.toString())
                && Objects.equals(user, that.user)
                && Objects.equals(password, that.password)
                && Objects.equals(caFile, that.caFile)
                && timeout.equals(that.timeout);
    }

    @Override
    public int hashCode() {
        return Objects.hash(toString(), user, password, caFile, timeout);
    }

    /** {@code redis://192.0.2.9:6379/evenkeel}; without user and password. */
    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + BindAddress.format(host, port) + "/" + prefix;
    }

    /** Builds a {@link RedisConfig}. */
    public static final class Builder {
        private final String host;
        private final int port;
        private String prefix = DEFAULT_PREFIX;
        private @Nullable String user;
        private @Nullable String password;
        private boolean tls;
        private @Nullable String caFile;
        private Duration timeout = Duration.ofSeconds(3);

        private Builder(String host, int port) {
            this.host = Objects.requireNonNull(host, "host");
            this.port = port;
        }

        /** See {@link RedisConfig#prefix()}; {@code evenkeel} if not set. */
        public Builder prefix(String value) {
            prefix = Objects.requireNonNull(value, "prefix");
            return this;
        }

        /** See {@link RedisConfig#user()}. */
        public Builder user(@Nullable String value) {
            user = value;
            return this;
        }

        /** See {@link RedisConfig#password()}. */
        public Builder password(@Nullable String value) {
            password = value;
            return this;
        }

        /** See {@link RedisConfig#tls()}; false if not set. */
        public Builder tls(boolean value) {
            tls = value;
            return this;
        }

        /** See {@link RedisConfig#caFile()}. */
        public Builder caFile(@Nullable String value) {
            caFile = value;
            return this;
        }

        /** See {@link RedisConfig#timeout()}; 3 s if not set. */
        public Builder timeout(Duration value) {
            timeout = Objects.requireNonNull(value, "timeout");
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public RedisConfig build() {
            Problems problems = new Problems("redis");
            problems.host("host", host);
            problems.range("port", port, 1, 65535);
            problems.noControlOrSpace("prefix", prefix);
            if (prefix.isEmpty()) {
                problems.add("prefix", "is empty, but tells the keys of these nodes from others");
            }
            problems.interval("timeout", timeout);
            if (user != null && password == null) {
                problems.add("user", "is set without a password; set both");
            }
            if (caFile != null && !tls) {
                problems.add("caFile", "is set without TLS; set that too");
            }
            problems.throwIfAny();
            return new RedisConfig(this);
        }
    }
}

package io.evenkeel.lb;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How often and where a server is checked, and how many results change its state. What is sent and
 * expected belongs to the backend: {@link BackendConfig#httpCheck()}.
 */
public final class CheckConfig {
    private final long interNanos;
    private final long fastInterNanos;
    private final long downInterNanos;
    private final int rise;
    private final int fall;
    private final int spreadPercent;
    private final @Nullable String host;
    private final int port;
    private final boolean tls;
    private final boolean verifyCertificate;
    private final @Nullable String sni;
    private final @Nullable Observation observation;
    private final InitialState initialState;
    private final @Nullable ProxyHeader proxyHeader;

    private CheckConfig(Builder builder) {
        interNanos = Problems.nanos(builder.inter);
        fastInterNanos = builder.fastInter == null ? interNanos : Problems.nanos(builder.fastInter);
        downInterNanos = builder.downInter == null ? interNanos : Problems.nanos(builder.downInter);
        rise = builder.rise;
        fall = builder.fall;
        spreadPercent = builder.spreadPercent;
        host = builder.host;
        port = builder.port;
        tls = builder.tls;
        verifyCertificate = builder.verifyCertificate;
        sni = builder.sni;
        observation = builder.observation;
        initialState = builder.initialState;
        proxyHeader = builder.proxyHeader;
    }

    /** A builder with HAProxy's defaults: every 2 s, rise 2, fall 3. */
    public static Builder builder() {
        return new Builder();
    }

    /** Between checks of a server that is fully up or not yet known. */
    public long interNanos() {
        return interNanos;
    }

    /** Between checks while a server is on its way up or down; {@link #interNanos} if not set. */
    public long fastInterNanos() {
        return fastInterNanos;
    }

    /** Between checks of a server that is down; {@link #interNanos} if not set. */
    public long downInterNanos() {
        return downInterNanos;
    }

    /** Passed checks in a row that bring a server up. */
    public int rise() {
        return rise;
    }

    /** Failed checks in a row that take a server down. */
    public int fall() {
        return fall;
    }

    /** By how much each interval is varied at random, in percent: 0 to 50 ({@code spread-checks}). */
    public int spreadPercent() {
        return spreadPercent;
    }

    /** The host to check instead of the server's own ({@code addr}), or null. */
    public @Nullable String host() {
        return host;
    }

    /** The port to check instead of the server's own ({@code port}), or 0. */
    public int port() {
        return port;
    }

    /** Whether the check speaks TLS ({@code check-ssl}, {@code http-check connect ssl}). */
    public boolean tls() {
        return tls;
    }

    /** Whether a TLS check wants a certificate it can verify ({@code verify required}). */
    public boolean verifyCertificate() {
        return verifyCertificate;
    }

    /** The server name a TLS check sends ({@code check-sni}), or null. */
    public @Nullable String sni() {
        return sni;
    }

    /** What failed connections count for, or null if for nothing. */
    public @Nullable Observation observation() {
        return observation;
    }

    /** What is taken for granted before the first check. */
    public InitialState initialState() {
        return initialState;
    }

    /**
     * What the server gets first of a check, or null if nothing. Version 1 names the addresses of the check's own connection,
     * version 2 says that it is on behalf of nobody (LOCAL).
     */
    public @Nullable ProxyHeader proxyHeader() {
        return proxyHeader;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CheckConfig that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    private List<Object> fields() {
        return List.of(
                List.of(interNanos, fastInterNanos, downInterNanos),
                List.of(rise, fall, spreadPercent, port),
                Objects.requireNonNullElse(host, ""),
                tls,
                verifyCertificate,
                Objects.requireNonNullElse(sni, ""),
                Optional.ofNullable(observation),
                initialState,
                Optional.ofNullable(proxyHeader));
    }

    @Override
    public String toString() {
        return "inter " + Duration.ofNanos(interNanos) + " rise " + rise + " fall " + fall;
    }

    /** Builds a {@link CheckConfig}. */
    public static final class Builder {
        private Duration inter = Duration.ofSeconds(2);
        private @Nullable Duration fastInter;
        private @Nullable Duration downInter;
        private int rise = 2;
        private int fall = 3;
        private int spreadPercent;
        private @Nullable String host;
        private int port;
        private boolean tls;
        private boolean verifyCertificate = true;
        private @Nullable String sni;
        private @Nullable Observation observation;
        private InitialState initialState = InitialState.UNKNOWN;
        private @Nullable ProxyHeader proxyHeader;

        private Builder() {}

        /** Above 0; 2 s if not set. */
        public Builder inter(Duration value) {
            inter = value;
            return this;
        }

        /** Above 0; null takes {@code inter}. */
        public Builder fastInter(@Nullable Duration value) {
            fastInter = value;
            return this;
        }

        /** Above 0; null takes {@code inter}. */
        public Builder downInter(@Nullable Duration value) {
            downInter = value;
            return this;
        }

        /** At least 1; 2 if not set. */
        public Builder rise(int value) {
            rise = value;
            return this;
        }

        /** At least 1; 3 if not set. */
        public Builder fall(int value) {
            fall = value;
            return this;
        }

        /** 0 to 50; 0 if not set. */
        public Builder spreadPercent(int value) {
            spreadPercent = value;
            return this;
        }

        /** Another host to check; null: the server's own. */
        public Builder host(@Nullable String value) {
            host = value;
            return this;
        }

        /** Another port to check, 1 to 65535; 0: the server's own. */
        public Builder port(int value) {
            port = value;
            return this;
        }

        /** Whether to check over TLS; false if not set. */
        public Builder tls(boolean value) {
            tls = value;
            return this;
        }

        /** Whether to verify the certificate of a TLS check; true if not set, as in HAProxy. */
        public Builder verifyCertificate(boolean value) {
            verifyCertificate = value;
            return this;
        }

        /** The server name to send; null: none. */
        public Builder sni(@Nullable String value) {
            sni = value;
            return this;
        }

        /** What failed connections count for; null, the default: for nothing. */
        public Builder observation(@Nullable Observation value) {
            observation = value;
            return this;
        }

        /** {@link InitialState#UNKNOWN} if not set. */
        public Builder initialState(InitialState value) {
            initialState = Objects.requireNonNull(value, "initialState");
            return this;
        }

        /** What the server gets first; null, the default: nothing. */
        public Builder proxyHeader(@Nullable ProxyHeader value) {
            proxyHeader = value;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public CheckConfig build() {
            Problems problems = new Problems("check");
            problems.interval("inter", inter);
            if (fastInter != null) {
                problems.interval("fastInter", fastInter);
            }
            if (downInter != null) {
                problems.interval("downInter", downInter);
            }
            // Their sum is the range of one int.
            problems.range("rise", rise, 1, 1_000_000);
            problems.range("fall", fall, 1, 1_000_000);
            problems.range("spreadPercent", spreadPercent, 0, 50);
            problems.range("port", port, 0, 65535);
            if (host != null) {
                problems.host("host", host);
            }
            if (sni != null) {
                problems.host("sni", sni);
            }
            problems.throwIfAny();
            return new CheckConfig(this);
        }
    }
}

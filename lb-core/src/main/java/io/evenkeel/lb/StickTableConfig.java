package io.evenkeel.lb;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@link StickTable}, as configured ({@code stick-table}). Its name is that of the frontend or backend that it stands in. */
public final class StickTableConfig {
    private final StickKeyType keyType;
    private final int size;
    private final long expireNanos;
    private final boolean nopurge;
    private final StickServerKey serverKey;
    private final @Nullable String peers;
    private final Map<StickDataType, Long> data;
    private final Map<Integer, String> serverIds;

    private StickTableConfig(Builder builder) {
        keyType = builder.keyType;
        size = builder.size;
        expireNanos = Problems.nanos(builder.expire);
        nopurge = builder.nopurge;
        serverKey = builder.serverKey;
        peers = builder.peers;
        EnumMap<StickDataType, Long> nanos = new EnumMap<>(StickDataType.class);
        builder.data.forEach((type, period) -> nanos.put(type, Problems.nanos(period)));
        data = Collections.unmodifiableMap(nanos);
        serverIds = Map.copyOf(builder.serverIds);
    }

    /** A builder for a table of that many keys, which never expire and have a server and no counter. */
    public static Builder builder(StickKeyType keyType, int size) {
        return new Builder(keyType, size);
    }

    /** What its keys are. */
    public StickKeyType keyType() {
        return keyType;
    }

    /** The most keys; above that the oldest unused one goes, see {@link #nopurge}. */
    public int size() {
        return size;
    }

    /** How long an entry that nobody uses or matches is kept, or 0 for ever. */
    public long expireNanos() {
        return expireNanos;
    }

    /** Whether a full table takes no new key, where else the oldest unused one would go. */
    public boolean nopurge() {
        return nopurge;
    }

    /** What an entry calls its server. */
    public StickServerKey serverKey() {
        return serverKey;
    }

    /** The {@link PeersConfig} whose nodes have this table, or null if it is this node's alone. */
    public @Nullable String peers() {
        return peers;
    }

    /**
     * What {@link #serverKey} calls the servers that have a number ({@code server ... id}): peers that say no name of a server say its
     * number.
     */
    public Map<Integer, String> serverIds() {
        return serverIds;
    }

    /** The same with these {@link #serverIds}. */
    public StickTableConfig withServerIds(Map<Integer, String> value) {
        Builder builder = new Builder(keyType, size);
        builder.expire(Duration.ofNanos(expireNanos)).nopurge(nopurge).serverKey(serverKey);
        data.forEach((type, period) -> builder.store(type, Duration.ofNanos(period)));
        value.forEach(builder::serverId);
        return builder.peers(peers).build();
    }

    /** Whether entries hold this. */
    public boolean stores(StickDataType type) {
        return data.containsKey(type);
    }

    /** What entries hold, beside a server. */
    public List<StickDataType> data() {
        return List.copyOf(data.keySet());
    }

    /** The period of a rate that is stored, in nanoseconds; else 0. */
    public long periodNanos(StickDataType type) {
        return data.getOrDefault(type, 0L);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StickTableConfig that && fields().equals(that.fields());
    }

    @Override
    public int hashCode() {
        return fields().hashCode();
    }

    /** {@code stick-table type ip size 1000}. */
    @Override
    public String toString() {
        return "stick-table type " + keyType + " size " + size;
    }

    private List<Object> fields() {
        return List.of(
                keyType,
                size,
                expireNanos,
                nopurge,
                serverKey,
                data,
                serverIds,
                peers == null ? "" : peers);
    }

    /** Builds a {@link StickTableConfig}. */
    public static final class Builder {
        private final StickKeyType keyType;
        private final int size;
        private Duration expire = Duration.ZERO;
        private boolean nopurge;
        private StickServerKey serverKey = StickServerKey.NAME;
        private @Nullable String peers;
        private final Map<StickDataType, Duration> data = new EnumMap<>(StickDataType.class);
        private final Map<Integer, String> serverIds = new HashMap<>();

        private Builder(StickKeyType keyType, int size) {
            this.keyType = Objects.requireNonNull(keyType, "keyType");
            this.size = size;
        }

        /** Zero, the default: never. */
        public Builder expire(Duration value) {
            expire = value;
            return this;
        }

        /** Whether a full table takes no new key; false if not set. */
        public Builder nopurge(boolean value) {
            nopurge = value;
            return this;
        }

        /** {@link StickServerKey#NAME} if not set. */
        public Builder serverKey(StickServerKey value) {
            serverKey = Objects.requireNonNull(value, "serverKey");
            return this;
        }

        /** The name of the {@link PeersConfig} whose nodes have this table; null, the default: it is this node's alone. */
        public Builder peers(@Nullable String value) {
            peers = value;
            return this;
        }

        /** Adds a count or mark to what entries hold. */
        public Builder store(StickDataType type) {
            return store(type, Duration.ZERO);
        }

        /**
         * Gives a server the number by which peers know it that say no name.
         *
         * @param id above 0, no other server's
         * @param server what the {@link StickTableConfig#serverKey()} calls it
         */
        public Builder serverId(int id, String server) {
            serverIds.put(id, Objects.requireNonNull(server, "server"));
            return this;
        }

        /**
         * Adds a rate to what entries hold.
         *
         * @param period over which it is measured, above 0
         */
        public Builder store(StickDataType type, Duration period) {
            data.put(type, period);
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws InvalidConfigException with every problem
         */
        public StickTableConfig build() {
            Problems problems = new Problems("stickTable");
            problems.atLeast("size", size, 1);
            problems.timeout("expire", expire);
            serverIds.forEach((id, server) -> problems.atLeast("serverId[" + server + "]", id, 1));
            data.forEach(
                    (type, period) -> {
                        String field = "store[" + type + "].period";
                        if (type.isRate()) {
                            problems.interval(field, period);
                        } else if (!period.isZero()) {
                            problems.add(
                                    field,
                                    "is " + period + ", but only a rate has one; leave it out");
                        }
                    });
            problems.throwIfAny();
            return new StickTableConfig(this);
        }
    }
}

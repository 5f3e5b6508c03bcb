package io.evenkeel.lb;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much one key, such as a client's address, may have: so many connections at a time, so many in a period. Asked before a backend
 * is, so that what is refused costs no server anything. Immutable; the counts are the table's. Safe for use by any thread.
 *
 * <pre>{@code
 * StickTable table = new StickTable("web", StickTableConfig.builder(StickKeyType.ipv6(), 100_000)
 *         .store(StickDataType.CONN_CUR)
 *         .store(StickDataType.SESS_RATE, Duration.ofSeconds(10))
 *         .build(), seed);
 * SourceLimit limit = new SourceLimit(table, 100, 50);
 *
 * key.setAddress(client.getAddress().getAddress());
 * TrackedEntry admitted = limit.admit(key, System.nanoTime());
 * if (admitted == null) { ... refuse ... }
 * ...
 * admitted.release(System.nanoTime());
 * }</pre>
 */
public final class SourceLimit {
    private final StickTable table;
    private final int maxConnections;
    private final long maxConnectionsPerPeriod;
    private final long maxSessionsPerPeriod;

    /**
     * A limit.
     *
     * @param maxConnections of a key at a time, or 0 for no limit
     * @param maxSessionsPerPeriod that are let in of a key, or 0 for no limit; the table stores {@link StickDataType#SESS_RATE},
     *     whose period it is
     * @throws IllegalArgumentException if a limit is negative, or the table stores no such rate
     */
    public SourceLimit(StickTable table, int maxConnections, long maxSessionsPerPeriod) {
        this(table, maxConnections, 0, maxSessionsPerPeriod);
    }

    /**
     * A limit.
     *
     * @param maxConnections of a key at a time, or 0 for no limit
     * @param maxConnectionsPerPeriod that arrive of a key, refused ones among them, or 0 for no limit; the table stores
     *     {@link StickDataType#CONN_RATE}, whose period it is
     * @param maxSessionsPerPeriod as above
     * @throws IllegalArgumentException if a limit is negative, or the table stores no such rate
     */
    public SourceLimit(
            StickTable table,
            int maxConnections,
            long maxConnectionsPerPeriod,
            long maxSessionsPerPeriod) {
        this.table = Objects.requireNonNull(table, "table");
        this.maxConnections = maxConnections;
        this.maxConnectionsPerPeriod = maxConnectionsPerPeriod;
        this.maxSessionsPerPeriod = maxSessionsPerPeriod;
        if (maxConnections < 0 || maxConnectionsPerPeriod < 0 || maxSessionsPerPeriod < 0) {
            throw new IllegalArgumentException(
                    "A limit is at least 1, or 0 for none: "
                            + maxConnections
                            + ", "
                            + maxConnectionsPerPeriod
                            + ", "
                            + maxSessionsPerPeriod);
        }
        requires(maxConnectionsPerPeriod, StickDataType.CONN_RATE);
        requires(maxSessionsPerPeriod, StickDataType.SESS_RATE);
    }

    private void requires(long limit, StickDataType type) {
        if (limit > 0 && !table.config().stores(type)) {
            throw new IllegalArgumentException(
                    "Table "
                            + table.name()
                            + " does not store "
                            + type
                            + ", which a limit per period needs; store it with a period");
        }
    }

    /**
     * Counts a connection and lets it in, unless its key has as much as it may. One that the table has no room for is let in and not
     * counted: the limit is for the few who ask too much, and must not become one for all.
     *
     * @return to be released when the connection ends; null if it is refused
     */
    public @Nullable TrackedEntry admit(StickKeyBuffer key, long nowNanos) {
        return table.admit(
                key, maxConnections, maxConnectionsPerPeriod, maxSessionsPerPeriod, nowNanos);
    }
}

package io.evenkeel.lb;

import org.jspecify.annotations.Nullable;

/**
 * A connection that a {@link StickTable} counts for its key, and what is to be counted of it. Release it when the connection ends. Safe
 * for use by any thread.
 */
public final class TrackedEntry {
    /** Of a table that has no room: it counts nothing. */
    static final TrackedEntry NONE = new TrackedEntry(null, null);

    private final @Nullable StickTable table;
    private final @Nullable StickEntry entry;
    private volatile boolean released;

    TrackedEntry(@Nullable StickTable table, @Nullable StickEntry entry) {
        this.table = table;
        this.entry = entry;
    }

    /** Whether the connection is counted: the table had room, and it is not released. */
    public boolean isCounted() {
        return entry != null && !released;
    }

    /** The connection was let in: counts {@link StickDataType#SESS_CNT} and {@link StickDataType#SESS_RATE}. */
    public void countSession(long nowNanos) {
        if (table == null || entry == null) {
            return;
        }
        StickKey news;
        synchronized (table.lock()) {
            if (released) {
                return;
            }
            table.data().countSession(entry, nowNanos);
            news = table.versions().newlyCounted(entry);
        }
        table.tellCount(news, nowNanos);
    }

    /**
     * Counts bytes.
     *
     * @param in from the client since the last time
     * @param out to the client since the last time
     */
    public void countBytes(long in, long out, long nowNanos) {
        if (table == null || entry == null) {
            return;
        }
        StickKey news;
        synchronized (table.lock()) {
            if (released) {
                return;
            }
            table.data().countBytes(entry, in, out, nowNanos);
            news = table.versions().newlyCounted(entry);
        }
        table.tellCount(news, nowNanos);
    }

    /**
     * Counts one more for the application ({@link StickDataType#GPC0}).
     *
     * @return how many it counts now; 0 if it is not stored
     */
    public long countGeneral(long nowNanos) {
        if (table == null || entry == null) {
            return 0;
        }
        long now;
        StickUpdate update;
        StickKey news;
        synchronized (table.lock()) {
            if (released) {
                return 0;
            }
            table.data().add(entry, StickDataType.GPC0, 1, nowNanos);
            table.data().add(entry, StickDataType.GPC0_RATE, 1, nowNanos);
            now = table.data().get(entry, StickDataType.GPC0, nowNanos);
            update = table.versions().counted(entry, nowNanos);
            news = table.versions().newlyCounted(entry);
        }
        table.tell(update, nowNanos);
        table.tellCount(news, nowNanos);
        return now;
    }

    /** A count, rate or mark of the key now; 0 if it is not stored or the connection not counted. */
    public long value(StickDataType type, long nowNanos) {
        if (table == null || entry == null) {
            return 0;
        }
        synchronized (table.lock()) {
            return released ? 0 : table.data().get(entry, type, nowNanos);
        }
    }

    /** The connection has ended. Calling it again does nothing. */
    public void release(long nowNanos) {
        if (table == null || entry == null) {
            return;
        }
        StickUpdate counts;
        StickUpdate server;
        StickKey news;
        synchronized (table.lock()) {
            if (released) {
                return;
            }
            released = true;
            table.store().release(entry, nowNanos);
            counts = table.versions().counted(entry, nowNanos);
            server = table.versions().reminder(entry, nowNanos);
            // Here the time begins after which it expires, elsewhere too.
            news = table.versions().newlyCounted(entry);
        }
        table.tell(counts, nowNanos);
        table.tell(server, nowNanos);
        table.tellCount(news, nowNanos);
    }
}

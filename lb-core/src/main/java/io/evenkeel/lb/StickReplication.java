package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Has several nodes hold the same in their {@link StickTable}s of one name: what one tells its listeners, the application takes to
 * every other node's {@link #apply}. Whatever is lost on the way, a {@link #snapshot} in each direction makes good. Safe for use by any
 * thread.
 *
 * <p>Told are servers, removals, and the counts and marks that {@link StickDataType#isReplicated()}. Not told is what a node forgets
 * by itself, because it has expired or is the oldest in a full table. A removal is remembered for ten minutes: after a longer
 * absence a node may bring back what was removed meanwhile.
 */
public final class StickReplication {
    private final StickTable table;

    StickReplication(StickTable table) {
        this.table = table;
    }

    /** Adds a listener, which is to tell the other nodes; it hears of changes from now on. */
    public void addListener(StickListener listener) {
        Objects.requireNonNull(listener, "listener");
        synchronized (table.lock()) {
            table.versions().add(listener);
        }
    }

    /** Removes a listener; nothing happens if it is not there. */
    public void removeListener(StickListener listener) {
        table.versions().listeners().remove(listener);
    }

    /**
     * Takes what another node tells. In whatever order updates come, and however often: nodes that have heard the same hold the
     * same. Listeners do not hear of it.
     *
     * @return whether it was news
     * @throws IllegalArgumentException if its key is of another type than the table's
     */
    public boolean apply(StickUpdate update, long nowNanos) {
        long hash = table.hash(update.key());
        synchronized (table.lock()) {
            return table.versions().apply(update, hash, nowNanos);
        }
    }

    /**
     * Takes what another node holds of a key in place of what is here, as if it was written now: whatever comes later counts. For
     * nodes that tell no version. Listeners do not hear of it.
     *
     * @param record of which the server, unless it is null, the age, and what the table stores of its values and rates are taken; of a rate
     *     only what it is made of
     * @return false if it is too old or the table has no room
     * @throws IllegalArgumentException if its key is of another type than the table's
     */
    public boolean adopt(StickRecord record, long nowNanos) {
        long hash = table.hash(record.key());
        synchronized (table.lock()) {
            return table.versions().adopt(record, hash, nowNanos);
        }
    }

    /**
     * What is known of a key, to be told to another node: from now on {@link StickListener#onCount} says again that it has changed. Null if
     * there is no entry.
     *
     * @throws IllegalArgumentException if the key is of another type than the table's
     */
    public @Nullable StickRecord read(StickKey key, long nowNanos) {
        long hash = table.hash(key);
        byte[] bytes = key.bytes();
        synchronized (table.lock()) {
            StickEntry entry = table.store().find(bytes, bytes.length, hash, nowNanos);
            if (entry == null) {
                return null;
            }
            entry.saidTo = 0;
            return StickRecord.of(table, entry, nowNanos);
        }
    }

    /** The keys of all entries, in no order. */
    public Set<StickKey> keys(long nowNanos) {
        Set<StickKey> keys = new LinkedHashSet<>();
        StickScan.of(
                table,
                entry -> {
                    if (!table.store().isExpired(entry, nowNanos)) {
                        keys.add(table.versions().keyOf(entry));
                    }
                },
                () -> {});
        return keys;
    }

    /**
     * Tells all that this node has to tell, for one that has just come or has been away. What changes meanwhile is told to the
     * listeners, so add one before.
     *
     * @param sink called on this thread, without a lock
     */
    public void snapshot(Consumer<StickUpdate> sink, long nowNanos) {
        List<StickUpdate> some = new ArrayList<>();
        synchronized (table.lock()) {
            table.versions().describeRemovals(some);
        }
        StickScan.of(
                table,
                entry -> {
                    if (!table.store().isExpired(entry, nowNanos)) {
                        table.versions().describe(entry, nowNanos, some);
                    }
                },
                () -> {
                    some.forEach(sink);
                    some.clear();
                });
    }
}

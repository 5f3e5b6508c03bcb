package io.evenkeel.lb.peers;

import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickUpdate;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stick table and what of it some peer has not confirmed to know. Each change has a number, of which an entry keeps its last; what all
 * peers have confirmed is forgotten. So however long a peer is away, there is no more than the table has entries. Safe for any thread.
 */
final class SharedTable {
    /** Since when some peer does not know of the key's last change, or of the one that this overtook. */
    private record Change(StickKey key, long sinceNanos) {}

    private final StickTable table;
    private final PeerDefinition definition;
    private final Runnable onChange;
    private final Map<StickKey, Long> numbers = new HashMap<>();
    private final TreeMap<Long, Change> changes = new TreeMap<>();
    private final Map<String, Integer> serverIds = new HashMap<>();
    private final long[] confirmed;
    private long last;
    private long dropped;

    /**
     * @param id from 1
     * @param peers how many there are
     * @param onChange called on any thread when there is something to tell
     */
    SharedTable(int id, StickTable table, int peers, Runnable onChange) {
        this.table = table;
        this.onChange = onChange;
        definition = PeerDefinition.of(id, table);
        confirmed = new long[peers];
        table.config().serverIds().forEach((number, server) -> serverIds.put(server, number));
    }

    StickTable table() {
        return table;
    }

    PeerDefinition definition() {
        return definition;
    }

    /** The numbers of servers, by what the table calls them. Never changed. */
    Map<String, Integer> serverIds() {
        return serverIds;
    }

    /** What this node's table tells. */
    void onUpdate(StickUpdate update, long nowNanos) {
        if (update.kind() == StickUpdate.Kind.REMOVAL) {
            // The protocol has no word for it.
            forget(update.key());
        } else {
            changed(update.key(), nowNanos);
        }
    }

    void changed(StickKey key, long nowNanos) {
        synchronized (this) {
            Long before = numbers.put(key, ++last);
            Change overtaken = before == null ? null : changes.remove(before);
            if (overtaken == null && numbers.size() > table.config().size()) {
                Map.Entry<Long, Change> oldest = changes.pollFirstEntry();
                numbers.remove(oldest.getValue().key);
                dropped = oldest.getKey();
            }
            long since = overtaken == null ? nowNanos : overtaken.sinceNanos;
            changes.put(last, new Change(key, since));
        }
        onChange.run();
    }

    private synchronized void forget(StickKey key) {
        Long number = numbers.remove(key);
        if (number != null) {
            changes.remove(number);
        }
    }

    /** The key was no longer in the table when its change was to be told. */
    synchronized void forget(long number) {
        Change change = changes.remove(number);
        if (change != null) {
            numbers.remove(change.key);
        }
    }

    /** The number of the last change. */
    synchronized long last() {
        return last;
    }

    /** The first change above that number that is not overtaken by another of its key. */
    synchronized Map.@Nullable Entry<Long, StickKey> after(long number) {
        Map.Entry<Long, Change> next = changes.higherEntry(number);
        return next == null ? null : Map.entry(next.getKey(), next.getValue().key);
    }

    /** Whether the key has changed here since what the peer has confirmed. */
    synchronized boolean isAhead(StickKey key, int peer) {
        Long number = numbers.get(key);
        return number != null && number > confirmed[peer];
    }

    synchronized long confirmed(int peer) {
        return confirmed[peer];
    }

    /** The peer knows all up to that number. */
    synchronized void confirm(int peer, long number) {
        confirmed[peer] = Math.max(confirmed[peer], number);
        long all = Long.MAX_VALUE;
        for (long each : confirmed) {
            all = Math.min(all, each);
        }
        while (!changes.isEmpty() && changes.firstKey() <= all) {
            numbers.remove(changes.pollFirstEntry().getValue().key);
        }
    }

    /** Whether changes above that number had to be dropped: who knows only those up to it is to be told all. */
    synchronized boolean hasDroppedAbove(long number) {
        return dropped > number;
    }

    /** How many changes the peer has not confirmed. */
    synchronized int unconfirmed(int peer) {
        return changes.tailMap(confirmed[peer], false).size();
    }

    /** How long the oldest of them has waited; 0 if there is none. */
    synchronized long oldestNanos(int peer, long nowNanos) {
        long oldest = 0;
        for (Change change : changes.tailMap(confirmed[peer], false).values()) {
            oldest = Math.max(oldest, nowNanos - change.sinceNanos);
        }
        return oldest;
    }
}

package io.evenkeel.lb.peers;

import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickListener;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickUpdate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stick table and what of it some peer has not confirmed to know. Each change has a number, of which an entry keeps its last; what all
 * peers have confirmed is forgotten. So however long a peer is away, there is no more than the table has entries. Safe for any thread.
 */
final class SharedTable implements StickListener {
    private static final long NUMBER_MASK = 0xffff_ffffL;

    /** Below the number of every change, and as a number on the wire no {@link PeerTeaching#NO_CHANGE}. */
    private static final long BEFORE_ALL = 1;

    /** Since when some peer does not know of the key's last change, or of the one that this overtook. */
    private record Change(StickKey key, long sinceNanos) {}

    private final StickTable table;
    private final PeerDefinition definition;
    private final Runnable onChange;
    private final Map<StickKey, Long> numbers = new HashMap<>();
    private final TreeMap<Long, Change> changes = new TreeMap<>();
    private final Map<String, Integer> serverIds = new HashMap<>();
    private final long[] confirmed;

    /** Whether a peer is to be told what was in the table before its changes were followed, since it may not know that. */
    private final boolean[] offers;

    private long last = BEFORE_ALL;
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
        Arrays.fill(confirmed, BEFORE_ALL);
        offers = new boolean[peers];
        Arrays.fill(offers, table.size() > 0);
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

    @Override
    public void onUpdate(StickTable source, StickUpdate update, long nowNanos) {
        switch (update.kind()) {
            case SERVER -> changed(update.key(), nowNanos);
            case REMOVAL -> removed(update.key(), nowNanos);
            case COUNTS -> {
                // That is onCount, which hears of rates too.
            }
        }
    }

    @Override
    public void onCount(StickTable source, StickKey key, long nowNanos) {
        changed(key, nowNanos);
    }

    void changed(StickKey key, long nowNanos) {
        synchronized (this) {
            Long before = numbers.get(key);
            Change overtaken = before == null ? null : changes.remove(before);
            add(new Change(key, overtaken == null ? nowNanos : overtaken.sinceNanos), next());
        }
        onChange.run();
    }

    private long next() {
        last++;
        if ((last & NUMBER_MASK) == PeerTeaching.NO_CHANGE) {
            last++;
        }
        return last;
    }

    private void add(Change change, long number) {
        numbers.put(change.key, number);
        changes.put(number, change);
        if (changes.size() > table.config().size()) {
            Map.Entry<Long, Change> oldest = changes.pollFirstEntry();
            numbers.remove(oldest.getValue().key);
            dropped = oldest.getKey();
        }
    }

    /**
     * Goes on where the same table of another group, which hears of nothing more, has ended. What has changed since this one exists counts
     * as later. Before anything of this is told.
     *
     * @param places which peer of the other group each peer is; -1: none
     */
    synchronized void follow(SharedTable before, int[] places) {
        List<Change> since = List.copyOf(changes.values());
        changes.clear();
        numbers.clear();
        synchronized (before) {
            last = before.last;
            dropped = before.dropped;
            before.changes.forEach((number, change) -> add(change, number));
            for (int i = 0; i < places.length; i++) {
                boolean stays = places[i] >= 0;
                confirmed[i] = stays ? before.confirmed[places[i]] : last;
                offers[i] &= !stays || before.offers[places[i]];
            }
        }
        for (Change change : since) {
            Long overtaken = numbers.get(change.key);
            if (overtaken != null) {
                changes.remove(overtaken);
            }
            add(change, next());
        }
    }

    /** Whether the peer is to be told all that is in the table, but not as changes. */
    synchronized boolean isOffered(int peer) {
        return offers[peer];
    }

    /** That was done. */
    synchronized void offered(int peer) {
        offers[peer] = false;
    }

    /** The protocol has no word for that. If the key is back already, there is its change to tell. */
    private synchronized void removed(StickKey key, long nowNanos) {
        if (table.entry(key, nowNanos) == null) {
            Long number = numbers.remove(key);
            if (number != null) {
                changes.remove(number);
            }
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

package io.evenkeel.lb;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Makes a table's entries the same on all nodes: the server, and the counts, of a key are each a register of which the last write
 * counts, and a removal is a write to both. What is kept does not depend on the order in which updates come, or on how often. Under
 * the table's lock.
 */
final class StickVersions {
    /** An entry that is used is told again that often before it would expire on other nodes. */
    private static final int TOLD_PER_LIFETIME = 4;

    private final StickStore store;
    private final StickData data;
    private final StickKeyType keyType;
    private final long expireNanos;
    private final @Nullable String node;
    private final StickTombstones tombstones;
    private final CopyOnWriteArrayList<StickListener> listeners = new CopyOnWriteArrayList<>();
    private long clock;

    /** Another number with each listener, since what was said before he has not heard. */
    private int audience = 1;

    /**
     * @param node null if there is no other
     */
    StickVersions(
            StickTableConfig config, StickStore store, StickData data, @Nullable StickNode node) {
        this.store = store;
        this.data = data;
        keyType = config.keyType();
        expireNanos = config.expireNanos();
        this.node = node == null ? null : node.name();
        clock = node == null ? 0 : node.firstClock();
        tombstones = new StickTombstones(config.size());
    }

    /** Takes away at most so many entries that have expired, and as many removals; returns how many. */
    int expire(long nowNanos, int limit) {
        return store.expire(nowNanos, limit) + tombstones.expire(nowNanos, limit);
    }

    /** When the first entry or removal expires. */
    OptionalLong nextExpiryNanos() {
        OptionalLong entry = store.nextExpiryNanos();
        OptionalLong removal = tombstones.nextExpiryNanos();
        if (entry.isEmpty() || removal.isEmpty()) {
            return entry.isEmpty() ? removal : entry;
        }
        return entry.getAsLong() - removal.getAsLong() < 0 ? entry : removal;
    }

    /** Any thread may look and remove. */
    List<StickListener> listeners() {
        return listeners;
    }

    void add(StickListener listener) {
        listeners.add(listener);
        audience++;
    }

    /** What is counted of the entry has changed; its key if listeners are to hear of that, else null. */
    @Nullable StickKey newlyCounted(StickEntry entry) {
        if (entry.saidTo == audience || data.length() == 0 || listeners.isEmpty()) {
            return null;
        }
        entry.saidTo = audience;
        return keyOf(entry);
    }

    /** Takes the place of another table's: its clock goes on, and what was removed stays so. */
    void follow(StickVersions before, long nowNanos) {
        clock = Math.max(clock, before.clock);
        before.tombstones.forEach((key, version) -> tombstones.put(key, version, nowNanos));
    }

    boolean isAlone() {
        return node == null;
    }

    private @Nullable StickVersion next() {
        return node == null ? null : new StickVersion(++clock, node);
    }

    StickKey keyOf(StickEntry entry) {
        return new StickKey(keyType, entry.key, entry.keyLength);
    }

    /** The entry has another server; what to tell of it. */
    @Nullable StickUpdate written(StickEntry entry, long nowNanos) {
        entry.serverVersion = next();
        entry.toldNanos = nowNanos;
        return listeners.isEmpty() ? null : server(entry, nowNanos);
    }

    /** The entry was used; what to tell of it, if that is due. */
    @Nullable StickUpdate reminder(StickEntry entry, long nowNanos) {
        if (listeners.isEmpty()
                || expireNanos == 0
                || nowNanos - entry.toldNanos < expireNanos / TOLD_PER_LIFETIME) {
            return null;
        }
        entry.toldNanos = nowNanos;
        return server(entry, nowNanos);
    }

    /** The entry has other counts; what to tell of them. */
    @Nullable StickUpdate counted(StickEntry entry, long nowNanos) {
        if (!data.storesReplicated()) {
            return null;
        }
        entry.countsVersion = next();
        return listeners.isEmpty() ? null : counts(entry, nowNanos);
    }

    /** The key was removed; what to tell of that. */
    @Nullable StickUpdate removed(StickKey key, long nowNanos) {
        StickVersion version = next();
        if (version == null) {
            return null;
        }
        tombstones.put(key, version, nowNanos);
        return removal(key, version);
    }

    private @Nullable StickUpdate server(StickEntry entry, long nowNanos) {
        StickVersion version = entry.serverVersion;
        return version == null
                ? null
                : new StickUpdate(
                        StickUpdate.Kind.SERVER,
                        keyOf(entry),
                        version,
                        entry.server,
                        Map.of(),
                        store.ageNanos(entry, nowNanos));
    }

    private @Nullable StickUpdate counts(StickEntry entry, long nowNanos) {
        StickVersion version = entry.countsVersion;
        return version == null
                ? null
                : new StickUpdate(
                        StickUpdate.Kind.COUNTS,
                        keyOf(entry),
                        version,
                        null,
                        data.replicated(entry),
                        store.ageNanos(entry, nowNanos));
    }

    private static StickUpdate removal(StickKey key, StickVersion version) {
        return new StickUpdate(StickUpdate.Kind.REMOVAL, key, version, null, Map.of(), 0);
    }

    /** All that there is to tell of an entry. */
    void describe(StickEntry entry, long nowNanos, List<StickUpdate> into) {
        StickUpdate ofServer = server(entry, nowNanos);
        if (ofServer != null) {
            into.add(ofServer);
        }
        StickUpdate ofCounts = counts(entry, nowNanos);
        if (ofCounts != null) {
            into.add(ofCounts);
        }
    }

    /** All that there is to tell of what is gone. */
    void describeRemovals(List<StickUpdate> into) {
        tombstones.forEach((key, version) -> into.add(removal(key, version)));
    }

    /** Takes what another node tells; whether it was news. */
    boolean apply(StickUpdate update, long hash, long nowNanos) {
        clock = Math.max(clock, update.version().clock());
        StickKey key = update.key();
        StickVersion removed = tombstones.get(key);
        if (removed != null && update.version().compareTo(removed) <= 0) {
            return false;
        }
        byte[] bytes = key.bytes();
        StickEntry entry = store.find(bytes, bytes.length, hash, nowNanos);
        if (update.kind() == StickUpdate.Kind.REMOVAL) {
            tombstones.put(key, update.version(), nowNanos);
            if (entry != null) {
                forgetOlder(entry, update.version());
            }
            return true;
        }
        if (entry == null) {
            if (expireNanos > 0 && update.ageNanos() >= expireNanos) {
                return false;
            }
            entry = store.obtain(bytes, bytes.length, hash, nowNanos);
            if (entry == null) {
                return false;
            }
            entry.usedNanos = nowNanos - update.ageNanos();
        }
        return write(entry, update, nowNanos);
    }

    /** Takes what another node holds, whatever is here; false if it is too old or there is no room. */
    boolean adopt(StickRecord record, long hash, long nowNanos) {
        byte[] bytes = record.key().bytes();
        StickEntry entry = store.find(bytes, bytes.length, hash, nowNanos);
        if (entry == null) {
            if (expireNanos > 0 && record.idleNanos() >= expireNanos) {
                return false;
            }
            entry = store.obtain(bytes, bytes.length, hash, nowNanos);
            if (entry == null) {
                return false;
            }
            entry.usedNanos = nowNanos - record.idleNanos();
        }
        long usedNanos = nowNanos - record.idleNanos();
        if (usedNanos - entry.usedNanos > 0) {
            store.touch(entry, usedNanos);
            entry.toldNanos = nowNanos;
        }
        String server = record.server();
        if (server != null) {
            entry.server = store.oneString(server);
            entry.serverVersion = next();
        }
        if (!record.values().isEmpty() || !record.rates().isEmpty()) {
            for (Map.Entry<StickDataType, Long> each : record.values().entrySet()) {
                data.set(entry, each.getKey(), each.getValue());
            }
            for (Map.Entry<StickDataType, StickRate> each : record.rates().entrySet()) {
                data.set(entry, each.getKey(), each.getValue(), nowNanos);
            }
            entry.countsVersion = next();
        }
        return true;
    }

    private boolean write(StickEntry entry, StickUpdate update, long nowNanos) {
        boolean ofServer = update.kind() == StickUpdate.Kind.SERVER;
        StickVersion present = ofServer ? entry.serverVersion : entry.countsVersion;
        int order = present == null ? 1 : update.version().compareTo(present);
        if (order < 0) {
            return false;
        }
        long usedNanos = nowNanos - update.ageNanos();
        if (usedNanos - entry.usedNanos > 0) {
            store.touch(entry, usedNanos);
            entry.toldNanos = nowNanos;
        }
        if (order > 0 && ofServer) {
            String server = update.server();
            entry.server = server == null ? null : store.oneString(server);
            entry.serverVersion = update.version();
        } else if (order > 0) {
            update.counts().forEach((type, count) -> data.set(entry, type, count));
            entry.countsVersion = update.version();
        }
        return order > 0;
    }

    private void forgetOlder(StickEntry entry, StickVersion version) {
        if (isOlder(entry.serverVersion, version)) {
            entry.server = null;
            entry.serverVersion = null;
        }
        if (isOlder(entry.countsVersion, version)) {
            data.clear(entry);
            entry.countsVersion = null;
        }
        if (entry.serverVersion == null && entry.countsVersion == null) {
            store.remove(entry);
        }
    }

    private static boolean isOlder(@Nullable StickVersion present, StickVersion version) {
        return present == null || present.compareTo(version) < 0;
    }
}

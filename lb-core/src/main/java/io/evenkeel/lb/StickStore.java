package io.evenkeel.lb;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The entries of a {@link StickTable}, how many there may be, and in which order they were used. Under the table's lock. */
final class StickStore {
    private static final int MOST_NAMES = BackendConfig.MAX_SERVERS;

    private final int most;
    private final boolean nopurge;
    private final long expireNanos;
    private final int dataLength;
    private final StickBuckets buckets = new StickBuckets();
    private final Map<String, String> names = new HashMap<>();
    private @Nullable StickEntry oldest;
    private @Nullable StickEntry newest;

    StickStore(StickTableConfig config, int dataLength) {
        most = config.size();
        nopurge = config.nopurge();
        expireNanos = config.expireNanos();
        this.dataLength = dataLength;
    }

    /** The same string for the same server, since a server has many entries. */
    String oneString(String server) {
        String known = names.get(server);
        if (known != null) {
            return known;
        }
        if (names.size() < MOST_NAMES) {
            names.put(server, server);
        }
        return server;
    }

    int size() {
        return buckets.size();
    }

    StickBuckets buckets() {
        return buckets;
    }

    /** The entry of that key, or null; one that has expired goes. */
    @Nullable StickEntry find(byte[] key, int length, long hash, long nowNanos) {
        StickEntry entry = buckets.find(key, length, hash);
        if (entry != null && isExpired(entry, nowNanos)) {
            remove(entry);
            return null;
        }
        return entry;
    }

    boolean isExpired(StickEntry entry, long nowNanos) {
        return expireNanos > 0 && entry.uses == 0 && nowNanos - entry.usedNanos >= expireNanos;
    }

    /** Since it was used; 0 while it is. */
    long ageNanos(StickEntry entry, long nowNanos) {
        return entry.uses > 0 ? 0 : Math.max(0, nowNanos - entry.usedNanos);
    }

    /** The entry of that key, a new one if there is none; null if there is no room. */
    @Nullable StickEntry obtain(byte[] key, int length, long hash, long nowNanos) {
        StickEntry entry = find(key, length, hash, nowNanos);
        if (entry != null) {
            return entry;
        }
        if (buckets.size() < most) {
            entry = new StickEntry(dataLength);
        } else {
            entry = oldest;
            if (entry == null || nopurge && !isExpired(entry, nowNanos)) {
                return null;
            }
            remove(entry);
            entry.clear();
        }
        entry.setKey(key, length, hash);
        entry.usedNanos = nowNanos;
        entry.toldNanos = nowNanos;
        buckets.add(entry);
        append(entry);
        return entry;
    }

    /** It was used just now. */
    void touch(StickEntry entry, long nowNanos) {
        if (nowNanos - entry.usedNanos > 0) {
            entry.usedNanos = nowNanos;
        }
        if (entry.uses == 0 && entry != newest) {
            unlink(entry);
            append(entry);
        }
    }

    /** A connection uses it from now on. */
    void use(StickEntry entry) {
        if (entry.uses++ == 0) {
            unlink(entry);
        }
    }

    /** A connection uses it no more. */
    void release(StickEntry entry, long nowNanos) {
        if (--entry.uses == 0) {
            append(entry);
        }
        touch(entry, nowNanos);
    }

    /** Takes it away, unless it is in use. */
    void remove(StickEntry entry) {
        if (entry.uses == 0) {
            unlink(entry);
            buckets.remove(entry);
        }
    }

    /** Takes away at most so many entries that have expired, and returns how many. */
    int expire(long nowNanos, int limit) {
        int removed = 0;
        StickEntry entry;
        while (removed < limit && (entry = oldest) != null && isExpired(entry, nowNanos)) {
            remove(entry);
            removed++;
        }
        return removed;
    }

    /** When the oldest entry expires. */
    OptionalLong nextExpiryNanos() {
        StickEntry entry = oldest;
        return entry == null || expireNanos == 0
                ? OptionalLong.empty()
                : OptionalLong.of(entry.usedNanos + expireNanos);
    }

    private void append(StickEntry entry) {
        StickEntry before = newest;
        entry.older = before;
        newest = entry;
        if (before == null) {
            oldest = entry;
        } else {
            before.newer = entry;
        }
    }

    private void unlink(StickEntry entry) {
        StickEntry before = entry.older;
        StickEntry after = entry.newer;
        if (before == null) {
            oldest = after;
        } else {
            before.newer = after;
        }
        if (after == null) {
            newest = before;
        } else {
            after.older = before;
        }
        entry.older = null;
        entry.newer = null;
    }
}

package io.evenkeel.lb;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which keys were removed, so that what was written before does not come back from another node: as many as the table has entries,
 * and each for ten minutes. Under the table's lock.
 */
final class StickTombstones {
    static final long LIFETIME_NANOS = 600_000_000_000L;

    private record Tombstone(StickVersion version, long sinceNanos) {}

    private final int most;
    private final Map<StickKey, Tombstone> byKey = new LinkedHashMap<>();

    StickTombstones(int most) {
        this.most = most;
    }

    @Nullable StickVersion get(StickKey key) {
        Tombstone found = byKey.get(key);
        return found == null ? null : found.version;
    }

    void put(StickKey key, StickVersion version, long nowNanos) {
        byKey.remove(key);
        expire(nowNanos, 2);
        if (byKey.size() >= most) {
            Iterator<StickKey> oldest = byKey.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        byKey.put(key, new Tombstone(version, nowNanos));
    }

    int expire(long nowNanos, int limit) {
        int removed = 0;
        Iterator<Tombstone> oldest = byKey.values().iterator();
        while (removed < limit
                && oldest.hasNext()
                && nowNanos - oldest.next().sinceNanos >= LIFETIME_NANOS) {
            oldest.remove();
            removed++;
        }
        return removed;
    }

    OptionalLong nextExpiryNanos() {
        return byKey.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(byKey.values().iterator().next().sinceNanos + LIFETIME_NANOS);
    }

    void forEach(BiConsumer<StickKey, StickVersion> action) {
        byKey.forEach((key, tombstone) -> action.accept(key, tombstone.version));
    }
}

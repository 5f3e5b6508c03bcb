package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Copies the entries of a table into one that is configured otherwise. */
final class StickCopy {
    private final StickTable from;
    private final StickTable to;
    private final long nowNanos;

    StickCopy(StickTable from, StickTable to, long nowNanos) {
        this.from = from;
        this.to = to;
        this.nowNanos = nowNanos;
    }

    void make() {
        synchronized (from.lock()) {
            synchronized (to.lock()) {
                to.versions().follow(from.versions(), nowNanos);
            }
        }
        List<StickEntry> entries = new ArrayList<>();
        StickScan.of(
                from,
                entry -> {
                    if (!from.store().isExpired(entry, nowNanos)) {
                        entries.add(entry.detached());
                    }
                },
                () -> {});
        // In the order of use; if there is less room, those that were used last stay.
        entries.sort(Comparator.comparingLong(entry -> entry.usedNanos - nowNanos));
        int surplus = Math.max(0, entries.size() - to.config().size());
        entries.subList(surplus, entries.size()).forEach(this::put);
    }

    private void put(StickEntry entry) {
        StickKey key = from.versions().keyOf(entry);
        byte[] bytes = key.bytes();
        long hash = to.hash(key);
        synchronized (to.lock()) {
            StickEntry copy = to.store().obtain(bytes, bytes.length, hash, nowNanos);
            if (copy == null) {
                return;
            }
            copy.usedNanos = entry.usedNanos;
            copy.toldNanos = entry.toldNanos;
            copy.server = entry.server;
            copy.serverVersion = entry.serverVersion;
            copy.countsVersion = entry.countsVersion;
            to.data().copy(entry, from.data(), copy);
        }
    }
}

package io.evenkeel.lb.dns;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records that are believed, each until good answers have been without it for a time. */
final class Holding<R extends Comparable<R>> {
    private static final class Entry {
        int weight;
        long seenNanos;
        boolean present;

        Entry(int weight, long seenNanos) {
            this.weight = weight;
            this.seenNanos = seenNanos;
            present = true;
        }
    }

    private final Map<R, Entry> entries = new HashMap<>();

    /** A good answer has these, with their weights, and no others. */
    void replace(Map<R, Integer> records, long nowNanos) {
        entries.values().forEach(entry -> entry.present = false);
        records.forEach((key, weight) -> entries.put(key, new Entry(weight, nowNanos)));
    }

    /** Forgets what good answers have been without for so long. Returns whether there was any. */
    boolean expire(long holdNanos, long nowNanos) {
        return entries.values()
                .removeIf(entry -> !entry.present && nowNanos - entry.seenNanos >= holdNanos);
    }

    /** When {@link #expire} has something to forget; {@link ServerNames#NO_DEADLINE} if nothing will go. */
    long deadlineNanos(long holdNanos) {
        long next = ServerNames.NO_DEADLINE;
        for (Entry entry : entries.values()) {
            if (!entry.present) {
                next = Math.min(next, entry.seenNanos + holdNanos);
            }
        }
        return next;
    }

    /** Forgets all. Returns whether there was any. */
    boolean clear() {
        boolean any = !entries.isEmpty();
        entries.clear();
        return any;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean contains(R key) {
        return entries.containsKey(key);
    }

    int weight(R key) {
        Entry entry = entries.get(key);
        return entry == null ? 0 : entry.weight;
    }

    /** In their order. */
    List<R> sorted() {
        List<R> all = new ArrayList<>(entries.keySet());
        all.sort(null);
        return all;
    }
}

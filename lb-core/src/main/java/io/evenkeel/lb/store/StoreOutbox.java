package io.evenkeel.lb.store;

import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickUpdate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The updates of a table that the store has not confirmed: of each field of each key the newest, and no more than so many; then the
 * oldest goes. Safe for any thread; nothing is done here under the lock that takes longer than a few assignments.
 */
final class StoreOutbox {
    /** What an update is about. */
    private record Slot(StickUpdate.Kind kind, StickKey key) {
        static Slot of(StickUpdate update) {
            return new Slot(update.kind(), update.key());
        }
    }

    /**
     * An update that waits.
     *
     * @param toldNanos when it was told, to which its age refers
     * @param sinceNanos since when the store does not know it, or one that it overtook
     */
    record Waiting(StickUpdate update, long toldNanos, long sinceNanos) {
        /** Since the entry was used. */
        long ageNanos(long nowNanos) {
            return update.ageNanos() + Math.max(0, nowNanos - toldNanos);
        }
    }

    private final int most;
    private Map<Slot, Waiting> waiting = new LinkedHashMap<>();
    private final Map<Long, Waiting> underway = new LinkedHashMap<>();
    private boolean overflowed;

    StoreOutbox(int most) {
        this.most = most;
    }

    synchronized void add(StickUpdate update, long nowNanos) {
        put(waiting, new Waiting(update, nowNanos, nowNanos));
        if (waiting.size() > most) {
            Iterator<Waiting> oldest = waiting.values().iterator();
            oldest.next();
            oldest.remove();
            overflowed = true;
        }
    }

    private static void put(Map<Slot, Waiting> into, Waiting added) {
        into.merge(
                Slot.of(added.update),
                added,
                (before, after) ->
                        after.update.version().compareTo(before.update.version()) < 0
                                ? before
                                : new Waiting(after.update, after.toldNanos, before.sinceNanos));
    }

    /** The one that has waited longest, which counts as unconfirmed until {@link #confirm} or {@link #bringBack}; null if there is none. */
    synchronized @Nullable Waiting take(long number) {
        Iterator<Waiting> first = waiting.values().iterator();
        if (!first.hasNext()) {
            return null;
        }
        Waiting taken = first.next();
        first.remove();
        underway.put(number, taken);
        return taken;
    }

    /** The store knows it, or it is of no use any more. */
    synchronized void confirm(long number) {
        underway.remove(number);
    }

    /** Nobody knows what the store has got of what was taken. */
    synchronized void bringBack() {
        Map<Slot, Waiting> all = new LinkedHashMap<>();
        List<Waiting> inOrder = new ArrayList<>(underway.values());
        inOrder.addAll(waiting.values());
        inOrder.forEach(each -> put(all, each));
        underway.clear();
        waiting = all;
    }

    /** Whether updates have gone unsent since this was last asked; who asks is to see to it that the store learns all. */
    synchronized boolean takeOverflow() {
        boolean before = overflowed;
        overflowed = false;
        return before;
    }

    synchronized int size() {
        return waiting.size() + underway.size();
    }

    synchronized int underway() {
        return underway.size();
    }

    /** How long the oldest has waited; 0 if there is none. */
    synchronized long oldestNanos(long nowNanos) {
        long oldest = 0;
        for (Waiting each : underway.values()) {
            oldest = Math.max(oldest, nowNanos - each.sinceNanos);
        }
        for (Waiting first : waiting.values()) {
            return Math.max(oldest, nowNanos - first.sinceNanos);
        }
        return oldest;
    }
}

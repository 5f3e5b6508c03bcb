package io.evenkeel.vrrp;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * What the kernel does for a driver that queues advertisements in it: it sends them on time, also while the driver is paused, until
 * there are no more.
 */
final class AdvertisementQueue {

    private final VirtualRouter router;
    private final long aheadNanos;
    private final Queue<Entry> entries = new ArrayDeque<>();
    private int sent;
    private long lastSentNanos;

    /** An advertisement and when it is due. */
    record Entry(long nanos, Action.SendAdvertisement advertisement) {}

    /**
     * @param aheadNanos how far ahead it is filled; 0 for never
     */
    AdvertisementQueue(VirtualRouter router, long aheadNanos) {
        this.router = router;
        this.aheadNanos = aheadNanos;
    }

    /** When the next one is sent. */
    long nextSendNanos() {
        return entries.isEmpty() ? VirtualRouter.NO_DEADLINE : entries.element().nanos;
    }

    /** When there is room for another one. */
    long nextFillNanos() {
        long next = router.nextAdvertisementNanos();
        return aheadNanos == 0 || next == VirtualRouter.NO_DEADLINE
                ? VirtualRouter.NO_DEADLINE
                : Math.max(0, next - aheadNanos);
    }

    /** Takes out the next one if it is due, or null. */
    Entry poll(long nowNanos) {
        if (nextSendNanos() > nowNanos) {
            return null;
        }
        Entry entry = entries.remove();
        sent++;
        lastSentNanos = entry.nanos;
        return entry;
    }

    /** Tells the router what went out since the last time. */
    void report() {
        if (sent > 0) {
            router.handleAdvertisementsSent(sent, lastSentNanos);
            sent = 0;
        }
    }

    void fill(long nowNanos) {
        long first = router.nextAdvertisementNanos();
        if (first <= nowNanos || nextFillNanos() > nowNanos) {
            return;
        }
        int count = 0;
        long interval = router.config().advertisementIntervalNanos();
        for (long at = first; at <= nowNanos + aheadNanos; at += interval) {
            entries.add(new Entry(at, router.nextAdvertisement()));
            count++;
        }
        router.handleAdvertisementsQueued(count, nowNanos);
    }

    void cancel() {
        entries.clear();
    }
}

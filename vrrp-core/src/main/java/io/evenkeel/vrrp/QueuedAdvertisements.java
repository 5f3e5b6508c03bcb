package io.evenkeel.vrrp;

/**
 * The advertisements of an Active router that its driver has queued elsewhere, such as in the kernel, so that they go out on time
 * also while the driver is paused.
 */
final class QueuedAdvertisements {

    private final ActionSink sink;
    private int count;
    private long firstNanos;
    private boolean used;

    QueuedAdvertisements(ActionSink sink) {
        this.sink = sink;
    }

    /** As many were queued, one interval apart. */
    void add(int queued, long firstQueuedNanos) {
        if (count == 0) {
            firstNanos = firstQueuedNanos;
        }
        count += queued;
        used = true;
    }

    /** The first of them went out. */
    void sent(int sent, long lastNanos, long intervalNanos) {
        count = Math.max(0, count - sent);
        firstNanos = lastNanos + intervalNanos;
    }

    /** Has what is still queued cancelled; true if that was anything. */
    boolean cancel() {
        if (count == 0) {
            return false;
        }
        count = 0;
        sink.accept(Action.CancelAdvertisements.INSTANCE);
        return true;
    }

    /** When the first that is queued is due, or was before all were cancelled. */
    long firstNanos() {
        return firstNanos;
    }

    /** Whether any was ever queued by this driver. */
    boolean wasUsed() {
        return used;
    }
}

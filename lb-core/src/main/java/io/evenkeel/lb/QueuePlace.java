package io.evenkeel.lb;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A connection's place in its backend's queue. By priority class, then by time, then by arrival.
 *
 * @see Backend#enqueue
 */
public final class QueuePlace {
    static final Comparator<QueuePlace> ORDER =
            Comparator.comparingInt((QueuePlace place) -> place.priorityClass)
                    .thenComparing((one, other) -> Long.signum(one.timeNanos - other.timeNanos))
                    .thenComparingLong(place -> place.arrival);

    private final WaitingLine line;
    private final Waiter waiter;
    private final int priorityClass;
    private final long timeNanos;
    private final long arrival;
    private volatile @Nullable Server server;
    private boolean waiting;

    QueuePlace(WaitingLine line, Waiter waiter, long nowNanos, long arrival) {
        this.line = line;
        this.waiter = waiter;
        this.arrival = arrival;
        priorityClass = waiter.priorityClass();
        timeNanos = nowNanos + waiter.priorityOffsetNanos();
    }

    /**
     * Waits no more.
     *
     * @return whether it still did; if not, {@link Waiter#onServer} or {@link Waiter#onRefused} was called, or is about to be
     */
    public boolean leave() {
        return line.leave(this);
    }

    Waiter waiter() {
        return waiter;
    }

    /** The only server it waits for, or null if any will do. */
    @Nullable Server server() {
        return server;
    }

    void setServer(@Nullable Server value) {
        server = value;
    }

    /** Under the line's lock, as what follows. */
    boolean isWaiting() {
        return waiting;
    }

    void setWaiting(boolean value) {
        waiting = value;
    }

    /** Whether nobody who waits for that server comes before it. */
    boolean isBefore(Server other) {
        QueuePlace first = line.first(other);
        return first == null || ORDER.compare(this, first) <= 0;
    }
}

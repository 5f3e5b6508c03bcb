package io.evenkeel.lb;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A picked server and its slot. The server counts one connection more until {@link #close()}; close
 * it when the connection to the server has ended or could not be made. Any thread may close it.
 *
 * <p>A closed lease may be given to {@link Backend#pick(PickRequest, long, Lease)} again by its only owner, so that
 * connections one after the other need no new one.
 */
public final class Lease implements AutoCloseable {
    private static final AtomicIntegerFieldUpdater<Lease> STATE =
            AtomicIntegerFieldUpdater.newUpdater(Lease.class, "state");
    private static final int CLOSED = 0;
    private static final int CONNECTING = 1;
    private static final int CONNECTED = 2;

    private @Nullable Picker picker;
    private @Nullable Server server;
    private boolean counted;
    private LeaseLeaks.@Nullable Watch watch;
    private volatile int state;

    /** A lease of nothing yet. */
    public Lease() {}

    void open(Picker picker, Server server, boolean counted, LeaseLeaks.@Nullable Watch watch) {
        this.picker = picker;
        this.server = server;
        this.counted = counted;
        this.watch = watch;
        // No fence: whoever hands the lease to another thread publishes it with that.
        STATE.lazySet(this, CONNECTING);
    }

    /** Whether it holds a slot. */
    public boolean isOpen() {
        return state != CLOSED;
    }

    /**
     * The server that was picked, also after the lease is closed.
     *
     * @throws IllegalStateException if none was
     */
    public Server server() {
        Server picked = server;
        if (picked == null) {
            throw new IllegalStateException(
                    "This lease has no server; give it to a backend's pick first");
        }
        return picked;
    }

    /**
     * Tells how long the server took to answer, for {@link Balance#peakEwma}; nothing happens with another balance.
     *
     * @param latencyNanos such as from the connect to the first byte
     * @param nowNanos monotonic time
     */
    public void observeLatency(long latencyNanos, long nowNanos) {
        server().observeLatency(latencyNanos, nowNanos);
    }

    /**
     * The connection to the server is made, and makes room for the next where {@link ConnectConfig#maxConnecting()} limits how many are
     * under way. Calling it again, or when the lease is closed, does nothing.
     *
     * @param nowNanos monotonic time
     */
    public void connected(long nowNanos) {
        if (STATE.compareAndSet(this, CONNECTING, CONNECTED)) {
            Objects.requireNonNull(picker).connected(server(), nowNanos);
        }
    }

    /**
     * Gives the slot back, to the first that waits if there is one. Calling it again does nothing.
     *
     * @param nowNanos monotonic time
     */
    public void close(long nowNanos) {
        int before = state == CLOSED ? CLOSED : STATE.getAndSet(this, CLOSED);
        if (before != CLOSED) {
            LeaseLeaks.Watch watched = watch;
            if (watched != null) {
                watched.end();
            }
            if (before == CONNECTED) {
                server().disconnecting();
            }
            Objects.requireNonNull(picker).release(server(), counted, nowNanos);
        }
    }

    /** Gives the slot back to nobody in particular: its connection never heard of it. */
    void abandon() {
        if (STATE.getAndSet(this, CLOSED) != CLOSED) {
            LeaseLeaks.Watch watched = watch;
            if (watched != null) {
                watched.end();
            }
            Objects.requireNonNull(picker).giveBack(server(), counted);
        }
    }

    /** Closes it at the last time that the backend has heard of. */
    @Override
    public void close() {
        if (state != CLOSED) {
            close(Objects.requireNonNull(picker).latestNanos());
        }
    }

    /** The server, and whether the lease still counts. */
    @Override
    public String toString() {
        Server picked = server;
        return picked == null
                ? "lease of nothing"
                : (state == CLOSED ? "closed lease of " : "lease of ") + picked;
    }
}

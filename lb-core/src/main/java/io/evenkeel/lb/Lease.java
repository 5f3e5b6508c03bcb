package io.evenkeel.lb;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A picked server and its slot. The server counts one connection more until {@link #close()}; close
 * it when the connection to the server has ended or could not be made. Any thread may close it.
 */
public final class Lease implements AutoCloseable {
    private static final AtomicIntegerFieldUpdater<Lease> CLOSED =
            AtomicIntegerFieldUpdater.newUpdater(Lease.class, "closed");

    private final Server server;
    private volatile int closed;

    Lease(Server server) {
        this.server = server;
    }

    /** The server that was picked. */
    public Server server() {
        return server;
    }

    /**
     * Tells how long the server took to answer, for {@link Balance#peakEwma}; nothing happens with another balance.
     *
     * @param latencyNanos such as from the connect to the first byte
     * @param nowNanos monotonic time
     */
    public void observeLatency(long latencyNanos, long nowNanos) {
        server.observeLatency(latencyNanos, nowNanos);
    }

    /** Gives the slot back. Calling it again does nothing. */
    @Override
    public void close() {
        if (CLOSED.compareAndSet(this, 0, 1)) {
            server.release();
        }
    }

    /** The server, and whether the lease still counts. */
    @Override
    public String toString() {
        return (closed == 0 ? "lease of " : "closed lease of ") + server;
    }
}

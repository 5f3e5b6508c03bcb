package io.evenkeel.lb;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A server at work: its health and how many connections it has. The counters belong to the server
 * and not to a {@link Pool}, so they outlive every change of the pool. Safe for use by any thread.
 */
public final class Server {
    private final ServerConfig config;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicLong picks = new AtomicLong();
    private volatile HealthState health;

    Server(ServerConfig config) {
        this.config = config;
        health = config.check() == null ? HealthState.UNCHECKED : HealthState.UNKNOWN;
    }

    /** What was configured. */
    public ServerConfig config() {
        return config;
    }

    /** Unique within the backend. */
    public String name() {
        return config.name();
    }

    /** What the checks say. */
    public HealthState health() {
        return health;
    }

    /** Connections now: leases that are not closed. */
    public int inFlight() {
        return inFlight.get();
    }

    /** How many times the server was picked so far. */
    public long totalPicks() {
        return picks.get();
    }

    /** Whether it works, as far as is known: enabled and up, or not checked at all. */
    public boolean isRunning() {
        HealthState now = health;
        return !config.disabled() && (now == HealthState.UP || now == HealthState.UNCHECKED);
    }

    /** Whether it may get connections: running, and of a weight above 0. */
    public boolean isUsable() {
        return config.weight() > 0 && isRunning();
    }

    boolean isAwaitingFirstCheck() {
        return config.weight() > 0 && !config.disabled() && health == HealthState.UNKNOWN;
    }

    void setHealth(HealthState value) {
        health = value;
    }

    /** Takes a slot if the server is usable and has one free; the limit is never passed. */
    boolean tryAcquire() {
        // An older pool may still be in use by this thread: what it lists may have gone down since.
        if (!isUsable()) {
            return false;
        }
        int most = config.maxConnections();
        if (most == 0) {
            inFlight.incrementAndGet();
        } else {
            int now;
            do {
                now = inFlight.get();
                if (now >= most) {
                    return false;
                }
            } while (!inFlight.compareAndSet(now, now + 1));
        }
        picks.incrementAndGet();
        return true;
    }

    void release() {
        inFlight.decrementAndGet();
    }

    /** {@code name (host:port)}. */
    @Override
    public String toString() {
        return config.toString();
    }
}

package io.evenkeel.lb;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many connections a backend has, those that wait included, where a limit asks for that; counting costs every thread a write to the
 * same place. Safe for any thread.
 */
final class BackendLoad {
    private final AtomicInteger leases = new AtomicInteger();
    private volatile int waiting;
    private volatile int most;
    private volatile int full;
    private volatile boolean counted;

    /** What there is to count, and why. */
    void configure(BackendConfig config) {
        most = config.maxConnections();
        full = config.fullConnections();
        counted = most > 0 || full > 0 || config.balance().countsConnections();
    }

    /** Those with a server, and those that a server is being chosen for. */
    int leases() {
        return leases.get();
    }

    boolean isCounted() {
        return counted;
    }

    /** Whether a connection more changes a server's limit. */
    boolean raisesLimits() {
        return full > 0;
    }

    /** Whether a lease that ends makes room on servers that are not its own. */
    boolean isLimited() {
        return most > 0;
    }

    /** Whether one more is within the limit, and counted. */
    boolean tryAdd() {
        int limit = most;
        if (limit == 0) {
            leases.incrementAndGet();
            return true;
        }
        int now;
        do {
            now = leases.get();
            if (now >= limit) {
                return false;
            }
        } while (!leases.compareAndSet(now, now + 1));
        return true;
    }

    void remove() {
        leases.decrementAndGet();
    }

    void setWaiting(int value) {
        waiting = value;
    }

    /** A server's limit with these connections: HAProxy's line from {@code minconn} to {@code maxconn} at {@code fullconn}. */
    int between(int minConnections, int maxConnections) {
        int atFull = full;
        long now = (long) leases.get() + waiting;
        return atFull == 0 || now >= atFull
                ? maxConnections
                : (int) Math.max(minConnections, now * maxConnections / atFull);
    }
}

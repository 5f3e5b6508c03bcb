package io.evenkeel.lb;

import org.jspecify.annotations.Nullable;

/** Chooses a server for a connection and takes its slot: by a sticky entry, by a hash, or as the balance likes. Safe for any thread. */
final class Picker {
    private final Backend backend;
    private final BackendLoad load;
    private final BackendObservers observers;
    private final @Nullable LeaseLeaks leaks;
    private final WaitingLine line;

    Picker(
            Backend backend,
            BackendLoad load,
            BackendObservers observers,
            @Nullable LeaseLeaks leaks) {
        this.backend = backend;
        this.load = load;
        this.observers = observers;
        this.leaks = leaks;
        line = new WaitingLine(backend, this, load);
    }

    BackendLoad load() {
        return load;
    }

    WaitingLine line() {
        return line;
    }

    /** For one that has just come. */
    boolean pick(PickRequest request, long nowNanos, Lease lease) {
        if (lease.isOpen()) {
            throw new IllegalStateException("A lease holds one slot; close it first: " + lease);
        }
        if (!isNext(request) || !open(lease, request, nowNanos, null)) {
            observers.refused(backend, backend.refusal());
            return false;
        }
        Server server = lease.server();
        try {
            observers.picked(backend, server);
        } catch (RuntimeException | Error e) {
            lease.abandon();
            serveAfter(e, server, nowNanos);
            throw e;
        }
        if (load.raisesLimits()) {
            line.serve(null, nowNanos);
        }
        return true;
    }

    /** Whoever waits may have found no slot while one was taken for a connection that failed. */
    private void serveAfter(Throwable failure, @Nullable Server server, long nowNanos) {
        try {
            afterRelease(server, nowNanos);
        } catch (RuntimeException | Error e) {
            if (e != failure) {
                failure.addSuppressed(e);
            }
        }
    }

    /** For one that waits; null if there is no slot for it. Under the line's lock, so nobody is told: {@link #tellPicked} is. */
    @Nullable Lease pick(QueuePlace place, long nowNanos) {
        Lease lease = new Lease();
        return open(lease, place.waiter(), nowNanos, place) ? lease : null;
    }

    void tellPicked(Lease lease) {
        observers.picked(backend, lease.server());
    }

    /** Whether nobody comes before one that has just come: those that wait for any server do, unless it wants a certain one. */
    boolean isNext(PickRequest request) {
        if (line.waitingForAny() == 0 || backend.pool().keepsAffinity()) {
            return true;
        }
        Server sticky = request.stickyServer();
        return sticky != null && sticky.acceptsSticky();
    }

    private boolean leavesForFullQueue(Server sticky) {
        return backend.config().redispatchInterval() != 0 && !sticky.hasRoomToWait();
    }

    boolean open(Lease lease, PickRequest request, long nowNanos, @Nullable QueuePlace place) {
        boolean counted = load.isCounted();
        if (counted && !load.tryAdd()) {
            return false;
        }
        Server server;
        try {
            server = acquire(request, nowNanos, place);
        } catch (RuntimeException | Error e) {
            // Of the application's balance.
            if (counted) {
                load.remove();
                if (place == null && load.isLimited()) {
                    serveAfter(e, null, nowNanos);
                }
            }
            throw e;
        }
        if (server == null) {
            if (counted) {
                load.remove();
                if (place == null && load.isLimited()) {
                    // Somebody may have been refused for the count that was one too high meanwhile.
                    line.serve(null, nowNanos);
                }
            }
            return false;
        }
        lease.open(this, server, counted, leaks == null ? null : leaks.watch(lease, server));
        return true;
    }

    private @Nullable Server acquire(
            PickRequest request, long nowNanos, @Nullable QueuePlace place) {
        Server bound = place == null ? null : place.server();
        if (bound != null) {
            return mayWaitFor(bound, request) && bound.tryAcquire(place) ? bound : null;
        }
        Server sticky = request.stickyServer();
        if (sticky != null && sticky.acceptsSticky()) {
            if (sticky.tryAcquire(place)) {
                return sticky;
            }
            // One in the line for any server was not let into its own server's: others behind it
            // would wait for that one too.
            if (place == null && !leavesForFullQueue(sticky)) {
                return null;
            }
        }
        while (true) {
            Pool now = backend.pool();
            Server server = acquire(now, request, nowNanos, place);
            if (server != null || now == backend.pool()) {
                return server;
            }
        }
    }

    private @Nullable Server acquire(
            Pool pool, PickRequest request, long nowNanos, @Nullable QueuePlace place) {
        if (!pool.keepsAffinity()) {
            return pool.acquire(request, nowNanos, place);
        }
        Server home = pool.home(request, nowNanos);
        if (home != null && home.tryAcquire(place)) {
            return home;
        }
        // Who waits for any server found all queues full: that its own has room again holds up
        // nobody.
        return place != null && pool.leavesFullQueue()
                ? pool.acquire(request, nowNanos, place)
                : null;
    }

    /** The only server that the request may wait for; null if any will do. */
    @Nullable Server serverToWaitFor(PickRequest request, long nowNanos) {
        Server sticky = request.stickyServer();
        if (sticky != null && sticky.acceptsSticky() && !leavesForFullQueue(sticky)) {
            return sticky;
        }
        Pool pool = backend.pool();
        return pool.keepsAffinity() ? pool.home(request, nowNanos) : null;
    }

    /** Whether one that waits for that server may go on so. */
    boolean mayWaitFor(Server server, PickRequest request) {
        return server == request.stickyServer()
                ? server.acceptsSticky()
                : server.isUsable() || backend.pool().isFailOpen() && server.isWanted();
    }

    /** Gives a slot back, to one that waits if there is one. */
    void release(Server server, boolean counted, long nowNanos) {
        giveBack(server, counted);
        afterRelease(server, nowNanos);
    }

    void giveBack(Server server, boolean counted) {
        server.release();
        if (counted) {
            load.remove();
        }
    }

    /** A connection is made: where few may be under way, the next may begin. */
    void connected(Server server, long nowNanos) {
        server.connected();
        if (server.pacesConnecting()) {
            afterRelease(server, nowNanos);
        }
    }

    /** To be called when a slot is free: of that server, or of any. */
    private void afterRelease(@Nullable Server server, long nowNanos) {
        if (line.length() > 0) {
            line.serve(load.isLimited() ? null : server, nowNanos);
        }
    }

    long latestNanos() {
        return backend.latestNanos();
    }
}

package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The connections that wait for a server of one backend: for any, or for the one that a hash or a sticky entry says. A free slot goes to
 * the first of those who may have it. One lock guards it all; waiters are answered without it.
 *
 * <p>Nobody sleeps while a slot is free: who joins looks for a slot after the join is visible, who frees a slot looks for waiters after
 * the slot is visible, so one of the two sees the other.
 */
final class WaitingLine {
    private final Backend backend;
    private final Picker picker;
    private final BackendLoad load;
    private final TreeSet<QueuePlace> forAny = new TreeSet<>(QueuePlace.ORDER);
    private final Map<Server, TreeSet<QueuePlace>> forOne = new HashMap<>();
    private long arrivals;
    private volatile int waitingForAny;
    private volatile int length;

    WaitingLine(Backend backend, Picker picker, BackendLoad load) {
        this.backend = backend;
        this.picker = picker;
        this.load = load;
    }

    /** How many wait for no server in particular; whoever comes new is behind them. */
    int waitingForAny() {
        return waitingForAny;
    }

    /** How many wait. */
    int length() {
        return length;
    }

    /** Takes a place, and serves whoever can be. */
    QueuePlace join(Waiter waiter, long nowNanos) {
        QueuePlace place = add(waiter, nowNanos);
        look(place, nowNanos);
        return place;
    }

    /** After the place is there: a slot may have become free, or the last server have gone, while it was taken. */
    void look(QueuePlace place, long nowNanos) {
        if (backend.refusal() == Refusal.NONE_USABLE) {
            rearrange(nowNanos);
        } else {
            serve(load.raisesLimits() ? null : place.server(), nowNanos);
        }
    }

    /** Takes a place, or is refused. */
    QueuePlace add(Waiter waiter, long nowNanos) {
        QueuePlace place;
        boolean full;
        synchronized (this) {
            place = new QueuePlace(this, waiter, nowNanos, arrivals++);
            Server server = picker.serverToWaitFor(waiter, nowNanos);
            int most = backend.config().maxQueue();
            full = server == null ? most > 0 && forAny.size() >= most : !server.hasRoomToWait();
            if (!full) {
                enter(place, server);
            }
        }
        if (full) {
            waiter.onRefused(Refusal.QUEUE_FULL);
        }
        return place;
    }

    synchronized boolean leave(QueuePlace place) {
        if (!place.isWaiting()) {
            return false;
        }
        remove(place);
        return true;
    }

    /** The first that waits for that server and no other. */
    @Nullable QueuePlace first(Server server) {
        TreeSet<QueuePlace> line = forOne.get(server);
        return line == null ? null : line.first();
    }

    /**
     * Gives free slots to those that wait.
     *
     * @param server where a slot may have become free, or null if that may be on any
     * @throws RuntimeException the first failure, as is an {@link Error}; it keeps nobody else from being served
     */
    void serve(@Nullable Server server, long nowNanos) {
        if (length > 0) {
            Failures failures = new Failures();
            serve(server, nowNanos, failures);
            failures.rethrow();
        }
    }

    private void serve(@Nullable Server server, long nowNanos, Failures failures) {
        Pass pass = new Pass(server);
        // One connection after the other, each under the lock on its own.
        boolean more = true;
        while (more) {
            try {
                more = pass.step(nowNanos);
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        }
    }

    /** Once along the line, from the first to the last who may find a slot. */
    final class Pass {
        private final @Nullable Server server;
        private final Set<Server> full = new HashSet<>();
        private boolean noneForAny;

        Pass(@Nullable Server server) {
            this.server = server;
        }

        /** Serves one, or finds one that cannot be; false if there is nobody left to look at. */
        boolean step(long nowNanos) {
            QueuePlace next;
            Lease lease = null;
            synchronized (WaitingLine.this) {
                next = next();
                if (next == null) {
                    return false;
                }
                try {
                    lease = picker.pick(next, nowNanos);
                } finally {
                    settle(next, lease != null);
                }
            }
            if (lease != null) {
                try {
                    picker.tellPicked(lease);
                } finally {
                    next.waiter().onServer(lease);
                }
            }
            return true;
        }

        private void settle(QueuePlace looked, boolean served) {
            Server bound = looked.server();
            if (served) {
                remove(looked);
            } else if (bound == null) {
                noneForAny = true;
            } else {
                full.add(bound);
            }
        }

        private @Nullable QueuePlace next() {
            QueuePlace next = noneForAny || forAny.isEmpty() ? null : forAny.first();
            if (server != null) {
                return earlier(next, server);
            }
            for (Server one : forOne.keySet()) {
                next = earlier(next, one);
            }
            return next;
        }

        private @Nullable QueuePlace earlier(@Nullable QueuePlace next, Server one) {
            QueuePlace first = full.contains(one) ? null : first(one);
            boolean wins =
                    first != null && (next == null || QueuePlace.ORDER.compare(first, next) <= 0);
            return wins ? first : next;
        }
    }

    /** Servers have come, gone or changed: who waited for one that is gone waits for another. */
    void rearrange(long nowNanos) {
        if (length == 0) {
            return;
        }
        List<Waiter> inVain = new ArrayList<>();
        synchronized (this) {
            TreeSet<QueuePlace> all = new TreeSet<>(forAny);
            forOne.values().forEach(all::addAll);
            for (QueuePlace place : all) {
                Server before = place.server();
                if (before != null && picker.mayWaitFor(before, place.waiter())) {
                    continue;
                }
                Server target = picker.serverToWaitFor(place.waiter(), nowNanos);
                if (target == null && backend.refusal() == Refusal.NONE_USABLE) {
                    remove(place);
                    inVain.add(place.waiter());
                } else if (target != before) {
                    remove(place);
                    enter(place, target);
                }
            }
        }
        Failures failures = new Failures();
        for (Waiter waiter : inVain) {
            try {
                waiter.onRefused(Refusal.NONE_USABLE);
            } catch (RuntimeException | Error e) {
                failures.add(e);
            }
        }
        serve(null, nowNanos, failures);
        failures.rethrow();
    }

    private void enter(QueuePlace place, @Nullable Server server) {
        place.setServer(server);
        place.setWaiting(true);
        if (server == null) {
            forAny.add(place);
        } else {
            forOne.computeIfAbsent(server, s -> new TreeSet<>(QueuePlace.ORDER)).add(place);
        }
        count(server, 1);
    }

    private void remove(QueuePlace place) {
        place.setWaiting(false);
        Server server = place.server();
        if (server == null) {
            forAny.remove(place);
        } else {
            TreeSet<QueuePlace> line = forOne.get(server);
            if (line != null && line.remove(place) && line.isEmpty()) {
                forOne.remove(server);
            }
        }
        count(server, -1);
    }

    private void count(@Nullable Server server, int change) {
        if (server != null) {
            server.setWaiting(server.waiting() + change);
        }
        waitingForAny = forAny.size();
        length += change;
        load.setWaiting(length);
    }
}

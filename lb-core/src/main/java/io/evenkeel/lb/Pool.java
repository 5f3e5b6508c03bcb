package io.evenkeel.lb;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which servers of a backend may be picked, at one moment: the usable active ones or, when there is
 * none, the usable backups. Immutable but for the turn of the round robin; a change of health makes
 * a new pool.
 */
public final class Pool {
    private final List<Server> usable;
    private final Server[] order;
    private final boolean backups;
    private final boolean awaitingFirstCheck;
    private final @Nullable SmoothWeightedRoundRobin turns;

    private Pool(
            List<Server> usable,
            boolean backups,
            boolean awaitingFirstCheck,
            @Nullable SmoothWeightedRoundRobin turns) {
        this.usable = usable;
        this.order = usable.toArray(new Server[0]);
        this.backups = backups;
        this.awaitingFirstCheck = awaitingFirstCheck;
        this.turns = turns;
    }

    /** The pool of the servers as they are now; round robin goes on where {@code previous} is. */
    static Pool of(List<Server> servers, @Nullable Pool previous) {
        boolean awaiting = servers.stream().anyMatch(Server::isAwaitingFirstCheck);
        List<Server> active =
                servers.stream().filter(s -> !s.config().backup() && s.isUsable()).toList();
        if (!active.isEmpty()) {
            return new Pool(active, false, awaiting, turns(active, previous));
        }
        List<Server> backups =
                servers.stream().filter(s -> s.config().backup() && s.isUsable()).toList();
        return new Pool(backups, !backups.isEmpty(), awaiting, null);
    }

    private static SmoothWeightedRoundRobin turns(List<Server> active, @Nullable Pool previous) {
        int[] weights = active.stream().mapToInt(s -> s.config().weight()).toArray();
        SmoothWeightedRoundRobin before = previous == null ? null : previous.turns;
        if (previous == null || before == null) {
            return SmoothWeightedRoundRobin.of(weights);
        }
        if (active.equals(previous.usable)) {
            return before;
        }
        int[] old = active.stream().mapToInt(previous.usable::indexOf).toArray();
        return before.resume(weights, old);
    }

    /** The servers that may be picked, in the order of the configuration. */
    public List<Server> usable() {
        return usable;
    }

    /** How many servers may be picked. */
    public int usableCount() {
        return order.length;
    }

    /** Whether the backups are in use. */
    public boolean onBackups() {
        return backups;
    }

    /** Whether a server may be picked that is not {@code server}. */
    public boolean hasOtherThan(Server server) {
        return order.length > 1 || order.length == 1 && order[0] != server;
    }

    /** Whether some server waits for its first check. */
    boolean awaitingFirstCheck() {
        return awaitingFirstCheck;
    }

    /**
     * Picks a server and takes a slot of it. A server that is full or avoided loses its turn.
     *
     * @param avoid taken only if no other has a slot, and then by their order here
     * @return null if no server has a slot
     */
    @Nullable Server acquire(List<Server> avoid) {
        SmoothWeightedRoundRobin robin = turns;
        if (robin != null) {
            for (int i = robin.turnsToTry(); i > 0; i--) {
                Server server = order[robin.next()];
                if (!avoid.contains(server) && server.tryAcquire()) {
                    return server;
                }
            }
        }
        // Backups go by their order. Others come here when all are full, or when the turns of a
        // free
        // one went to other threads.
        for (Server server : order) {
            if (!avoid.contains(server) && server.tryAcquire()) {
                return server;
            }
        }
        for (Server server : avoid) {
            if (usable.contains(server) && server.tryAcquire()) {
                return server;
            }
        }
        return null;
    }
}

package io.evenkeel.lb;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which servers of a backend may be picked, at one moment: the usable active ones or, when there is
 * none, the usable backups; all active ones if too few are well and {@link AllDown} says so. Immutable
 * but for whose turn it is; a change of a server makes a new pool.
 */
public final class Pool {
    private final List<Server> usable;
    private final Server[] order;
    private final int[] weights;
    private final boolean backups;
    private final boolean open;
    private final boolean awaitingFirstCheck;
    private final @Nullable Selector selector;
    private final Selector.Offer anyServer = this::take;

    private Pool(
            List<Server> usable,
            int[] weights,
            boolean backups,
            boolean open,
            boolean awaitingFirstCheck,
            @Nullable Selector selector) {
        this.usable = usable;
        this.order = usable.toArray(new Server[0]);
        this.weights = weights;
        this.backups = backups;
        this.open = open;
        this.awaitingFirstCheck = awaitingFirstCheck;
        this.selector = selector;
    }

    /** The pool of the servers as they are now; what has turns goes on where {@code previous} is. */
    static Pool of(BackendConfig config, List<Server> servers, @Nullable Pool previous) {
        boolean awaiting = servers.stream().anyMatch(Server::isAwaitingFirstCheck);
        List<Server> wanted = those(servers, false, Server::isWanted);
        List<Server> active = those(wanted, false, Server::isUsable);
        List<Server> backups = those(servers, true, Server::isUsable);
        boolean replaced = active.isEmpty() && !backups.isEmpty();
        boolean open =
                !awaiting && !replaced && config.allDown().isOpen(active.size(), wanted.size());
        List<Server> usable = replaced ? backups : open ? wanted : active;
        int[] weights = usable.stream().mapToInt(Server::weight).toArray();
        Selector selector;
        if (usable.isEmpty()) {
            selector = null;
        } else if (previous != null
                && usable.equals(previous.usable)
                && Arrays.equals(weights, previous.weights)) {
            selector = previous.selector;
        } else {
            Candidates candidates = candidates(config, servers, usable, weights, previous);
            selector =
                    replaced && !config.allBackups()
                            ? new FirstServer(candidates)
                            : config.balance().selector(candidates);
        }
        return new Pool(usable, weights, replaced, open, awaiting, selector);
    }

    private static List<Server> those(
            List<Server> servers, boolean backup, Predicate<Server> state) {
        return servers.stream()
                .filter(server -> server.config().backup() == backup && state.test(server))
                .toList();
    }

    private static Candidates candidates(
            BackendConfig config,
            List<Server> servers,
            List<Server> usable,
            int[] weights,
            @Nullable Pool previous) {
        int[] all = servers.stream().mapToInt(s -> s.config().weight()).toArray();
        int[] indexes =
                usable.stream()
                        .mapToInt(s -> previous == null ? -1 : previous.usable.indexOf(s))
                        .toArray();
        return new Candidates(
                usable,
                weights,
                WeightScale.of(all),
                Hash64.of(config.name(), 0),
                previous == null ? null : previous.selector,
                indexes);
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

    /** Whether servers are used whatever their checks say, because too few are well: see {@link AllDown}. */
    public boolean isFailOpen() {
        return open;
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
     * Picks a server and takes a slot of it.
     *
     * @param key of the connection, see {@link Selector#select}
     * @param avoid taken only if no other has a slot, and then by their order here
     * @return null if no server has a slot
     */
    @Nullable Server acquire(long key, long nowNanos, List<Server> avoid) {
        Selector preferred = selector;
        if (preferred == null) {
            return null;
        }
        int taken =
                preferred.select(
                        key,
                        nowNanos,
                        avoid.isEmpty()
                                ? anyServer
                                : index -> !avoid.contains(order[index]) && take(index));
        if (taken != Selector.NONE) {
            return order[taken];
        }
        for (Server server : avoid) {
            if (usable.contains(server) && server.tryAcquire(open)) {
                return server;
            }
        }
        return null;
    }

    private boolean take(int index) {
        return order[index].tryAcquire(open);
    }
}

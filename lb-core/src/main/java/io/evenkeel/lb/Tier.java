package io.evenkeel.lb;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Servers of one priority that may be picked, and the order in which they are preferred. Immutable but for whose turn it is. */
final class Tier {
    private final int priority;
    private final List<Server> servers;
    private final Server[] order;
    private final int[] weights;
    private final WeightScale scale;
    private final Balance balance;
    private final Selector selector;
    private final boolean open;
    private final Selector.Offer slot = this::takeAsNewcomer;
    private final Selector.Offer home = this::isHome;
    private final Selector.Offer homeToWaitFor = this::isHomeToWaitFor;

    /**
     * @param balance that made the selector
     * @param open whether they are used whatever their checks say
     */
    Tier(int priority, Candidates candidates, Balance balance, Selector selector, boolean open) {
        this.priority = priority;
        this.servers = candidates.servers();
        this.order = candidates.order();
        this.weights = candidates.weights();
        this.scale = candidates.scale();
        this.balance = balance;
        this.selector = selector;
        this.open = open;
    }

    int priority() {
        return priority;
    }

    List<Server> servers() {
        return servers;
    }

    Selector selector() {
        return selector;
    }

    /** Whether the selector is the one that would be made of these. */
    boolean isOf(Candidates candidates, Balance by) {
        return servers.equals(candidates.servers())
                && Arrays.equals(weights, candidates.weights())
                && scale.equals(candidates.scale())
                && balance.equals(by);
    }

    /**
     * Picks a server and takes a slot of it.
     *
     * @param place of one that waits, or null of one that has just come
     * @return null if no server has a slot
     */
    @Nullable Server acquire(PickRequest request, long nowNanos, @Nullable QueuePlace place) {
        List<Server> avoid = request.avoided();
        int taken =
                selector.select(
                        request.balanceKey(),
                        nowNanos,
                        avoid.isEmpty() && place == null
                                ? slot
                                : index -> !avoid.contains(order[index]) && take(index, place));
        if (taken != Selector.NONE) {
            return order[taken];
        }
        for (Server server : avoid) {
            int index = servers.indexOf(server);
            if (index >= 0 && take(index, place)) {
                return server;
            }
        }
        return null;
    }

    /**
     * The server that the request belongs on, full or not.
     *
     * @param roomToWait whether one at which too many wait already is left out
     * @return null if there is none
     */
    @Nullable Server home(PickRequest request, long nowNanos, boolean roomToWait) {
        List<Server> avoid = request.avoided();
        Selector.Offer any = roomToWait ? homeToWaitFor : home;
        int found =
                selector.select(
                        request.balanceKey(),
                        nowNanos,
                        avoid.isEmpty()
                                ? any
                                : index -> !avoid.contains(order[index]) && any.take(index));
        if (found != Selector.NONE) {
            return order[found];
        }
        for (Server server : avoid) {
            int index = servers.indexOf(server);
            if (index >= 0 && any.take(index)) {
                return server;
            }
        }
        return null;
    }

    private boolean isHome(int index) {
        // An older pool may still be in use by this thread: what it lists may have gone down since.
        return open ? order[index].isWanted() : order[index].isUsable();
    }

    private boolean isHomeToWaitFor(int index) {
        Server server = order[index];
        return isHome(index) && (server.hasRoom(server.inFlight()) || server.hasRoomToWait());
    }

    private boolean takeAsNewcomer(int index) {
        return take(index, null);
    }

    private boolean take(int index, @Nullable QueuePlace place) {
        return isHome(index) && order[index].tryAcquire(place);
    }
}

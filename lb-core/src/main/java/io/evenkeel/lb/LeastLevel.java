package io.evenkeel.lb;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Servers of one weight, and the fewest connections that one of them may have: not more than the fewest that one with room has, so that
 * the first who is found to have no more is the one to take. Servers lower it when a connection ends; who looks in vain raises
 * it. Any thread.
 */
final class LeastLevel {
    /** Nobody has room. */
    static final int NONE = Integer.MAX_VALUE;

    private final Server[] servers;
    private final int[] indexes;
    private final double share;
    private final AtomicInteger least = new AtomicInteger();
    // Where to look next, so that equal ones take turns; threads may overwrite each other's.
    private int next;

    /**
     * @param indexes of its servers among all
     */
    LeastLevel(Server[] all, int[] indexes, double share) {
        this.indexes = indexes;
        this.share = share;
        servers = new Server[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            servers[i] = all[indexes[i]];
            servers[i].setLevel(this);
        }
    }

    /** The load that its least loaded server would have with one more, or 0 if that is idle; infinite if none has room. */
    double load() {
        int connections = least.get();
        return connections == 0
                ? 0
                : connections == NONE ? Double.POSITIVE_INFINITY : (connections + 1) * share;
    }

    /** The index of a server with the fewest connections, or -1 if there was none with so few: the level is another now. */
    int find() {
        int level = least.get();
        int count = servers.length;
        int at = next;
        for (int i = 0; i < count; i++) {
            at = at < count ? at : 0;
            int connections = servers[at].inFlight();
            if (connections <= level && servers[at].hasRoom(connections)) {
                next = at + 1;
                return indexes[at];
            }
            at++;
        }
        if (least.compareAndSet(level, fewest())) {
            // One that ended while we counted has seen the lower level and left it; we see it now.
            lower(fewest());
        }
        return -1;
    }

    private int fewest() {
        int fewest = NONE;
        for (Server server : servers) {
            int connections = server.inFlight();
            if (connections < fewest && server.hasRoom(connections)) {
                fewest = connections;
            }
        }
        return fewest;
    }

    /** A server has so many connections now, and room. */
    void lower(int connections) {
        int level = least.get();
        while (connections < level && !least.compareAndSet(level, connections)) {
            level = least.get();
        }
    }
}

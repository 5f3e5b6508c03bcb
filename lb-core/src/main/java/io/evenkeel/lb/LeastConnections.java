package io.evenkeel.lb;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The server with the fewest connections for its weight, as HAProxy's {@code leastconn} counts them: an idle one first whatever its
 * weight, else the least of {@code (connections + 1) / weight}, the state after the choice. Equal ones take turns.
 */
final class LeastConnections implements Selector {
    /** So many of the best refuse before the rest is offered in turn: a scan never becomes a square. */
    private static final int SCANS = 8;

    private final Server[] servers;
    private final double[] shares;
    private final LeastLevel[] levels;
    private final BackendLoad load;
    // Which of equal levels comes first; threads may overwrite each other's.
    private int turn;
    // Where to begin among all, likewise.
    private int next;

    LeastConnections(Candidates candidates) {
        servers = candidates.order();
        load = candidates.load();
        shares = candidates.shares();
        Map<Integer, IntStream.Builder> byWeight = new TreeMap<>();
        for (int i = 0; i < servers.length; i++) {
            byWeight.computeIfAbsent(candidates.weight(i), w -> IntStream.builder()).add(i);
        }
        levels =
                byWeight.entrySet().stream()
                        .map(
                                level ->
                                        new LeastLevel(
                                                servers,
                                                level.getValue().build().toArray(),
                                                1.0 / level.getKey()))
                        .toArray(LeastLevel[]::new);
    }

    @Override
    public int select(long key, long nowNanos, Offer offer) {
        if (load.raisesLimits()) {
            // Whoever is full may have room again though no connection of his has ended: no level
            // hears of that.
            int taken = amongAll(next < servers.length ? next : 0, offer);
            next = taken + 1;
            return taken;
        }
        for (int i = levels.length + SCANS; i > 0; i--) {
            LeastLevel best = best();
            if (best == null) {
                break;
            }
            int found = best.find();
            if (found >= 0) {
                return offer.take(found) ? found : amongAll(found, offer);
            }
        }
        return amongAll(0, offer);
    }

    private @Nullable LeastLevel best() {
        int count = levels.length;
        int at = count == 1 ? 0 : turn;
        double least = Double.POSITIVE_INFINITY;
        LeastLevel best = null;
        for (int i = 0; i < count; i++) {
            at = at < count ? at : 0;
            double load = levels[at].load();
            if (load < least) {
                least = load;
                best = levels[at];
                turn = at + 1;
            }
            at++;
        }
        return best;
    }

    /** The best one is full, gone or to be avoided: the next best, and at last any. */
    private int amongAll(int start, Offer offer) {
        int count = servers.length;
        double refused = -1;
        int refusedAt = 0;
        for (int scan = 0; scan < SCANS; scan++) {
            double least = Double.POSITIVE_INFINITY;
            int best = NONE;
            int bestAt = 0;
            int index = start;
            for (int at = 0; at < count; at++) {
                int connections = servers[index].inFlight();
                double load = connections == 0 ? 0 : (connections + 1) * shares[index];
                boolean untried = load > refused || load == refused && at > refusedAt;
                if (load < least && untried && servers[index].hasRoom(connections)) {
                    least = load;
                    best = index;
                    bestAt = at;
                }
                index = index + 1 == count ? 0 : index + 1;
            }
            if (best == NONE) {
                break;
            }
            if (offer.take(best)) {
                return best;
            }
            refused = least;
            refusedAt = bestAt;
        }
        return offer.takeFrom(start, count);
    }
}

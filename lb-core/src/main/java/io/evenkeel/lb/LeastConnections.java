package io.evenkeel.lb;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server with the fewest connections for its weight, as HAProxy's {@code leastconn} counts them: an idle one first whatever its
 * weight, else the least of {@code (connections + 1) / weight}, the state after the choice. Equal ones take turns.
 */
final class LeastConnections implements Selector {
    /** So many of the best refuse before the rest is offered in turn: a scan never becomes a square. */
    private static final int SCANS = 8;

    private final Server[] servers;
    private final double[] shares;
    private final AtomicInteger turn;

    LeastConnections(Candidates candidates) {
        servers = candidates.order();
        shares = candidates.shares();
        turn =
                candidates.previous() instanceof LeastConnections before
                        ? before.turn
                        : new AtomicInteger();
    }

    @Override
    public int select(long key, long nowNanos, Offer offer) {
        int count = servers.length;
        int start = Integer.remainderUnsigned(turn.getAndIncrement(), count);
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

package io.evenkeel.lb;

/**
 * Of two servers drawn by chance the one that promises the shorter wait: its latency, as a peak that fades, times the connections it
 * would have, for its weight (Finagle's peak EWMA). A server that has become slow is left after one answer, and tried again when its
 * peak has faded.
 */
final class PeakEwma implements Selector {
    /** In nanoseconds, more than any latency: a server that nobody has measured yet gets one connection, and then has to answer. */
    private static final double UNKNOWN_AND_BUSY = 1e15;

    private final Server[] servers;
    private final double[] shares;
    private final Draws chance;

    PeakEwma(Candidates candidates) {
        servers = candidates.order();
        shares = candidates.shares();
        Selector before = candidates.previous();
        chance = new Draws(candidates, before instanceof PeakEwma same ? same.chance : null);
    }

    @Override
    public int select(long key, long nowNanos, Offer offer) {
        long number = chance.first(key);
        int best = chance.one(number);
        if (servers.length > 1) {
            number = Chance.after(number);
            int other = chance.another(best, number);
            if (cost(other, nowNanos) < cost(best, nowNanos)) {
                int first = best;
                best = other;
                other = first;
            }
            if (offer.take(best)) {
                return best;
            }
            if (offer.take(other)) {
                return other;
            }
        }
        return offer.takeFrom(chance.anywhere(Chance.after(number)), servers.length);
    }

    private double cost(int index, long nowNanos) {
        Server server = servers[index];
        int connections = server.inFlight();
        double latency = server.latencyNanos(nowNanos);
        if (latency == 0 && connections > 0) {
            latency = UNKNOWN_AND_BUSY;
        }
        return latency * (connections + 1) * shares[index];
    }
}

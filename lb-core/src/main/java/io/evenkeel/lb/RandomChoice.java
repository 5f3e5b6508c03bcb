package io.evenkeel.lb;

/**
 * Servers drawn by chance, as often as their weights say; of several draws the one with the fewest connections for its weight, which
 * is nearly as even as asking all (Mitzenmacher 2001, "The Power of Two Choices"). HAProxy's {@code random(draws)}.
 */
final class RandomChoice implements Selector {
    private final Server[] servers;
    private final int[] weights;
    private final Draws chance;
    private final int draws;

    RandomChoice(Candidates candidates, int draws) {
        servers = candidates.order();
        weights = candidates.weights();
        this.draws = Math.min(draws, servers.length);
        Selector before = candidates.previous();
        chance = new Draws(candidates, before instanceof RandomChoice same ? same.chance : null);
    }

    @Override
    public int select(long key, long nowNanos, Offer offer) {
        long number = chance.first(key);
        int best = chance.one(number);
        int second = best;
        long least = draws == 1 ? 0 : servers[best].inFlight();
        for (int draw = 1; draw < draws; draw++) {
            number = Chance.after(number);
            int other = chance.another(best, number);
            long load = servers[other].inFlight();
            // Below 0 if the other has fewer for its weight. Which has cannot be foretold, so a
            // branch would be taken wrongly every other time; all bits of the sign choose instead.
            long sign = load * weights[best] - least * weights[other] >> 63;
            int swap = (best ^ other) & (int) sign;
            best ^= swap;
            second = other ^ swap;
            least ^= (least ^ load) & sign;
        }
        if (offer.take(best)) {
            return best;
        }
        if (second != best && offer.take(second)) {
            return second;
        }
        return offer.takeFrom(chance.anywhere(Chance.after(number)), servers.length);
    }
}

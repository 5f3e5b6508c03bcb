package io.evenkeel.lb;

/**
 * Servers drawn by chance, as often as their weights say; of several draws the one with the fewest connections for its weight, which
 * is nearly as even as asking all (Mitzenmacher 2001, "The Power of Two Choices"). HAProxy's {@code random(draws)}.
 */
final class RandomChoice implements Selector {
    private final Server[] servers;
    private final double[] shares;
    private final Draws chance;
    private final int draws;

    RandomChoice(Candidates candidates, int draws) {
        servers = candidates.order();
        shares = candidates.shares();
        this.draws = Math.min(draws, servers.length);
        Selector before = candidates.previous();
        chance = new Draws(candidates, before instanceof RandomChoice same ? same.chance : null);
    }

    @Override
    public int select(long key, long nowNanos, Offer offer) {
        long number = chance.first(key);
        int best = chance.one(number);
        int second = best;
        double least = draws == 1 ? 0 : load(best);
        for (int draw = 1; draw < draws; draw++) {
            number = Chance.after(number);
            int other = chance.another(best, number);
            double load = load(other);
            if (load < least) {
                second = best;
                best = other;
                least = load;
            } else {
                second = other;
            }
        }
        if (offer.take(best)) {
            return best;
        }
        if (second != best && offer.take(second)) {
            return second;
        }
        return offer.takeFrom(chance.anywhere(Chance.after(number)), servers.length);
    }

    private double load(int index) {
        return servers[index].inFlight() * shares[index];
    }
}

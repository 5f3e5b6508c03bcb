package io.evenkeel.lb;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A fixed order in which each server occurs as often as its weight says, as HAProxy's {@code static-rr} makes it: weights 3, 2, 1 give
 * AABABC.
 */
final class StaticOrder {
    /** Longer ones are scaled down; a weight then counts to within a part in a thousand. */
    private static final int LONGEST = 65_536;

    private StaticOrder() {}

    /** The index of a server for each turn. */
    static int[] of(int[] weights) {
        int[] reduced = reduced(weights);
        int total = 0;
        for (int weight : reduced) {
            total += weight;
        }
        int[] order = new int[total];
        if (total == weights.length) {
            for (int i = 0; i < total; i++) {
                order[i] = i;
            }
            return order;
        }
        // Every server's score grows by its weight in each turn; who has reached more whole rounds
        // is
        // taken, the first of several, and pays a round.
        int[] scores = new int[weights.length];
        for (int turn = 0; turn < total; turn++) {
            int best = -1;
            int most = 0;
            for (int i = 0; i < scores.length; i++) {
                scores[i] += reduced[i];
                int rounds = Math.floorDiv(scores[i] + total, total);
                if (best < 0 || rounds > most) {
                    best = i;
                    most = rounds;
                }
            }
            order[turn] = best;
            scores[best] -= total;
        }
        return order;
    }

    private static int[] reduced(int[] weights) {
        int divisor = WeightScale.of(weights).divisor();
        long total = 0;
        for (int weight : weights) {
            total += weight / divisor;
        }
        int[] reduced = new int[weights.length];
        for (int i = 0; i < weights.length; i++) {
            long weight = weights[i] / divisor;
            reduced[i] = (int) (total <= LONGEST ? weight : Math.max(1, weight * LONGEST / total));
        }
        return reduced;
    }

    /** Takes the servers in that order, one after the other. */
    static final class RoundRobin implements Selector {
        private final int[] order;
        private final int count;
        private final AtomicInteger turn;

        RoundRobin(Candidates candidates) {
            order = of(candidates.weights());
            count = candidates.size();
            turn =
                    candidates.previous() instanceof RoundRobin before
                            ? before.turn
                            : new AtomicInteger();
        }

        @Override
        public int select(long key, long nowNanos, Offer offer) {
            int first = NONE;
            for (int tries = Math.min(2 * count, order.length); tries > 0; tries--) {
                int index = order[Integer.remainderUnsigned(turn.getAndIncrement(), order.length)];
                if (offer.take(index)) {
                    return index;
                }
                first = index;
            }
            return offer.takeFrom(first, count);
        }
    }
}

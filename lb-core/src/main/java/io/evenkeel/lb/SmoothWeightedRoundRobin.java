package io.evenkeel.lb;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The order of NGINX's smooth weighted round robin: in each turn every server's credit grows by its
 * weight, the one with most credit (the first of several) is taken and pays the sum of all weights.
 * Weights 3, 2, 1 give ABACBA. After {@code sum / gcd} turns all credits are zero again, so a short
 * cycle is computed once and a turn is one atomic increment.
 */
abstract sealed class SmoothWeightedRoundRobin implements Selector {
    /** Longest cycle that is computed ahead; a longer one costs a scan of the servers per turn. */
    static final int LONGEST_CYCLE = 4096;

    /** An order that goes on where the previous one is, if that was of the same kind. */
    static SmoothWeightedRoundRobin over(Candidates candidates) {
        return candidates.previous() instanceof SmoothWeightedRoundRobin before
                ? before.resume(candidates.weights(), candidates.previousIndexes())
                : of(candidates.weights());
    }

    /**
     * An order that starts with the first turn.
     *
     * @param weights at least one, all above 0
     */
    static SmoothWeightedRoundRobin of(int[] weights) {
        return build(weights, null, new int[0]);
    }

    /**
     * An order of other servers or weights that goes on where this one is: each server that stays
     * keeps the turns it is owed, or nearly.
     *
     * @param weights at least one, all above 0
     * @param previous for each of them its index in this order, or -1 for one that is new
     */
    SmoothWeightedRoundRobin resume(int[] weights, int[] previous) {
        return build(weights, this, previous);
    }

    private static SmoothWeightedRoundRobin build(
            int[] weights, @Nullable SmoothWeightedRoundRobin before, int[] previous) {
        int divisor = 0;
        for (int weight : weights) {
            divisor = WeightScale.gcd(divisor, weight);
        }
        int[] reduced = new int[weights.length];
        long sum = 0;
        for (int i = 0; i < weights.length; i++) {
            reduced[i] = weights[i] / divisor;
            sum += reduced[i];
        }
        double[] owed = before == null ? new double[weights.length] : before.owed(previous);
        return sum <= LONGEST_CYCLE
                ? new Cycle(cycle(reduced, (int) sum), reduced, owed)
                : new Credits(reduced, sum, owed);
    }

    /** What the servers that stay are owed; one that is new is owed what they are on average. */
    private double[] owed(int[] previous) {
        double[] before = owedTurns();
        double[] owed = new double[previous.length];
        double total = 0;
        int staying = 0;
        for (int index : previous) {
            if (index >= 0) {
                total += before[index];
                staying++;
            }
        }
        // Without this, what those that left had taken would pile up and keep a new one waiting.
        for (int i = 0; i < owed.length; i++) {
            owed[i] = previous[i] < 0 ? 0 : before[previous[i]] - total / staying;
        }
        return owed;
    }

    private static int[] cycle(int[] weights, int length) {
        int[] cycle = new int[length];
        if (length == weights.length) {
            // All weights are equal; a thousand servers need no million steps for that.
            Arrays.setAll(cycle, i -> i);
            return cycle;
        }
        long[] credits = new long[weights.length];
        Arrays.setAll(cycle, i -> turn(credits, weights, length));
        return cycle;
    }

    private static int turn(long[] credits, int[] weights, long sum) {
        int best = 0;
        for (int i = 0; i < weights.length; i++) {
            credits[i] += weights[i];
            if (credits[i] > credits[best]) {
                best = i;
            }
        }
        credits[best] -= sum;
        return best;
    }

    /** A server that is full or avoided loses its turn. */
    @Override
    public final int select(long key, long nowNanos, Offer offer) {
        for (int i = turnsToTry(); i > 0; i--) {
            int server = next();
            if (offer.take(server)) {
                return server;
            }
        }
        // All are full, or the turns of a free one went to other threads.
        return offer.takeFrom(0, size());
    }

    /** How many servers there are. */
    abstract int size();

    /** Takes a turn: the index of the server. Any thread, at any time. */
    abstract int next();

    /** For each server the turns it should have had so far less those it had. */
    abstract double[] owedTurns();

    /** So many turns in a row, taken by one thread alone, show every server, or most. */
    abstract int turnsToTry();

    private static final class Cycle extends SmoothWeightedRoundRobin {
        private final int[] cycle;
        private final AtomicLong cursor;
        // What no position of the cycle could express; it counts at the next change, so that a
        // server
        // which comes and goes with every turn cannot pull the cursor back for ever.
        private final double[] rest;

        Cycle(int[] cycle, int[] weights, double[] owed) {
            this.cycle = cycle;
            int position = nearest(cycle, weights, owed);
            cursor = new AtomicLong(position);
            double[] there = owedAt(position, weights.length);
            rest = new double[weights.length];
            Arrays.setAll(rest, i -> owed[i] - there[i]);
        }

        /**
         * The position at which the turns owed are nearest to {@code owed}, by the sum of squares. A
         * step adds its share to what each server is owed and takes one turn from the server whose
         * turn it is, so that the sum follows from the one before.
         */
        private static int nearest(int[] cycle, int[] weights, double[] owed) {
            double[] difference = new double[weights.length];
            double squares = 0;
            double shareTimesDifference = 0;
            double shareSquares = 0;
            for (int i = 0; i < weights.length; i++) {
                double share = (double) weights[i] / cycle.length;
                difference[i] = -owed[i];
                squares += owed[i] * owed[i];
                shareTimesDifference -= share * owed[i];
                shareSquares += share * share;
            }
            int best = 0;
            double least = squares;
            for (int position = 1; position < cycle.length; position++) {
                int taken = cycle[position - 1];
                double share = (double) weights[taken] / cycle.length;
                double now = difference[taken] + position * share;
                squares += 2 * shareTimesDifference + shareSquares - 2 * now + 1;
                shareTimesDifference += shareSquares - share;
                difference[taken] -= 1;
                if (squares < least - 1e-9) {
                    least = squares;
                    best = position;
                }
            }
            return best;
        }

        @Override
        int next() {
            return cycle[(int) (cursor.getAndIncrement() % cycle.length)];
        }

        @Override
        double[] owedTurns() {
            double[] owed = owedAt((int) (cursor.get() % cycle.length), rest.length);
            Arrays.setAll(owed, i -> owed[i] + rest[i]);
            return owed;
        }

        private double[] owedAt(int position, int servers) {
            double[] owed = new double[servers];
            for (int i = 0; i < cycle.length; i++) {
                owed[cycle[i]] += (double) position / cycle.length - (i < position ? 1 : 0);
            }
            return owed;
        }

        @Override
        int size() {
            return rest.length;
        }

        @Override
        int turnsToTry() {
            return cycle.length;
        }
    }

    private static final class Credits extends SmoothWeightedRoundRobin {
        private final int[] weights;
        private final long sum;
        private final long[] credits;

        Credits(int[] weights, long sum, double[] owed) {
            this.weights = weights;
            this.sum = sum;
            credits = Arrays.stream(owed).mapToLong(turns -> Math.round(turns * sum)).toArray();
        }

        @Override
        synchronized int next() {
            return turn(credits, weights, sum);
        }

        @Override
        synchronized double[] owedTurns() {
            return Arrays.stream(credits).mapToDouble(credit -> (double) credit / sum).toArray();
        }

        @Override
        int size() {
            return weights.length;
        }

        @Override
        int turnsToTry() {
            return 2 * weights.length;
        }
    }
}

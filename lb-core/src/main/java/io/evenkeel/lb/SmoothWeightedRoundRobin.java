package io.evenkeel.lb;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntPredicate;

/**
 * The order of NGINX's smooth weighted round robin: in each turn every server's credit grows by its
 * weight, the one with most credit (the first of several) is taken and pays the sum of all weights.
 * Weights 3, 2, 1 give ABACBA. After {@code sum / gcd} turns all credits are zero again, so a short
 * cycle is computed once and a turn is one atomic increment.
 */
abstract sealed class SmoothWeightedRoundRobin {
    /** Longest cycle that is computed ahead; a longer one costs a scan of the servers per turn. */
    static final int LONGEST_CYCLE = 4096;

    /**
     * An order that starts with the first turn.
     *
     * @param weights at least one, all above 0
     */
    static SmoothWeightedRoundRobin of(int[] weights) {
        return resume(weights, -1, 0);
    }

    /**
     * An order that goes on where another one was.
     *
     * @param first the index that is next, or -1 to start from the beginning
     * @param phase how much of its cycle the other one had done, from 0 to 1
     */
    static SmoothWeightedRoundRobin resume(int[] weights, int first, double phase) {
        int divisor = 0;
        for (int weight : weights) {
            divisor = gcd(divisor, weight);
        }
        int[] reduced = new int[weights.length];
        long length = 0;
        for (int i = 0; i < weights.length; i++) {
            reduced[i] = weights[i] / divisor;
            length += reduced[i];
        }
        return length <= LONGEST_CYCLE
                ? new Cycle(cycle(reduced, (int) length), first, phase)
                : new Credits(reduced, length, first);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static int[] cycle(int[] weights, int length) {
        int[] cycle = new int[length];
        if (length == weights.length) {
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

    /** Takes a turn: the index of the server. Any thread, at any time. */
    abstract int next();

    /** The index that comes next among those allowed, or -1; takes no turn. */
    abstract int peek(IntPredicate allowed);

    /** How much of the cycle is done, from 0 to 1. */
    abstract double phase();

    /** So many turns in a row, taken by one thread alone, show every server, or most. */
    abstract int turnsToTry();

    private static final class Cycle extends SmoothWeightedRoundRobin {
        private final int[] cycle;
        private final AtomicLong cursor;

        Cycle(int[] cycle, int first, double phase) {
            this.cycle = cycle;
            cursor = new AtomicLong(first < 0 ? 0 : position(first, phase));
        }

        /** The first turn of {@code first} at or after the phase. */
        private int position(int first, double phase) {
            int from = (int) Math.rint(phase * cycle.length);
            for (int i = 0; i < cycle.length; i++) {
                int position = (from + i) % cycle.length;
                if (cycle[position] == first) {
                    return position;
                }
            }
            return 0;
        }

        @Override
        int next() {
            return cycle[(int) (cursor.getAndIncrement() % cycle.length)];
        }

        @Override
        int peek(IntPredicate allowed) {
            long from = cursor.get();
            for (int i = 0; i < cycle.length; i++) {
                int index = cycle[(int) ((from + i) % cycle.length)];
                if (allowed.test(index)) {
                    return index;
                }
            }
            return -1;
        }

        @Override
        double phase() {
            return (double) (cursor.get() % cycle.length) / cycle.length;
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

        Credits(int[] weights, long sum, int first) {
            this.weights = weights;
            this.sum = sum;
            credits = new long[weights.length];
            if (first >= 0) {
                // One turn's pay in advance: it is taken first and has then what all others have.
                credits[first] = sum;
            }
        }

        @Override
        synchronized int next() {
            return turn(credits, weights, sum);
        }

        @Override
        synchronized int peek(IntPredicate allowed) {
            int best = -1;
            for (int i = 0; i < weights.length; i++) {
                boolean better =
                        best < 0 || credits[i] + weights[i] > credits[best] + weights[best];
                if (better && allowed.test(i)) {
                    best = i;
                }
            }
            return best;
        }

        @Override
        double phase() {
            return 0;
        }

        @Override
        int turnsToTry() {
            return 2 * weights.length;
        }
    }
}

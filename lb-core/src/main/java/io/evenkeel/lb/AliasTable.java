package io.evenkeel.lb;

import java.util.ArrayDeque;
import java.util.Deque;

/** Draws an index as often as its weight says, in constant time (Walker 1977, in the form of Vose 1991). */
final class AliasTable {
    private final int[] alias;

    /** How likely a column keeps its own index, of 2^32. */
    private final long[] own;

    /**
     * @param weights at least one, all above 0
     */
    AliasTable(int[] weights) {
        int size = weights.length;
        alias = new int[size];
        own = new long[size];
        long sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        double[] columns = new double[size];
        Deque<Integer> small = new ArrayDeque<>();
        Deque<Integer> large = new ArrayDeque<>();
        for (int i = 0; i < size; i++) {
            columns[i] = (double) weights[i] * size / sum;
            (columns[i] < 1 ? small : large).add(i);
        }
        while (!small.isEmpty() && !large.isEmpty()) {
            int less = small.remove();
            int more = large.remove();
            set(less, more, columns[less]);
            columns[more] -= 1 - columns[less];
            (columns[more] < 1 ? small : large).add(more);
        }
        // What is left is 1 but for rounding.
        large.forEach(i -> set(i, i, 1));
        small.forEach(i -> set(i, i, 1));
    }

    private void set(int column, int other, double share) {
        alias[column] = other;
        own[column] = (long) (share * (1L << 32));
    }

    /** The index for a random number of 64 bits. */
    int draw(long random) {
        int column = Hash64.range(random, alias.length);
        return (random & 0xffff_ffffL) < own[column] ? column : alias[column];
    }
}

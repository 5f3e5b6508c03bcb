package io.evenkeel.lb;

import java.util.ArrayDeque;
import java.util.Deque;

/** Draws an index as often as its weight says, in constant time (Walker 1977, in the form of Vose 1991). */
final class AliasTable {
    private static final long OWN_MASK = 0xffff_ffffL;

    /** Of each column the other index that it may give, above how likely it gives its own, of 2^32: together, to be read at once. */
    private final long[] columns;

    /**
     * @param weights at least one, all above 0
     */
    AliasTable(int[] weights) {
        int size = weights.length;
        columns = new long[size];
        long sum = 0;
        for (int weight : weights) {
            sum += weight;
        }
        double[] shares = new double[size];
        Deque<Integer> small = new ArrayDeque<>();
        Deque<Integer> large = new ArrayDeque<>();
        for (int i = 0; i < size; i++) {
            shares[i] = (double) weights[i] * size / sum;
            (shares[i] < 1 ? small : large).add(i);
        }
        while (!small.isEmpty() && !large.isEmpty()) {
            int less = small.remove();
            int more = large.remove();
            set(less, more, shares[less]);
            shares[more] -= 1 - shares[less];
            (shares[more] < 1 ? small : large).add(more);
        }
        // What is left is 1 but for rounding.
        large.forEach(i -> set(i, i, 1));
        small.forEach(i -> set(i, i, 1));
    }

    private void set(int column, int other, double share) {
        long own = Math.min((long) (share * (1L << 32)), OWN_MASK);
        columns[column] = (long) other << 32 | own;
    }

    /** The index for a random number of 64 bits. */
    int draw(long random) {
        int index = Hash64.range(random, columns.length);
        long column = columns[index];
        int other = (int) (column >>> 32);
        // Which of the two cannot be foretold, so a branch would be taken wrongly too often.
        int keeps = (int) ((random & OWN_MASK) - (column & OWN_MASK) >> 63);
        return other ^ (other ^ index) & keeps;
    }
}

package io.evenkeel.lb;

import java.util.Arrays;

/**
 * A table of a prime size that servers fill in turns, each with the next free place of a permutation of its own (Eisenbud and others,
 * NSDI 2016, section 3.4): even to a few places, found in one step, and a server that goes moves few keys but its own. Weights as in
 * Katran: a server claims a place in as many rounds as its weight is of the greatest one.
 */
final class Maglev implements Selector {
    /** For up to some hundred servers; a change moves a few keys that need not have moved. */
    static final int SMALL = 65_537;

    /** For more, or to move fewer. */
    static final int LARGE = 655_373;

    private static final int FREE = -1;

    private final int[] table;
    private final int count;
    private final long seed;

    /**
     * @param size a prime above the number of servers
     */
    Maglev(Candidates candidates, int size) {
        count = candidates.size();
        seed = candidates.seed();
        table = new int[size];
        fill(candidates);
    }

    private void fill(Candidates candidates) {
        int size = table.length;
        int[] byName = candidates.byName();
        int[] places = new int[count];
        int[] skips = new int[count];
        int[] rounds = new int[count];
        int greatest = 0;
        for (int i = 0; i < count; i++) {
            String name = candidates.server(byName[i]).name();
            places[i] = (int) Long.remainderUnsigned(Hash64.of(name, seed), size);
            skips[i] = 1 + (int) Long.remainderUnsigned(Hash64.of(name, ~seed), size - 1);
            greatest = Math.max(greatest, candidates.weight(i));
        }
        Arrays.fill(table, FREE);
        int left = size;
        while (left > 0) {
            for (int i = 0; i < count && left > 0; i++) {
                int server = byName[i];
                rounds[i] += candidates.weight(server);
                if (rounds[i] < greatest) {
                    continue;
                }
                rounds[i] -= greatest;
                int place = places[i];
                while (table[place] != FREE) {
                    place = next(place, skips[i], size);
                }
                table[place] = server;
                places[i] = next(place, skips[i], size);
                left--;
            }
        }
    }

    private static int next(int place, int skip, int size) {
        int sum = place + skip;
        return sum >= size ? sum - size : sum;
    }

    /** For each place, the index of its server; not to be changed. */
    int[] table() {
        return table;
    }

    @Override
    public int select(long key, long nowNanos, Offer offer) {
        return Probes.take(table, Hash64.of(key, seed), count, offer);
    }
}

package io.evenkeel.lb;

/**
 * The place of the key in a table of all servers by their weights, HAProxy's {@code hash-type map-based}: perfectly even, and when the
 * servers change most keys move.
 */
final class HashMapped implements Selector {
    private final int[] table;
    private final int count;
    private final long seed;

    HashMapped(Candidates candidates) {
        count = candidates.size();
        seed = candidates.seed();
        int[] byName = candidates.byName();
        int[] weights = new int[count];
        for (int i = 0; i < count; i++) {
            weights[i] = candidates.weight(byName[i]);
        }
        table = StaticOrder.of(weights);
        for (int i = 0; i < table.length; i++) {
            table[i] = byName[table[i]];
        }
    }

    @Override
    public int select(long key, long nowNanos, Offer offer) {
        long hash = Hash64.of(key, seed);
        return Probes.take(table, hash, count, offer);
    }
}

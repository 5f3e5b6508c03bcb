package io.evenkeel.lb;

/** Where a key goes in a table of servers when its home refuses: to other places of its own, so that its neighbours do not share them. */
final class Probes {
    private static final int PROBES = 16;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private Probes() {}

    /** Offers the server of the hash, then others, then all. */
    static int take(int[] table, long hash, int count, Selector.Offer offer) {
        int home = table[Hash64.range(hash, table.length)];
        if (offer.take(home)) {
            return home;
        }
        long place = hash;
        int last = home;
        for (int i = 0; i < PROBES; i++) {
            place = Hash64.of(place, STEP);
            int other = table[Hash64.range(place, table.length)];
            if (other != last && offer.take(other)) {
                return other;
            }
            last = other;
        }
        return offer.takeFrom(home, count);
    }
}

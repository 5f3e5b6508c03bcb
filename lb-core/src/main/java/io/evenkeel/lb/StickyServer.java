package io.evenkeel.lb;

/**
 * One server for all, until it is no longer usable; then the first that is, which stays, also when the other returns: for databases
 * with one writer. A connection that it has no slot for goes to the next one without moving the rest.
 */
final class StickyServer implements Selector {
    private final int count;
    private final int home;

    StickyServer(Candidates candidates) {
        count = candidates.size();
        int stays = 0;
        if (candidates.previous() instanceof StickyServer before) {
            for (int i = 0; i < count; i++) {
                if (candidates.previousIndex(i) == before.home) {
                    stays = i;
                }
            }
        }
        home = stays;
    }

    @Override
    public int select(long key, long nowNanos, Offer offer) {
        return offer.takeFrom(home, count);
    }
}

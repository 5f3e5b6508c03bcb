package io.evenkeel.lb;

/** The first server that has a free slot: few servers are used, each up to its {@code maxconn} (HAProxy's {@code first}). */
final class FirstServer implements Selector {
    private final int count;

    FirstServer(Candidates candidates) {
        count = candidates.size();
    }

    @Override
    public int select(long key, long nowNanos, Offer offer) {
        return offer.takeFrom(0, count);
    }
}

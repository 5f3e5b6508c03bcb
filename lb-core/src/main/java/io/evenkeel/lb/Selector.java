package io.evenkeel.lb;

/**
 * An order of preference over the servers of one pool, for one connection at a time. Made by a {@link Balance} for each pool; used by
 * any thread, at any time, without a lock where the algorithm allows it. A selection allocates nothing.
 */
public interface Selector {
    /** No server was taken. */
    int NONE = -1;

    /**
     * Offers servers until one is taken, the preferred one first. A server may be offered again; before {@link #NONE} is
     * returned, every one has been.
     *
     * @param key what the connection is, as a hash; if the balance asks for none, a random number or 0
     * @param nowNanos monotonic time; of no meaning unless the balance measures latencies
     * @return the index of the server that was taken, among the {@link Candidates}, or {@link #NONE}
     */
    int select(long key, long nowNanos, Offer offer);

    /** Takes a server, or refuses it. */
    interface Offer {
        /**
         * Whether a connection was counted on the server; it refuses if it is full, no longer usable, or to be avoided.
         *
         * @param index among the {@link Candidates}
         */
        boolean take(int index);

        /** Offers all servers once, in their order from the one of that index on. */
        default int takeFrom(int index, int count) {
            for (int i = index; i < count; i++) {
                if (take(i)) {
                    return i;
                }
            }
            for (int i = 0; i < index; i++) {
                if (take(i)) {
                    return i;
                }
            }
            return NONE;
        }
    }
}

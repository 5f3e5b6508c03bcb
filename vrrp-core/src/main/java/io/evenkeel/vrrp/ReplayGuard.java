package io.evenkeel.vrrp;

/**
 * Remembers the last sequence number of each sender, so that a packet counts once. Of a fixed size:
 * only senders that have the key get a place, and more than a few at a time are a rare sight.
 */
final class ReplayGuard {

    static final long NO_WINDOW = Long.MAX_VALUE;

    private static final int CAPACITY = 16;

    private final long windowSeconds;
    private final long[] high = new long[CAPACITY];
    private final long[] low = new long[CAPACITY];
    private final long[] sequences = new long[CAPACITY];
    private final long[] lastUsed = new long[CAPACITY];
    private long uses;

    /**
     * @param windowSeconds a sender whose number is further from the clock than this starts anew, as
     *     after a step of its clock; what is older is dropped by the window itself
     */
    ReplayGuard(long windowSeconds) {
        this.windowSeconds = windowSeconds;
    }

    /** Whether the number is higher than the sender's last one, which it then is. */
    boolean isFresh(long sourceHigh, long sourceLow, long sequence, long wallNanos) {
        int place = place(sourceHigh, sourceLow);
        boolean known = lastUsed[place] != 0;
        boolean expired =
                known && SequenceClock.secondsApart(sequences[place], wallNanos) > windowSeconds;
        boolean fresh = !known || expired || SequenceClock.isAfter(sequence, sequences[place]);
        lastUsed[place] = ++uses;
        if (fresh) {
            sequences[place] = sequence;
        }
        return fresh;
    }

    /** The sender's place, or the one that was not used for longest, taken from whoever had it. */
    private int place(long sourceHigh, long sourceLow) {
        int oldest = 0;
        for (int i = 0; i < CAPACITY; i++) {
            if (lastUsed[i] != 0 && low[i] == sourceLow && high[i] == sourceHigh) {
                return i;
            }
            if (lastUsed[i] < lastUsed[oldest]) {
                oldest = i;
            }
        }
        high[oldest] = sourceHigh;
        low[oldest] = sourceLow;
        lastUsed[oldest] = 0;
        return oldest;
    }
}

package io.evenkeel.vrrp;

/**
 * What was already told about each source, so that it is told once. Of a fixed size: whoever floods the
 * LAN with made-up sources fills it and gains silence, not memory.
 */
final class PeerNotes {

    private static final int CAPACITY = 64;

    private final long[] high = new long[CAPACITY];
    private final long[] low = new long[CAPACITY];
    private final int[] rejections = new int[CAPACITY];
    private final int[] differences = new int[CAPACITY];
    private int size;

    /** Whether this rejection of that source is still to be told; from now on it is not. */
    boolean isNewRejection(long sourceHigh, long sourceLow, PacketRejection rejection) {
        return isNew(rejections, sourceHigh, sourceLow, 1 << rejection.ordinal());
    }

    /** Whether this difference of that source is still to be told; from now on it is not. */
    boolean isNewDifference(long sourceHigh, long sourceLow, int bit) {
        return isNew(differences, sourceHigh, sourceLow, bit);
    }

    void clearDifference(long sourceHigh, long sourceLow, int bit) {
        int index = find(sourceHigh, sourceLow);
        if (index >= 0) {
            differences[index] &= ~bit;
        }
    }

    /** Lets every rejection be told again. */
    void forgetRejections() {
        for (int i = 0; i < size; i++) {
            rejections[i] = 0;
        }
    }

    private boolean isNew(int[] notes, long sourceHigh, long sourceLow, int bit) {
        int index = find(sourceHigh, sourceLow);
        if (index < 0) {
            if (size == CAPACITY) {
                return false;
            }
            index = size++;
            high[index] = sourceHigh;
            low[index] = sourceLow;
            rejections[index] = 0;
            differences[index] = 0;
        }
        boolean isNew = (notes[index] & bit) == 0;
        notes[index] |= bit;
        return isNew;
    }

    private int find(long sourceHigh, long sourceLow) {
        for (int i = 0; i < size; i++) {
            if (low[i] == sourceLow && high[i] == sourceHigh) {
                return i;
            }
        }
        return -1;
    }
}

package io.evenkeel.vrrp;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each source of packets. Of a fixed size: whoever floods the LAN with made-up sources
 * fills it and gains silence, not memory.
 */
final class PeerTable {

    static final int CAPACITY = 64;
    static final int NONE = -1;

    private final boolean ipv4;
    private final long[] high = new long[CAPACITY];
    private final long[] low = new long[CAPACITY];
    private final int[] toldRejections = new int[CAPACITY];
    private final int[] toldDifferences = new int[CAPACITY];
    private final long[] accepted = new long[CAPACITY];
    private final long[] rejected = new long[CAPACITY];
    private final long[] lastAcceptedNanos = new long[CAPACITY];
    private final long[] lastRejectedNanos = new long[CAPACITY];
    private final int[] lastPriority = new int[CAPACITY];
    private final @Nullable PacketRejection[] lastRejection = new PacketRejection[CAPACITY];
    private final ChecksumForm[] forms = new ChecksumForm[CAPACITY];
    private int size;

    PeerTable(boolean ipv4) {
        this.ipv4 = ipv4;
    }

    /** The row of a source, a new one if there is room, else {@link #NONE}. */
    int row(long sourceHigh, long sourceLow) {
        int row = find(sourceHigh, sourceLow);
        if (row == NONE && size < CAPACITY) {
            row = size++;
            high[row] = sourceHigh;
            low[row] = sourceLow;
            forms[row] = ChecksumForm.PSEUDO_HEADER;
        }
        return row;
    }

    int find(long sourceHigh, long sourceLow) {
        for (int i = 0; i < size; i++) {
            if (low[i] == sourceLow && high[i] == sourceHigh) {
                return i;
            }
        }
        return NONE;
    }

    void accepted(int row, Advertisement advertisement, long arrivalNanos) {
        accepted[row]++;
        lastAcceptedNanos[row] = arrivalNanos;
        lastPriority[row] = advertisement.priority();
        forms[row] = advertisement.checksumForm();
    }

    void rejected(int row, PacketRejection rejection, long arrivalNanos) {
        rejected[row]++;
        lastRejectedNanos[row] = arrivalNanos;
        lastRejection[row] = rejection;
    }

    ChecksumForm form(int row) {
        return forms[row];
    }

    /** Why this source's packets have been dropped since the last that was taken, or null. */
    @Nullable PacketRejection rejectionSinceAccepted(int row) {
        boolean since = rejected[row] > 0 && lastRejectedNanos[row] > lastAcceptedNanos[row];
        return since ? lastRejection[row] : null;
    }

    /** Whether this rejection of that source is still to be told; from now on it is not. */
    boolean isNewRejection(int row, PacketRejection rejection) {
        return isNew(toldRejections, row, 1 << rejection.ordinal());
    }

    /** Whether this difference of that source is still to be told; from now on it is not. */
    boolean isNewDifference(int row, int bit) {
        return isNew(toldDifferences, row, bit);
    }

    void clearDifference(int row, int bit) {
        toldDifferences[row] &= ~bit;
    }

    /** Lets every rejection be told again. */
    void forgetRejections() {
        for (int i = 0; i < size; i++) {
            toldRejections[i] = 0;
        }
    }

    /** Lets everything be told again. */
    void forgetAll() {
        forgetRejections();
        for (int i = 0; i < size; i++) {
            toldDifferences[i] = 0;
        }
    }

    List<PeerSnapshot> snapshot() {
        List<PeerSnapshot> peers = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            IpAddress address =
                    ipv4 ? IpAddress.ofIpv4((int) low[i]) : IpAddress.ofIpv6(high[i], low[i]);
            PacketRejection rejection = lastRejection[i];
            peers.add(
                    new PeerSnapshot(
                            address,
                            accepted[i],
                            accepted[i] == 0 ? 0 : lastAcceptedNanos[i],
                            lastPriority[i],
                            forms[i],
                            rejected[i],
                            rejection));
        }
        return List.copyOf(peers);
    }

    private static boolean isNew(int[] notes, int row, int bit) {
        boolean isNew = (notes[row] & bit) == 0;
        notes[row] |= bit;
        return isNew;
    }
}

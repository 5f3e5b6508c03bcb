package io.evenkeel.lb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An entry of a {@link StickStore}, linked into its bucket and, unless in use, into the order of use. Under the table's lock. */
final class StickEntry {
    byte[] key = new byte[0];
    int keyLength;
    long hash;

    @Nullable StickEntry nextInBucket;
    @Nullable StickEntry older;
    @Nullable StickEntry newer;

    /** Connections that use it; while there are any it is not in the order of use. */
    int uses;

    long usedNanos;

    @Nullable String server;
    @Nullable StickVersion serverVersion;
    @Nullable StickVersion countsVersion;

    /** When the server was told to other nodes. */
    long toldNanos;

    /** To which {@link StickVersions#audience} it was said that the counts have changed; 0: they were read since. */
    int saidTo;

    final long[] data;

    StickEntry(int dataLength) {
        data = new long[dataLength];
    }

    boolean hasKey(byte[] bytes, int length, long itsHash) {
        return hash == itsHash && Arrays.equals(key, 0, keyLength, bytes, 0, length);
    }

    void setKey(byte[] bytes, int length, long itsHash) {
        // Of an entry that is used again its array too, unless that is much too long.
        if (key.length < length || key.length > 2 * length) {
            key = new byte[length];
        }
        System.arraycopy(bytes, 0, key, 0, length);
        keyLength = length;
        hash = itsHash;
    }

    /** A copy that is in no table. */
    StickEntry detached() {
        StickEntry copy = new StickEntry(data.length);
        copy.setKey(key, keyLength, hash);
        copy.usedNanos = usedNanos;
        copy.server = server;
        copy.serverVersion = serverVersion;
        copy.countsVersion = countsVersion;
        copy.toldNanos = toldNanos;
        System.arraycopy(data, 0, copy.data, 0, data.length);
        return copy;
    }

    void clear() {
        server = null;
        serverVersion = null;
        countsVersion = null;
        saidTo = 0;
        Arrays.fill(data, 0);
    }
}

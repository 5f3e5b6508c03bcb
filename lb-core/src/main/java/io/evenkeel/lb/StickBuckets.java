package io.evenkeel.lb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Entries by hash, in chains. It grows by one bucket at a time (Litwin, "Linear Hashing", 1980), so that no insertion waits for all
 * entries to be moved. A bucket is divided into itself and a later one, so whoever goes through them in order misses no entry. Under
 * the table's lock.
 */
final class StickBuckets {
    private static final int SEGMENT = 1024;
    private static final int MOST = 1 << 30;

    private @Nullable StickEntry[][] segments = new StickEntry[1][SEGMENT];

    /** Buckets when the present round of divisions began: a power of two. */
    private int base = SEGMENT;

    private int count = SEGMENT;
    private int size;

    int size() {
        return size;
    }

    int count() {
        return count;
    }

    @Nullable StickEntry first(int bucket) {
        return segments[bucket / SEGMENT][bucket % SEGMENT];
    }

    private void setFirst(int bucket, @Nullable StickEntry entry) {
        segments[bucket / SEGMENT][bucket % SEGMENT] = entry;
    }

    private int bucket(long hash) {
        int wide = (int) hash & 2 * base - 1;
        return wide < count ? wide : wide & base - 1;
    }

    @Nullable StickEntry find(byte[] key, int length, long hash) {
        StickEntry entry = first(bucket(hash));
        while (entry != null && !entry.hasKey(key, length, hash)) {
            entry = entry.nextInBucket;
        }
        return entry;
    }

    void add(StickEntry entry) {
        if (size >= count && count < MOST) {
            divide();
        }
        push(entry, bucket(entry.hash));
        size++;
    }

    private void push(StickEntry entry, int bucket) {
        entry.nextInBucket = first(bucket);
        setFirst(bucket, entry);
    }

    private void divide() {
        int from = count - base;
        if (count % SEGMENT == 0) {
            int index = count / SEGMENT;
            if (index == segments.length) {
                segments = Arrays.copyOf(segments, 2 * index);
            }
            segments[index] = new StickEntry[SEGMENT];
        }
        count++;
        StickEntry entry = first(from);
        setFirst(from, null);
        while (entry != null) {
            StickEntry next = entry.nextInBucket;
            push(entry, bucket(entry.hash));
            entry = next;
        }
        if (count == 2 * base) {
            base = count;
        }
    }

    /** The entry must be there. */
    void remove(StickEntry entry) {
        int bucket = bucket(entry.hash);
        StickEntry before = null;
        StickEntry at = first(bucket);
        while (at != null && at != entry) {
            before = at;
            at = at.nextInBucket;
        }
        if (before == null) {
            setFirst(bucket, entry.nextInBucket);
        } else {
            before.nextInBucket = entry.nextInBucket;
        }
        entry.nextInBucket = null;
        size--;
    }
}

package io.evenkeel.lb;

import java.util.function.Consumer;

/** Looks at all entries of a table, some at a time, so that nobody waits long for the lock. */
final class StickScan {
    private static final int BUCKETS_AT_ONCE = 256;

    private StickScan() {}

    /**
     * Sees every entry that is there all the time, perhaps twice.
     *
     * @param look under the table's lock
     * @param afterSome without it
     */
    static void of(StickTable table, Consumer<StickEntry> look, Runnable afterSome) {
        int bucket = 0;
        boolean more = true;
        while (more) {
            synchronized (table.lock()) {
                StickBuckets buckets = table.store().buckets();
                int end = Math.min(bucket + BUCKETS_AT_ONCE, buckets.count());
                for (; bucket < end; bucket++) {
                    for (StickEntry entry = buckets.first(bucket);
                            entry != null;
                            entry = entry.nextInBucket) {
                        look.accept(entry);
                    }
                }
                more = bucket < buckets.count();
            }
            afterSome.run();
        }
    }
}

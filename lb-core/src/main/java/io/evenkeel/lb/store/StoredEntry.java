package io.evenkeel.lb.store;

import org.jspecify.annotations.Nullable;

/**
 * An entry as it was found in a store.
 *
 * @param key its whole name there
 * @param server field {@code s}, or null if there is none
 * @param counts field {@code c}, or null if there is none
 * @param removal field {@code r}, or null if there is none
 * @param remainingMillis until the store forgets the server and the counts or, if there is neither, the removal; negative: never
 */
public record StoredEntry(
        byte[] key,
        @Nullable String server,
        @Nullable String counts,
        @Nullable String removal,
        long remainingMillis) {}

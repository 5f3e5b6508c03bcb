package io.evenkeel.lb;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one node tells the others about a key of a {@link StickTable}. Immutable, and whole: it holds the value, not a difference, so
 * it may be lost, doubled or overtaken.
 *
 * @param kind which part of the entry it is about
 * @param key that it is about
 * @param version of the value
 * @param server what the entry calls it, of {@link Kind#SERVER}; else null
 * @param counts of {@link Kind#COUNTS}, those that the table stores and {@link StickDataType#isReplicated()}; else empty
 * @param ageNanos since the entry was last used on the node that tells
 */
public record StickUpdate(
        Kind kind,
        StickKey key,
        StickVersion version,
        @Nullable String server,
        Map<StickDataType, Long> counts,
        long ageNanos) {
    /** The parts of an entry, each of which has a version of its own. */
    public enum Kind {
        /** The key's server. */
        SERVER,
        /** The key's counts and mark. */
        COUNTS,
        /** The key was removed with all that was older. */
        REMOVAL
    }

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if there is a server and the kind is another, or none, or the age is negative
     */
    public StickUpdate {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(version, "version");
        counts = Map.copyOf(counts);
        if ((kind == Kind.SERVER) != (server != null)) {
            throw new IllegalArgumentException("An update of a server has a server, no other has");
        }
        if (ageNanos < 0) {
            throw new IllegalArgumentException("An age is not negative: " + ageNanos);
        }
    }
}

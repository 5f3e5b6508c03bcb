package io.evenkeel.lb;

import java.util.Objects;

/**
 * What to do after a connect has failed.
 *
 * @param kind where to go
 * @param delayNanos how long to wait first; 0: at once
 */
public record NextAttempt(Kind kind, long delayNanos) {
    /** Where to go after a failed connect. */
    public enum Kind {
        /** The same server again; its lease is kept. */
        RETRY_SAME,
        /** Close the lease and pick again, avoiding the server that failed. */
        REDISPATCH,
        /** No retry is left: close the lease and the client's connection. */
        GIVE_UP
    }

    /** The kind is required, the delay is not negative. */
    public NextAttempt {
        Objects.requireNonNull(kind, "kind");
        if (delayNanos < 0) {
            throw new IllegalArgumentException("A delay is not negative: " + delayNanos);
        }
    }
}

package io.evenkeel.lb;

import java.util.Objects;

/**
 * What connections say about a server between its checks ({@code observe layer4}): so many failed connects in a row are a sign. It
 * counts while the server is up.
 *
 * @param errorLimit how many in a row, 1 or more ({@code error-limit})
 * @param action what then happens ({@code on-error})
 */
public record Observation(int errorLimit, Action action) {
    /** HAProxy's {@code error-limit}. */
    public static final int DEFAULT_ERROR_LIMIT = 10;

    /** What happens when the limit is reached; after each of them the next check follows soon ({@code fastinter}). */
    public enum Action {
        /** Nothing else. */
        FASTINTER("fastinter"),
        /** It counts as a failed check; the default. */
        FAIL_CHECK("fail-check"),
        /** It counts as failed checks, until one more takes the server down. */
        SUDDEN_DEATH("sudden-death"),
        /** The server is down. */
        MARK_DOWN("mark-down");

        private final String keyword;

        Action(String keyword) {
            this.keyword = keyword;
        }

        /** The word after {@code on-error}. */
        public String keyword() {
            return keyword;
        }
    }

    /** The action is required, the limit is above 0. */
    public Observation {
        Objects.requireNonNull(action, "action");
        if (errorLimit < 1) {
            throw new IllegalArgumentException(
                    "The limit of errors in a row is above 0, not " + errorLimit);
        }
    }
}

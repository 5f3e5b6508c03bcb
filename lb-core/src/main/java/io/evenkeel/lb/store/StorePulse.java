package io.evenkeel.lb.store;

import org.jspecify.annotations.Nullable;

/**
 * Whether the store answers, and whether what is published arrives: by a hello every two seconds, and by the answers to all else. For one
 * connection.
 */
final class StorePulse {
    static final long HELLO_NANOS = 2_000_000_000L;

    private final long timeoutNanos;

    /** Requests without an answer; connecting is the first. */
    private int unanswered = 1;

    /** When the last answer came, or if there was none to wait for, when the first request was made. */
    private long answeredNanos;

    private long nextHelloNanos;

    /** Whether a hello of this node has not been heard by itself, and when it was published. */
    private boolean unheard;

    private long unheardNanos;

    StorePulse(long timeoutNanos, long nowNanos) {
        this.timeoutNanos = timeoutNanos;
        answeredNanos = nowNanos;
        nextHelloNanos = nowNanos;
    }

    void asked(long nowNanos) {
        if (unanswered++ == 0) {
            answeredNanos = nowNanos;
        }
    }

    void answered(long nowNanos) {
        unanswered--;
        answeredNanos = nowNanos;
    }

    /** Whether to publish a hello now; then that is done. */
    boolean takeHello(long nowNanos) {
        if (nowNanos - nextHelloNanos < 0) {
            return false;
        }
        nextHelloNanos = nowNanos + HELLO_NANOS;
        if (!unheard) {
            unheard = true;
            unheardNanos = nowNanos;
        }
        return true;
    }

    void heardHello() {
        unheard = false;
    }

    /** Why the store is to be given up, a part of a sentence; null: it is not. */
    @Nullable String failure(long nowNanos) {
        if (unanswered > 0 && nowNanos - answeredNanos >= timeoutNanos) {
            return "it has not answered for " + timeoutNanos / 1_000_000 + " ms";
        }
        return unheard && nowNanos - unheardNanos >= timeoutNanos
                ? "what is published there has not arrived for " + timeoutNanos / 1_000_000 + " ms"
                : null;
    }

    /** When there is a hello to publish or, if nothing else happens before, the store to be given up. */
    long deadlineNanos(boolean connected, long nowNanos) {
        long wait = connected ? nextHelloNanos - nowNanos : timeoutNanos;
        if (unanswered > 0) {
            wait = Math.min(wait, answeredNanos + timeoutNanos - nowNanos);
        }
        if (unheard) {
            wait = Math.min(wait, unheardNanos + timeoutNanos - nowNanos);
        }
        return nowNanos + wait;
    }
}

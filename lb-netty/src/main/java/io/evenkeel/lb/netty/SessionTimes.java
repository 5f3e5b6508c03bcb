package io.evenkeel.lb.netty;

/** When a session passed its stations. */
final class SessionTimes {
    private final long acceptedNanos = System.nanoTime();
    private long queuedNanos;
    private long queueNanos;
    private boolean connecting;
    private long connectStartNanos;
    private long attemptStartNanos;
    private long attemptNanos;
    private long connectNanos = -1;

    void queued() {
        queuedNanos = System.nanoTime();
    }

    void dequeued() {
        queueNanos += System.nanoTime() - queuedNanos;
    }

    /** An attempt begins; of several, the first counts for {@link #connectNanos}. */
    void connecting() {
        attemptStartNanos = System.nanoTime();
        if (!connecting) {
            connecting = true;
            connectStartNanos = attemptStartNanos;
        }
    }

    void connected() {
        long now = System.nanoTime();
        connectNanos = now - connectStartNanos;
        attemptNanos = now - attemptStartNanos;
    }

    /** How long the attempt took that succeeded. */
    long attemptNanos() {
        return attemptNanos;
    }

    /** Time spent waiting for a usable server. */
    long queueNanos() {
        return queueNanos;
    }

    /** From the first attempt to the connection, or -1 if there was none. */
    long connectNanos() {
        return connectNanos;
    }

    /** Since the connection was accepted. */
    long totalNanos() {
        return System.nanoTime() - acceptedNanos;
    }
}

package io.evenkeel.lb.netty;

/** When a session passed its stations. */
final class SessionTimes {
    private final long acceptedNanos = System.nanoTime();
    private long queuedNanos;
    private long queueNanos;
    private boolean connecting;
    private long connectStartNanos;
    private long connectNanos = -1;

    void queued() {
        queuedNanos = System.nanoTime();
    }

    void dequeued() {
        queueNanos += System.nanoTime() - queuedNanos;
    }

    /** The first call counts. */
    void connecting() {
        if (!connecting) {
            connecting = true;
            connectStartNanos = System.nanoTime();
        }
    }

    void connected() {
        connectNanos = System.nanoTime() - connectStartNanos;
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

package io.evenkeel.benchmarks.soak;

/**
 * What a client saw of its connection.
 *
 * @param end how it ended
 * @param received bytes of payload that came and were right
 * @param local the client's address as the proxy's log writes it; empty if it was never connected
 * @param startNanos when it began
 * @param endNanos when it ended
 * @param message what went wrong, or empty
 */
record Result(
        End end, long received, String local, long startNanos, long endNanos, String message) {
    /** How a connection ended, as its client sees it. */
    enum End {
        /** Everything that the client wanted. */
        COMPLETE,
        /** The client left, as it meant to. */
        LEFT,
        /** The other side finished too early, or ended a client that waited for that. */
        FINISHED,
        /** Reset by the other side. */
        RESET,
        /** No connection came about. */
        REFUSED,
        /** Neither a byte nor an end for long. */
        STUCK,
        /** No TLS came about, or it broke. */
        UNTRUSTED,
        /** Datagrams did not come back. */
        LOST,
        /** The same, but the kernel says that a buffer was full. */
        OVERFLOWED,
        /** A byte is wrong. */
        WRONG
    }
}

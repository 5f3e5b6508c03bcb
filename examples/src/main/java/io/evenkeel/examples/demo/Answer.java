package io.evenkeel.examples.demo;

import org.jspecify.annotations.Nullable;

/**
 * What became of one request of the client.
 *
 * @param startedNanos when the client began to connect, {@link System#nanoTime()}
 * @param endedNanos when the answer was complete or the request had failed
 * @param server the server that answered by name, or null if the request failed
 * @param node the node through which that server was reached, or null if the request failed
 * @param failure why it failed, or null if it was answered
 */
record Answer(
        long startedNanos,
        long endedNanos,
        @Nullable String server,
        @Nullable String node,
        @Nullable String failure) {

    static Answer of(long startedNanos, long endedNanos, String server, String node) {
        return new Answer(startedNanos, endedNanos, server, node, null);
    }

    static Answer failed(long startedNanos, long endedNanos, String failure) {
        return new Answer(startedNanos, endedNanos, null, null, failure);
    }

    boolean isFailure() {
        return failure != null;
    }
}

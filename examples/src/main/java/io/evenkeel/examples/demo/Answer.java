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

    /** One line of words, for the client that runs in a process of its own. */
    String toLine() {
        return isFailure()
                ? "failed " + startedNanos + " " + endedNanos + " " + failure
                : "answer " + startedNanos + " " + endedNanos + " " + server + " " + node;
    }

    /** The reverse of {@link #toLine()}; null if the line is something else. */
    static @Nullable Answer parse(String line) {
        String[] words = line.split(" ", 4);
        if (words.length < 4) {
            return null;
        }
        if (words[0].equals("failed")) {
            return failed(Long.parseLong(words[1]), Long.parseLong(words[2]), words[3]);
        }
        String[] names = words[3].split(" ");
        return words[0].equals("answer") && names.length == 2
                ? of(Long.parseLong(words[1]), Long.parseLong(words[2]), names[0], names[1])
                : null;
    }
}

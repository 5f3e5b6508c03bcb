package io.evenkeel.examples.demo;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the client saw in one stretch of time.
 *
 * @param answers requests that were answered
 * @param failures requests that were not
 * @param byServer answers per server
 * @param byNode answers per node
 * @param byFailure failures per reason
 * @param longestGapNanos the longest time between two successive answers; counts from the last
 *     answer before the stretch and to its end, so that a gap that is still open is seen
 * @param longestStallNanos the longest that the machine kept the client itself from running
 */
record Window(
        int answers,
        int failures,
        Map<String, Integer> byServer,
        Map<String, Integer> byNode,
        Map<String, Integer> byFailure,
        long longestGapNanos,
        long longestStallNanos) {

    int from(String server) {
        return byServer.getOrDefault(server, 0);
    }

    int through(String node) {
        return byNode.getOrDefault(node, 0);
    }

    /**
     * How far the gap may exceed what the protocol says: what the protocol cannot know, and twice what
     * the machine was seen to stall, once for the client and once for the node.
     */
    long allowanceNanos() {
        return Timing.ALLOWANCE + 2 * longestStallNanos;
    }

    /** Collects answers in the order in which they ended. */
    static final class Builder {
        private final Map<String, Integer> byServer = new TreeMap<>();
        private final Map<String, Integer> byNode = new TreeMap<>();
        private final Map<String, Integer> byFailure = new TreeMap<>();
        private int answers;
        private int failures;
        private long longestGapNanos;
        private long lastNanos;

        /** {@code lastNanos}: the last answer before the stretch, or its start. */
        Builder(long lastNanos) {
            this.lastNanos = lastNanos;
        }

        void add(Answer answer) {
            if (answer.server() == null || answer.node() == null) {
                failures++;
                byFailure.merge(String.valueOf(answer.failure()), 1, Integer::sum);
                return;
            }
            answers++;
            byServer.merge(answer.server(), 1, Integer::sum);
            byNode.merge(answer.node(), 1, Integer::sum);
            gapTo(answer.endedNanos());
        }

        Window build(long toNanos, long longestStallNanos) {
            gapTo(toNanos);
            return new Window(
                    answers,
                    failures,
                    Map.copyOf(byServer),
                    Map.copyOf(byNode),
                    Map.copyOf(byFailure),
                    longestGapNanos,
                    longestStallNanos);
        }

        private void gapTo(long nanos) {
            longestGapNanos = Math.max(longestGapNanos, nanos - lastNanos);
            lastNanos = nanos;
        }
    }
}

package io.evenkeel.benchmarks.failover;

import java.util.List;

/** What the client noticed. */
final class ClientView {
    private ClientView() {}

    /**
     * The longest time for which somebody who asks waits for an answer: from a request to the first answer that comes after it.
     * Whatever holds up the client between two requests does not count, nor do the requests that no answer
     * followed any more.
     *
     * @param packets in the order in which they came
     */
    static long longestWaitNanos(List<Packet> packets) {
        long longest = 0;
        long answered = Long.MAX_VALUE;
        for (int i = packets.size() - 1; i >= 0; i--) {
            Packet packet = packets.get(i);
            if (packet.kind() == Packet.Kind.ECHO_REPLY) {
                answered = packet.epochNanos();
            } else if (packet.kind() == Packet.Kind.ECHO_REQUEST && answered != Long.MAX_VALUE) {
                longest = Math.max(longest, answered - packet.epochNanos());
            }
        }
        return longest;
    }
}

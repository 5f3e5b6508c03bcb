package io.evenkeel.benchmarks.failover;

import java.util.List;

/** What the client noticed. */
final class ClientView {
    private ClientView() {}

    /**
     * The longest time without an answer: between the answers before and after one or more requests that nobody answered. It is
     * exact to the time between two requests. Where every request was answered it is 0, however late this machine sent them.
     *
     * @param packets in the order in which they came
     */
    static long longestGapNanos(List<Packet> packets) {
        Packet previous = null;
        long longest = 0;
        for (Packet packet : packets) {
            if (packet.kind() != Packet.Kind.ECHO_REPLY) {
                continue;
            }
            if (previous != null && packet.number() > previous.number() + 1) {
                longest = Math.max(longest, packet.epochNanos() - previous.epochNanos());
            }
            previous = packet;
        }
        return longest;
    }
}

package io.evenkeel.lb;

import java.util.Objects;

/**
 * When a value was written, by a logical clock (Lamport, "Time, Clocks, and the Ordering of Events in a Distributed System", 1978): a
 * node's clock is ahead of all that it has heard of, and of two values with one clock the one of the node that sorts last counts.
 *
 * @param clock of the node that wrote the value
 * @param node the name of that node
 */
public record StickVersion(long clock, String node) implements Comparable<StickVersion> {
    /** Checks that there is a node. */
    public StickVersion {
        Objects.requireNonNull(node, "node");
    }

    @Override
    public int compareTo(StickVersion other) {
        int byClock = Long.compare(clock, other.clock);
        return byClock != 0 ? byClock : node.compareTo(other.node);
    }
}

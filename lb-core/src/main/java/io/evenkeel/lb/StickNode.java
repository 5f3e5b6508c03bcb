package io.evenkeel.lb;

import java.util.Objects;

/**
 * Which node of several a {@link StickTable} is on.
 *
 * @param name no other node's
 * @param firstClock where the node's clock starts: above all that it may have used before a restart, such as the milliseconds since
 *     1970
 */
public record StickNode(String name, long firstClock) {
    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if the clock is negative
     */
    public StickNode {
        Objects.requireNonNull(name, "name");
        if (firstClock < 0) {
            throw new IllegalArgumentException("A clock is 0 or more, not " + firstClock);
        }
    }
}

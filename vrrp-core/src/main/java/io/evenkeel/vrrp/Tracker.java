package io.evenkeel.vrrp;

/**
 * A named source of health that moves a router's priority.
 *
 * <p>A positive weight is added while the source is up, a negative weight while it has failed. Weight
 * 0 is fatal: the router releases its addresses and stays in {@link VrrpState#FAULT} while the source
 * has failed. A source that has never reported adds nothing; if it is fatal, it counts as failed, so
 * that an address never starts on a node whose health nobody has looked at.
 *
 * @param name what {@link VirtualRouter#handleTracker} is called with
 * @param weight -253..253
 */
public record Tracker(String name, int weight) {

    static final int MAX_WEIGHT = 253;

    /**
     * @throws IllegalArgumentException if the name is blank or the weight out of range
     */
    public Tracker {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A tracker has no name; give it one.");
        }
        if (weight < -MAX_WEIGHT || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "The weight of tracker " + name + " is " + weight + "; it must be -253..253.");
        }
    }

    /** Whether its failure releases the addresses. */
    public boolean isFatal() {
        return weight == 0;
    }
}

package io.evenkeel.vrrp;

import java.time.Duration;

/**
 * A named source of health that moves a router's priority.
 *
 * <p>A positive weight is added while the source is up, a negative weight while it has failed. Weight
 * 0 is fatal: the router releases its addresses and stays in {@link VrrpState#FAULT} while the source
 * has failed. A source that has never reported adds nothing; if it is fatal, it counts as failed, so
 * that an address never starts on a node whose health nobody has looked at.
 *
 * <p>A source may also report a number, such as the content of a file (keepalived's {@code
 * track_file}). The number times the weight is added to the priority, and a product of -254 or less
 * is fatal. With weight 0 every number but 0 is a failure.
 *
 * @param name what {@link VirtualRouter#handleTracker} is called with
 * @param weight -254..254
 * @param inverted whether up and failed change their parts; a number changes its sign
 * @param deadlineNanos how long a report is good for: a source that is silent for longer counts as
 *     failed until it reports again, and so does one that has said nothing for as long since the
 *     start. 0 for ever
 */
public record Tracker(String name, int weight, boolean inverted, long deadlineNanos) {

    static final int MAX_WEIGHT = 254;

    /**
     * @throws IllegalArgumentException if the name is blank, the weight out of range or the deadline
     *     negative
     */
    public Tracker {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A tracker has no name; give it one.");
        }
        if (weight < -MAX_WEIGHT || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "The weight of tracker " + name + " is " + weight + "; it must be -254..254.");
        }
        if (deadlineNanos < 0) {
            throw new IllegalArgumentException(
                    "The deadline of tracker " + name + " is negative; it must be 0 or more.");
        }
    }

    /** A source whose reports are good for ever. */
    public Tracker(String name, int weight) {
        this(name, weight, false, 0);
    }

    /** A source whose failure releases the addresses. */
    public static Tracker fatal(String name) {
        return new Tracker(name, 0);
    }

    /** The same with reports that are good for that long; zero for ever. */
    public Tracker withDeadline(Duration deadline) {
        return new Tracker(name, weight, inverted, deadline.toNanos());
    }

    /** The same with up and failed in each other's parts. */
    public Tracker invert() {
        return new Tracker(name, weight, !inverted, deadlineNanos);
    }

    /** Whether its failure releases the addresses. */
    public boolean isFatal() {
        return weight == 0;
    }
}

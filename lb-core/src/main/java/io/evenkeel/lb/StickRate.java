package io.evenkeel.lb;

/**
 * What a rate of a {@link StickTable} is made of, as HAProxy measures it: what the present period has counted, and what the one before
 * has, of which the part counts that is not over. A node that takes over all three goes on as if it had counted itself.
 *
 * @param elapsedNanos since the present period began; from 0
 * @param current counted in it; from 0
 * @param previous counted in the period before; from 0
 */
public record StickRate(long elapsedNanos, long current, long previous) {
    /** Of what has not happened for two periods. */
    public static final StickRate NONE = new StickRate(0, 0, 0);

    /**
     * @throws IllegalArgumentException if one of them is negative
     */
    public StickRate {
        if (elapsedNanos < 0 || current < 0 || previous < 0) {
            throw new IllegalArgumentException(
                    "A rate has a negative part: elapsedNanos "
                            + elapsedNanos
                            + ", current "
                            + current
                            + ", previous "
                            + previous
                            + ".");
        }
    }
}

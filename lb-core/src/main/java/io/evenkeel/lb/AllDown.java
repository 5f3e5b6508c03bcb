package io.evenkeel.lb;

/**
 * What to do when so many servers are down that the rest could not bear the load, or all are: perhaps it is the checks that fail.
 *
 * @param openBelowPercent if fewer of the active servers than this are well, all are used, whatever their checks say; 0 to use only
 *     those that are well, always
 */
public record AllDown(int openBelowPercent) {
    /** Only servers that are well are used: if there is none, connections are refused. */
    public static final AllDown FAIL_CLOSED = new AllDown(0);

    /** The percentage is from 0 to 100. */
    public AllDown {
        if (openBelowPercent < 0 || openBelowPercent > 100) {
            throw new IllegalArgumentException(
                    "A part of the servers is 0 to 100 percent, not " + openBelowPercent);
        }
    }

    /**
     * All active servers are used if fewer than this part of them are well.
     *
     * @param percent 1 to 100; 1: only if none is
     */
    public static AllDown failOpenBelow(int percent) {
        return new AllDown(percent);
    }

    boolean isOpen(int well, int all) {
        return 100L * well < (long) openBelowPercent * all;
    }
}

package io.evenkeel.lb.peers;

import io.evenkeel.lb.StickRate;

/** A rate as three numbers of a message: since when its period runs in ms, its count, and the count of the period before. */
final class PeerRate {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    /** Far above what is counted in a period, and counting on from there stays within a long. */
    private static final long MOST = 1L << 61;

    private PeerRate() {}

    static void write(PeerWriter out, StickRate rate) {
        out.number(rate.elapsedNanos() / NANOS_PER_MILLI)
                .number(rate.current())
                .number(rate.previous());
    }

    /**
     * @param periodMillis over which the peer measures it
     * @param ownNanos over which this node does; if that is another, its value now is taken
     */
    static StickRate read(PeerReader in, long periodMillis, long ownNanos) {
        long elapsed = in.number();
        long current = count(in);
        long previous = count(in);
        if (periodMillis <= 0 || elapsed < 0 || elapsed / 2 >= periodMillis) {
            return StickRate.NONE;
        }
        if (elapsed >= periodMillis) {
            previous = current;
            current = 0;
            elapsed -= periodMillis;
        }
        if (periodMillis == ownNanos / NANOS_PER_MILLI) {
            return new StickRate(elapsed * NANOS_PER_MILLI, current, previous);
        }
        double remaining = (double) (periodMillis - elapsed) / periodMillis;
        return new StickRate(0, 0, current + Math.round(previous * remaining));
    }

    private static long count(PeerReader in) {
        return Math.max(0, Math.min(in.number(), MOST));
    }
}

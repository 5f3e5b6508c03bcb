package io.evenkeel.lb;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How long a server takes: the latest peak, or less as better times follow it and as time passes. An average that forgets by half in
 * each half-life, after Finagle's peak EWMA. Any thread.
 *
 * <p>Both parts are in one word, so that no lock is needed: the average as a {@code float} of nanoseconds, and its time in units of
 * {@value #UNIT_BITS} bits, whose 32 bits suffice for fifty days of silence.
 */
final class LatencyAverage {
    private static final int UNIT_BITS = 20;
    private static final long UNKNOWN = 0;
    // The series of one half to the power x.
    private static final double C1 = -Math.log(2);
    private static final double C2 = C1 * C1 / 2;
    private static final double C3 = C2 * C1 / 3;
    private static final double C4 = C3 * C1 / 4;
    private static final double C5 = C4 * C1 / 5;
    private static final double C6 = C5 * C1 / 6;

    /** So many half-lives leave nothing. */
    private static final int FORGOTTEN = 1000;

    private static final int EXPONENT_OF_ONE = 1023;

    private final double halfLivesPerUnit;
    private final AtomicLong state = new AtomicLong(UNKNOWN);

    /**
     * @param halfLifeNanos above 0
     */
    LatencyAverage(long halfLifeNanos) {
        halfLivesPerUnit = (double) (1L << UNIT_BITS) / halfLifeNanos;
    }

    /** Takes what a connection has measured. */
    void observe(long latencyNanos, long nowNanos) {
        int time = (int) (nowNanos >> UNIT_BITS);
        long before;
        long after;
        do {
            before = state.get();
            double average = average(before);
            double kept = kept(before, time);
            double mixed =
                    latencyNanos >= average * kept
                            ? latencyNanos
                            : average * kept + latencyNanos * (1 - kept);
            // Zero is for what nobody has measured.
            float next = (float) Math.max(1, mixed);
            after = (long) Float.floatToRawIntBits(next) << 32 | time & 0xffff_ffffL;
        } while (!state.compareAndSet(before, after));
    }

    /** Nanoseconds as of now; 0 if nothing has been measured. */
    double nanos(long nowNanos) {
        long now = state.get();
        return now == UNKNOWN ? 0 : average(now) * kept(now, (int) (nowNanos >> UNIT_BITS));
    }

    private static double average(long state) {
        return Float.intBitsToFloat((int) (state >>> 32));
    }

    /** The part of the average that is left. */
    private double kept(long state, int time) {
        int age = time - (int) state;
        return age <= 0 ? 1 : half(age * halfLivesPerUnit);
    }

    /** One half to that power, to four digits: whole halvings by the exponent, the rest by the first terms of its series. */
    static double half(double power) {
        if (power >= FORGOTTEN) {
            return 0;
        }
        int whole = (int) power;
        double rest = power - whole;
        double series =
                1 + rest * (C1 + rest * (C2 + rest * (C3 + rest * (C4 + rest * (C5 + rest * C6)))));
        return series * Double.longBitsToDouble((long) (EXPONENT_OF_ONE - whole) << 52);
    }
}

package io.evenkeel.lb;

import java.util.concurrent.atomic.AtomicLong;

/** Chance that can be repeated: SplitMix64 (Steele, Lea, Flood 2014) from a seed, for any thread. */
final class Chance {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private final AtomicLong state;

    Chance(long seed) {
        state = new AtomicLong(seed);
    }

    long next() {
        return mixed(state.addAndGet(GAMMA));
    }

    /** The next in the sequence that a connection brings with it. */
    static long after(long number) {
        return mixed(number + GAMMA);
    }

    private static long mixed(long number) {
        long z = number;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}

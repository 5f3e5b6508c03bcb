package io.evenkeel.lb;

import java.time.Duration;

/** By measured latencies. */
record PeakEwmaBalance(Duration halfLife) implements Balance {
    PeakEwmaBalance {
        if (halfLife.isNegative() || halfLife.isZero()) {
            throw new IllegalArgumentException("A half-life is above 0, not " + halfLife);
        }
    }

    @Override
    public String keyword() {
        return "peak-ewma";
    }

    @Override
    public long latencyHalfLifeNanos() {
        return Problems.nanos(halfLife);
    }

    @Override
    public Selector selector(Candidates candidates) {
        return new PeakEwma(candidates);
    }
}

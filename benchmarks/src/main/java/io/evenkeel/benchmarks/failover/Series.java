package io.evenkeel.benchmarks.failover;

import java.util.ArrayList;
import java.util.List;

/** Samples while they come in. */
final class Series {
    private final List<Double> values = new ArrayList<>();
    private int misses;

    void add(double value) {
        values.add(value);
    }

    /** Adds a value, or a miss where it is not a number. */
    void addUnlessNaN(double value) {
        if (Double.isNaN(value)) {
            miss();
        } else {
            add(value);
        }
    }

    /** What was waited for did not come. */
    void miss() {
        misses++;
    }

    Samples samples() {
        return new Samples(values, misses);
    }

    /** The latest value, for those who watch. */
    String latest(Unit unit) {
        return values.isEmpty() ? "none" : unit.format(values.get(values.size() - 1)) + " " + unit;
    }
}

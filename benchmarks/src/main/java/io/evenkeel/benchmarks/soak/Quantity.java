package io.evenkeel.benchmarks.soak;

import java.util.function.ToDoubleFunction;

/**
 * What must not grow. As flat counts what has in the last quarter of the time a median that is above that of the second quarter by no
 * more than a part of it and an amount.
 */
enum Quantity {
    HEAP("heap after a collection, MiB", 1 << 20, 0.05, 2, Sample::heapBytes),
    RESIDENT("resident memory, MiB", 1 << 20, 0.03, 6, Sample::residentBytes),
    DIRECT("direct buffers, MiB", 1 << 20, 0.25, 1, Sample::directBytes),
    DESCRIPTORS("descriptors", 1, 0.15, 5, Sample::descriptors),
    THREADS("threads", 1, 0, 1, Sample::threads);

    private final String title;
    private final double unit;
    private final double part;
    private final double amount;
    private final ToDoubleFunction<Sample> value;

    Quantity(
            String title, double unit, double part, double amount, ToDoubleFunction<Sample> value) {
        this.title = title;
        this.unit = unit;
        this.part = part;
        this.amount = amount;
        this.value = value;
    }

    String title() {
        return title;
    }

    /** In the unit of its title; NaN where it was not looked at. */
    double of(Sample sample) {
        return value.applyAsDouble(sample) / unit;
    }

    /** The most that it may be, where it was {@code before}. */
    double bound(double before) {
        return before * (1 + part) + amount;
    }

    /**
     * The most that it may be at rest after the load, where it was {@code before} at rest before it. Resident memory may be anything: code
     * is compiled all the time.
     */
    double restBound(double before) {
        return switch (this) {
            case HEAP -> bound(before);
            case RESIDENT -> Double.POSITIVE_INFINITY;
            case DIRECT -> before + 0.25;
            case DESCRIPTORS, THREADS -> before;
        };
    }
}

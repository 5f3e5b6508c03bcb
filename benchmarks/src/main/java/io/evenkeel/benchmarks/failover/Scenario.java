package io.evenkeel.benchmarks.failover;

import java.util.List;

/** One thing that is measured. */
interface Scenario {
    /** By which it is chosen on the command line. */
    String name();

    /** What is done and what is measured, in a line. */
    String description();

    /**
     * Measures.
     *
     * @throws SetupException if it cannot be measured here
     */
    List<Row> measure(Settings settings);
}

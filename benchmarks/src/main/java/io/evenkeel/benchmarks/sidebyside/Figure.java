package io.evenkeel.benchmarks.sidebyside;

/**
 * What was measured once.
 *
 * @param contestant its name, or {@link #DIRECT}
 * @param round from 1
 */
record Figure(String contestant, Row row, int round, double value) {
    /** In the place of a contestant: no proxy at all. */
    static final String DIRECT = "direct";
}

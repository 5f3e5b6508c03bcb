package io.evenkeel.benchmarks.soak;

import java.io.PrintStream;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How connections ended: as they should, otherwise for a reason that is known, or without one. Thread safe. */
final class Tally {
    private static final int PRINTED = 50;

    private final long seed;
    private final PrintStream out;
    private final Map<String, Long> ends = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private long failed;
    private boolean closed;

    Tally(long seed, PrintStream out) {
        this.seed = seed;
        this.out = out;
    }

    /** An end that is well, or for which there is a reason. */
    synchronized void count(String end) {
        ends.merge(end, 1L, Long::sum);
    }

    /** What must not happen. */
    synchronized void fail(String message) {
        if (closed) {
            return;
        }
        failed++;
        if (failures.size() < PRINTED) {
            String line =
                    "%s %s (seed %d)"
                            .formatted(
                                    LocalTime.now().truncatedTo(ChronoUnit.MILLIS), message, seed);
            failures.add(line);
            out.println("soak: FAILURE " + line);
        }
    }

    /** What comes now is the end of everything, and no failure. */
    synchronized void close() {
        closed = true;
    }

    synchronized long failed() {
        return failed;
    }

    /** The first of them. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    synchronized Map<String, Long> ends() {
        return new TreeMap<>(ends);
    }
}

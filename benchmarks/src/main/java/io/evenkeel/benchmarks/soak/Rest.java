package io.evenkeel.benchmarks.soak;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** The process under test while nothing happens but checks. */
final class Rest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int POLLS = 8;

    private Rest() {}

    /** The least of each that is seen in some looks: a check has a descriptor of its own while it is made. */
    static Map<Quantity, Double> look(Probe probe) throws IOException {
        Map<Quantity, Double> least = new EnumMap<>(Quantity.class);
        for (int i = 0; i < POLLS; i++) {
            add(probe, least, i == 0);
            LockSupport.parkNanos(POLL.toNanos());
        }
        return least;
    }

    /** The same, but goes on until it is back to {@code before}, though not forever. */
    static Map<Quantity, Double> lookUntilBack(Probe probe, Map<Quantity, Double> before)
            throws IOException {
        Map<Quantity, Double> least = look(probe);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!isBack(before, least) && System.nanoTime() < deadline) {
            add(probe, least, true);
            LockSupport.parkNanos(POLL.toNanos());
        }
        return least;
    }

    private static void add(Probe probe, Map<Quantity, Double> least, boolean collect)
            throws IOException {
        Sample sample = probe.look(0, collect, 0, 0, 0);
        for (Quantity quantity : Quantity.values()) {
            double value = quantity.of(sample);
            if (!Double.isNaN(value)) {
                least.merge(quantity, value, Math::min);
            }
        }
    }

    private static boolean isBack(Map<Quantity, Double> before, Map<Quantity, Double> after) {
        return before.keySet().stream().allMatch(quantity -> isBack(quantity, before, after));
    }

    /** Whether that quantity is what it was before the load. */
    static boolean isBack(
            Quantity quantity, Map<Quantity, Double> before, Map<Quantity, Double> after) {
        Double was = before.get(quantity);
        Double is = after.get(quantity);
        return was == null || is != null && is <= quantity.restBound(was);
    }
}

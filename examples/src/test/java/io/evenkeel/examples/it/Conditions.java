package io.evenkeel.examples.it;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Bounded waiting for what will become true, or must stay true. */
final class Conditions {
    private static final long POLL_NANOS = Duration.ofMillis(20).toNanos();

    private Conditions() {}

    /**
     * Waits until {@code condition} holds.
     *
     * @param evidence what a failure shows besides {@code what}
     * @return how long it took, in nanoseconds
     */
    static long await(
            String what, Duration limit, BooleanSupplier condition, Supplier<String> evidence) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                fail("Not within " + limit.toMillis() + " ms: " + what + evidence.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return System.nanoTime() - start;
    }

    /** Sees to it that {@code condition} holds all the time for {@code duration}. */
    static void holds(
            String what, Duration duration, BooleanSupplier condition, Supplier<String> evidence) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < duration.toNanos()) {
            if (!condition.getAsBoolean()) {
                fail(
                        "No longer after "
                                + (System.nanoTime() - start) / 1_000_000
                                + " ms: "
                                + what
                                + evidence.get());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}

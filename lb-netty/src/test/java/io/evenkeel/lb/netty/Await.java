package io.evenkeel.lb.netty;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Waits for what other threads bring about. */
final class Await {
    private Await() {}

    /** Until a number above 0 stays the same for a while; fails if it does not within 10 s. */
    static void standstill(LongSupplier number) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        long before;
        do {
            before = number.getAsLong();
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not still within 10 s: " + before);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        } while (number.getAsLong() != before || before == 0);
    }

    /** Fails if {@code condition} does not become true within 10 s. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        until(condition, () -> what);
    }

    /** Fails with {@code what} if {@code condition} does not become true within 10 s. */
    static void until(Callable<Boolean> condition, Callable<String> what) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not within 10 s: " + what.call());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** For 10 s at most; for those who may not throw, and whose test finds out by itself. */
    static void quietly(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.evenkeel.lb.netty;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** Waits for what other threads bring about. */
final class Await {
    private Await() {}

    /** Fails if {@code condition} does not become true within 10 s. */
    static void until(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.call()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("Not within 10 s: " + what);
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}

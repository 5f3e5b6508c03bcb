package io.evenkeel.vrrp.netlink;

import java.util.concurrent.Callable;

/** Waits for what happens on other threads, in other processes or in the kernel. */
final class Conditions {
    private static final long AWAIT_NANOS = 20_000_000_000L;

    private Conditions() {}

    static void await(String what, Callable<Boolean> condition) throws Exception {
        long bound = System.nanoTime() + AWAIT_NANOS;
        while (!condition.call()) {
            if (System.nanoTime() > bound) {
                throw new AssertionError("Waited in vain for " + what);
            }
            Thread.sleep(5);
        }
    }
}

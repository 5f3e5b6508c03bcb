package io.evenkeel.vrrp.netlink;

import java.util.concurrent.Callable;

/** Waits for what happens on other threads, in other processes or in the kernel. */
final class Conditions {
    private static final int AWAIT_SECONDS = 20;

    private Conditions() {}

    static void await(String what, Callable<Boolean> condition) throws Exception {
        await(what, AWAIT_SECONDS, condition);
    }

    static void await(String what, int seconds, Callable<Boolean> condition) throws Exception {
        long bound = System.nanoTime() + seconds * 1_000_000_000L;
        while (!condition.call()) {
            if (System.nanoTime() > bound) {
                throw new AssertionError("Waited in vain for " + what);
            }
            Thread.sleep(5);
        }
    }
}

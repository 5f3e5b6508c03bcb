package io.evenkeel.lb.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What users' observers do to the loops that call them. */
class SafeObserverTest {
    private final AtomicInteger told = new AtomicInteger();

    /** What is logged meanwhile: the log of the tests goes to standard error. */
    private static String log(Runnable action) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private final class Sleeper implements ProxyObserver {
        @Override
        public void onDescriptorShortage(boolean begins, String cause) {
            told.incrementAndGet();
            long until = System.nanoTime() + 60_000_000;
            while (System.nanoTime() - until < 0) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void onPeerChange(String group, String peer, boolean connected, String cause) {
            told.incrementAndGet();
            throw new IllegalArgumentException("a bug of the application");
        }
    }

    @Test
    void oneThatHoldsALoopUpIsNamedButNotEveryTime() {
        SafeObserver observer = new SafeObserver(new Sleeper());
        String first = log(() -> observer.onDescriptorShortage(true, "none left"));
        assertTrue(first.contains(Sleeper.class.getName()), first);
        assertTrue(first.contains("a shortage of descriptors"), first);
        assertFalse(log(() -> observer.onDescriptorShortage(false, "")).contains("took"));
        assertEquals(2, told.get());
    }

    @Test
    void whatOneThrowsIsLoggedAndGoesNoFurther() {
        SafeObserver observer = new SafeObserver(new Sleeper());
        String log = log(() -> observer.onPeerChange("group", "peer", true, ""));
        assertTrue(log.contains("a bug of the application"), log);
        assertEquals(1, told.get());
    }
}

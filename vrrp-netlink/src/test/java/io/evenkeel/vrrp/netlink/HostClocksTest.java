package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostClocksTest {
    private static final long MILLI = 1_000_000L;

    private final HostClocks clocks = new HostClocks(new JnaLibc());

    @AfterEach
    void close() {
        clocks.close();
    }

    @Test
    void aHostThatWasNotSuspendedSaysZero() {
        for (int i = 0; i < 1_000; i++) {
            assertEquals(0, clocks.takeSuspensionNanos());
        }
    }

    @Test
    void aJumpIsASuspensionOnceAndAPauseBetweenTwoReadingsIsNone() {
        // Far ahead of this host's own difference.
        long base = 1L << 60;
        clocks.takeSuspensionNanos(base);
        assertEquals(0, clocks.takeSuspensionNanos(base - 500 * MILLI));
        assertEquals(0, clocks.takeSuspensionNanos(base));
        assertEquals(0, clocks.takeSuspensionNanos(base + 9 * MILLI));
        assertEquals(20 * MILLI, clocks.takeSuspensionNanos(base + 29 * MILLI));
        assertEquals(0, clocks.takeSuspensionNanos(base + 29 * MILLI));
    }

    @Test
    void theWallClockIsTheMonotonicOneAndTheDifference() {
        long nanos = clocks.wallMinusMonotonicNanos() + System.nanoTime();
        long millis = System.currentTimeMillis();
        assertTrue(Math.abs(millis - nanos / MILLI) < 60_000, nanos + " and " + millis);
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.StickTable;
import io.netty.util.concurrent.EventExecutor;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/** Takes away what has expired in a stick table, a bounded number at a time. */
final class StickTableTimer {
    private static final long SHORTEST_NANOS = 10_000_000L;

    /** An empty table is looked at again after so long; what has expired is not found in it meanwhile either. */
    private static final long LONGEST_NANOS = 60_000_000_000L;

    private final StickTable table;
    private final EventExecutor loop;
    private volatile boolean stopped;

    StickTableTimer(StickTable table, EventExecutor loop) {
        this.table = table;
        this.loop = loop;
    }

    /** From any thread. */
    void stop() {
        stopped = true;
    }

    void run() {
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        table.expire(now);
        OptionalLong next = table.nextExpiryNanos();
        long wait = next.isEmpty() ? LONGEST_NANOS : next.getAsLong() - now;
        loop.schedule(
                this::run,
                Math.max(SHORTEST_NANOS, Math.min(wait, LONGEST_NANOS)),
                TimeUnit.NANOSECONDS);
    }
}

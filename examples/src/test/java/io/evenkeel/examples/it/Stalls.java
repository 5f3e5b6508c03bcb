package io.evenkeel.examples.it;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How long this machine keeps threads that have something to do from running: what it adds to any time that is measured on it. */
final class Stalls implements AutoCloseable {
    private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final List<Stall> stalls = new ArrayList<>();
    private final Thread thread = new Thread(this::run, "stalls");
    private volatile long lastNanos = System.nanoTime();
    private volatile boolean closed;

    private record Stall(long endNanos, long nanos) {}

    private Stalls() {}

    /** Begins to watch. */
    static Stalls start() {
        Stalls stalls = new Stalls();
        stalls.thread.setDaemon(true);
        stalls.thread.start();
        return stalls;
    }

    /** The longest one that ended after {@code nanos}, or has not ended yet. */
    synchronized long longestNanos(long nanos) {
        long present = System.nanoTime() - lastNanos - PERIOD_NANOS;
        return stalls.stream()
                .filter(stall -> stall.endNanos() - nanos > 0)
                .mapToLong(Stall::nanos)
                .reduce(Math.max(0, present), Math::max);
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(PERIOD_NANOS);
            long now = System.nanoTime();
            long late = now - lastNanos - PERIOD_NANOS;
            if (late > PERIOD_NANOS) {
                note(new Stall(now, late));
            }
            lastNanos = now;
        }
    }

    private synchronized void note(Stall stall) {
        stalls.add(stall);
    }

    @Override
    public void close() {
        closed = true;
    }
}

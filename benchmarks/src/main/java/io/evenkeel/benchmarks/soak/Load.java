package io.evenkeel.benchmarks.soak;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Makes visits at random times, so many a second on average, whatever becomes of those before. */
final class Load implements Runnable {
    private static final int MOST_LIVE = 600;

    /** While both sides load and compile what they need, few come. */
    private static final long RISE_NANOS = Duration.ofSeconds(40).toNanos();

    private static final double LEAST = 0.05;

    private final double perSecond;
    private final Random random;
    private final Place place;
    private final Certificates certificates;
    private final ExecutorService threads;
    private final Judge judge;
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicLong left = new AtomicLong();
    private volatile boolean running = true;
    private volatile boolean paused;

    Load(
            double perSecond,
            Random random,
            Place place,
            Certificates certificates,
            ExecutorService threads,
            Judge judge) {
        this.perSecond = perSecond;
        this.random = random;
        this.place = place;
        this.certificates = certificates;
        this.threads = threads;
        this.judge = judge;
    }

    @Override
    public void run() {
        long began = System.nanoTime();
        long next = began;
        for (long id = 1; running; ) {
            double risen = Math.min(1, LEAST + (double) (next - began) / RISE_NANOS);
            next += (long) (-Math.log(1 - random.nextDouble()) / (perSecond * risen) * 1e9);
            long wait = next - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
            } else if (wait < -Duration.ofSeconds(1).toNanos()) {
                // The machine was busy: what was missed is not made up for in one go.
                next = System.nanoTime();
            }
            if (paused) {
                continue;
            }
            Visit visit = Visit.draw(id++, random);
            if (live.get() >= MOST_LIVE) {
                left.incrementAndGet();
                continue;
            }
            live.incrementAndGet();
            threads.execute(() -> visit(visit));
        }
    }

    private void visit(Visit visit) {
        try {
            judge.submit(visit, Client.visit(visit, place, certificates));
        } finally {
            live.decrementAndGet();
        }
    }

    int live() {
        return live.get();
    }

    /** Visits that were not made, since there were too many at a time. */
    long leftOut() {
        return left.get();
    }

    void pause() {
        paused = true;
    }

    void goOn() {
        paused = false;
    }

    void stop() {
        running = false;
    }
}

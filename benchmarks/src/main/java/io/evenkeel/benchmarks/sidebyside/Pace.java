package io.evenkeel.benchmarks.sidebyside;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** When requests are due, which are waiting for a connection, and how long they took. Confined to the event loop. */
final class Pace {
    private static final int SIGNIFICANT_DIGITS = 3;

    private final EventLoop loop;
    private final double intervalNanos;
    private final long lead;
    private final long total;
    private final CompletableFuture<Histogram> result;
    private final Histogram nanos = new Histogram(SIGNIFICANT_DIGITS);
    private final Queue<PacedConnection> free = new ArrayDeque<>();
    private final Queue<Long> waiting = new ArrayDeque<>();
    private long startNanos;
    private long dispatched;
    private long answered;

    Pace(
            EventLoop loop,
            double perSecond,
            Duration lead,
            Duration time,
            CompletableFuture<Histogram> result) {
        this.loop = loop;
        this.intervalNanos = 1e9 / perSecond;
        this.lead = (long) (lead.toNanos() / intervalNanos);
        this.total = this.lead + (long) (time.toNanos() / intervalNanos);
        this.result = result;
    }

    void begin() {
        startNanos = System.nanoTime();
        pace();
    }

    private void pace() {
        while (dispatched < total && dueNanos(dispatched) <= System.nanoTime()) {
            PacedConnection connection = free.poll();
            if (connection == null) {
                waiting.add(dispatched);
            } else {
                connection.send(dispatched);
            }
            dispatched++;
        }
        if (dispatched < total && !result.isDone()) {
            loop.schedule(
                    this::pace, dueNanos(dispatched) - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
    }

    private long dueNanos(long request) {
        return startNanos + (long) (request * intervalNanos);
    }

    /** A connection has nothing to wait for. */
    void free(PacedConnection connection) {
        Long next = waiting.poll();
        if (next == null) {
            free.add(connection);
        } else {
            connection.send(next);
        }
    }

    /** The answer is complete. */
    void answered(long request) {
        answered++;
        if (request >= lead) {
            nanos.recordValue(Math.max(0, System.nanoTime() - dueNanos(request)));
        }
        if (answered == total) {
            result.complete(nanos);
        }
    }

    /** Nothing is worth measuring any more; does nothing after the last answer. */
    void fail(String cause) {
        result.completeExceptionally(new SideBySideException(cause));
    }
}

package io.evenkeel.lb.netty;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets sessions end by themselves until a deadline. Those that are left are reset in the time before it, evenly spread, so that their
 * clients do not all come back at one instant; first the one that has been silent for longest.
 */
final class Draining {
    private static final Logger LOGGER = LoggerFactory.getLogger(Draining.class);

    /** So many resets at a time cost a loop little. */
    private static final long STEP_NANOS = 10_000_000;

    private final List<LoopContext> contexts;
    private final @Nullable Duration spread;

    /**
     * @param contexts filled in before anything is drained
     * @param spread how long before the deadline the resets begin; null: a tenth of the time
     */
    Draining(List<LoopContext> contexts, @Nullable Duration spread) {
        this.contexts = contexts;
        this.spread = spread;
    }

    /**
     * Begins; from any thread.
     *
     * @param which sessions; asked on their loops, when the resets begin
     * @param time until the deadline
     */
    void begin(Predicate<Session> which, Duration time, TerminationCause cause) {
        long timeNanos = time.toNanos();
        long wanted = spread == null ? timeNanos / 10 : spread.toNanos();
        long spreadNanos = Math.min(wanted, timeNanos);
        for (LoopContext context : contexts) {
            context.loop()
                    .schedule(
                            () -> reset(context, which, spreadNanos, cause),
                            timeNanos - spreadNanos,
                            TimeUnit.NANOSECONDS);
        }
    }

    private static void reset(
            LoopContext context,
            Predicate<Session> which,
            long spreadNanos,
            TerminationCause cause) {
        Queue<Session> left = longestSilentFirst(context, which);
        if (!left.isEmpty()) {
            LOGGER.info(
                    "{} sessions have not ended by themselves and are reset within {} ms.",
                    left.size(),
                    TimeUnit.NANOSECONDS.toMillis(spreadNanos));
        }
        long steps = Math.min(left.size(), spreadNanos / STEP_NANOS);
        if (steps <= 1) {
            left.forEach(session -> session.abort(cause));
            return;
        }
        resetSome(context, left, left.size() / (double) steps, 1, spreadNanos / steps, cause);
    }

    /** The order is that of now: what sends and receives meanwhile stays where it is. */
    private static Queue<Session> longestSilentFirst(
            LoopContext context, Predicate<Session> which) {
        long now = System.nanoTime();
        Map<Session, Long> silentNanos = new HashMap<>();
        for (Session session : context.sessions()) {
            if (which.test(session)) {
                silentNanos.put(session, session.silentNanos(now));
            }
        }
        List<Session> order =
                silentNanos.entrySet().stream()
                        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                        .map(Map.Entry::getKey)
                        .toList();
        return new ArrayDeque<>(order);
    }

    private static void resetSome(
            LoopContext context,
            Queue<Session> left,
            double perStep,
            int step,
            long stepNanos,
            TerminationCause cause) {
        long count = Math.round(perStep * step) - Math.round(perStep * (step - 1));
        for (Session next; count > 0 && (next = left.poll()) != null; count--) {
            next.abort(cause);
        }
        if (!left.isEmpty()) {
            context.loop()
                    .schedule(
                            () -> resetSome(context, left, perStep, step + 1, stepNanos, cause),
                            stepNanos,
                            TimeUnit.NANOSECONDS);
        }
    }
}

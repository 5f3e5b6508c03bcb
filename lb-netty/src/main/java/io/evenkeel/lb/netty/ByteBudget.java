package io.evenkeel.lb.netty;

import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes all sessions together may hold that nobody has taken yet. Beyond that the sessions that hold the most for the longest time
 * are reset, until a sixteenth of it is free again: each may be slow in its own right, but together they must not take the memory that
 * the others need. Safe for any thread.
 */
final class ByteBudget {
    private static final int FREED_AT_ONCE = 16;

    private final long limit;
    private final List<LoopContext> contexts;
    private final AtomicLong held = new AtomicLong();
    private final AtomicBoolean shedding = new AtomicBoolean();

    /**
     * @param limit in bytes, above 0
     * @param contexts of all loops, filled in before the first byte is held
     */
    ByteBudget(long limit, List<LoopContext> contexts) {
        this.limit = limit;
        this.contexts = contexts;
    }

    long heldBytes() {
        return held.get();
    }

    /** So many bytes are held more; sessions are shed soon if those are too many. */
    void take(int bytes) {
        if (held.addAndGet(bytes) > limit && shedding.compareAndSet(false, true)) {
            shedLater();
        }
    }

    void giveBack(int bytes) {
        held.addAndGet(-bytes);
    }

    /** On the loop that holds the most, whichever loop came to the limit. */
    private void shedLater() {
        LoopContext heaviest = contexts.get(0);
        for (LoopContext context : contexts) {
            if (context.chunks().heldBytes() > heaviest.chunks().heldBytes()) {
                heaviest = context;
            }
        }
        LoopContext chosen = heaviest;
        chosen.loop().execute(() -> shed(chosen));
    }

    private void shed(LoopContext context) {
        long now = System.nanoTime();
        long enough = limit - limit / FREED_AT_ONCE;
        List<Session> sessions =
                context.sessions().stream()
                        .filter(session -> session.heldBytes() > 0)
                        .sorted(Comparator.comparingDouble(session -> -weight(session, now)))
                        .toList();
        for (Session session : sessions) {
            if (held.get() <= enough) {
                break;
            }
            session.abort(TerminationCause.SHED);
        }
        shedding.set(false);
        if (held.get() > limit && !sessions.isEmpty() && shedding.compareAndSet(false, true)) {
            shedLater();
        }
    }

    /** In doubles, since the product may be beyond a long. */
    private static double weight(Session session, long nowNanos) {
        return (double) session.heldBytes() * session.stalledNanos(nowNanos);
    }
}

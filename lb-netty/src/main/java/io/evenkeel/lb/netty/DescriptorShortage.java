package io.evenkeel.lb.netty;

import io.netty.channel.unix.Errors;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells once when the process runs out of descriptors, and once when that is over: when for a second nothing was refused for it. Safe
 * for any thread.
 */
final class DescriptorShortage {
    private static final Logger LOGGER = LoggerFactory.getLogger(DescriptorShortage.class);

    /** While connections come and go at the limit, the shortage goes on. */
    private static final long OVER_AFTER_NANOS = 1_000_000_000L;

    private static final List<String> SENTENCES =
            List.of("Too many open files", "No buffer space", "Cannot allocate memory");

    /** EMFILE, ENFILE, ENOBUFS and ENOMEM. */
    private static final Set<Integer> ERRORS_NEGATIVE = Set.of(-24, -23, -105, -12);

    private final SafeObserver observer;
    private final AtomicBoolean goesOn = new AtomicBoolean();

    /** Never null: a class may be a file, which could not be opened when it is needed. */
    private volatile Refusal last = new Refusal("Nothing was refused", new IOException(), 0);

    /** What was refused, when, and why. */
    private record Refusal(String what, Exception error, long nanos) {}

    DescriptorShortage(SafeObserver observer) {
        this.observer = observer;
    }

    /** Whether a socket could not be opened for want of descriptors or memory, of which the JDK tells in words only. */
    static boolean isOne(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each instanceof Errors.NativeIoException error) {
                return ERRORS_NEGATIVE.contains(error.expectedErr());
            }
            String message = String.valueOf(each.getMessage());
            if (SENTENCES.stream().anyMatch(message::contains)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Something was refused, or has to wait, for want of a descriptor; on a loop.
     *
     * @param what that failed, such as {@code frontend web could not accept a connection on 127.0.0.1:80}
     */
    void record(EventExecutor loop, String what, Exception error) {
        Refusal refusal = new Refusal(what, error, System.nanoTime());
        last = refusal;
        beginIfOver(loop, refusal);
    }

    private void beginIfOver(EventExecutor loop, Refusal refusal) {
        if (!goesOn.compareAndSet(false, true)) {
            return;
        }
        String cause = refusal.what() + ": " + refusal.error().getMessage();
        LOGGER.warn(
                "{}. If descriptors ran out, clients are reset until there are some again: raise the limit (ulimit"
                        + " -n, LimitNOFILE) or set maxconn.",
                cause);
        observer.onDescriptorShortage(true, cause);
        lookAgain(loop, OVER_AFTER_NANOS);
    }

    private void lookAgain(EventExecutor loop, long delayNanos) {
        loop.schedule(() -> look(loop), delayNanos, TimeUnit.NANOSECONDS);
    }

    private void look(EventExecutor loop) {
        Refusal latest = last;
        long quiet = System.nanoTime() - latest.nanos();
        if (quiet < OVER_AFTER_NANOS) {
            lookAgain(loop, OVER_AFTER_NANOS - quiet);
            return;
        }
        LOGGER.info("There are descriptors for every connection again.");
        observer.onDescriptorShortage(false, "nothing was refused for a second");
        // Only now, or another loop could tell of the next shortage before the end of this one.
        goesOn.set(false);
        Refusal meanwhile = last;
        if (meanwhile != latest) {
            beginIfOver(loop, meanwhile);
        }
    }
}

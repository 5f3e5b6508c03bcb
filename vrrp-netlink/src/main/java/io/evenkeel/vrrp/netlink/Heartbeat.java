package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the kernel send the coming advertisements of the Active routers, so that a pause of the JVM that is shorter than the tolerance
 * is not noticed by anybody. What is queued ends with the process. Used by the VRRP thread.
 *
 * <p>The kernel sends on behalf of the thread that queued, between two instructions of it, or while it waits. So when a call that
 * cancels has returned, nothing that was queued is sent any more.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final int REQUESTS = 256;
    private static final int RESULTS = 4096;

    /** A queue is filled up when this part of the tolerance is used up. */
    private static final int REFILL_PART = 8;

    /** Cancelling needs one call or two; more would be a bug of the kernel. */
    private static final int CANCEL_ATTEMPTS = 1_000;

    private static final int NOBODY = -1;

    private final Executor background;
    private final long toleranceNanos;
    private final List<@Nullable HeartbeatQueue> queues = new ArrayList<>();
    private final IoUring.Completion completion = this::completed;
    private @Nullable IoUring ring;
    private @Nullable String reason;
    private boolean unreported;
    private long sent;

    /**
     * @param toleranceNanos how far ahead to queue; 0 for never
     * @param background runs what must not hold up the VRRP thread, such as the log
     */
    Heartbeat(Libc libc, long toleranceNanos, Executor background) {
        this.background = background;
        this.toleranceNanos = toleranceNanos;
        if (toleranceNanos == 0) {
            reason = "The pause tolerance is zero.";
            return;
        }
        try {
            ring = open(libc, REQUESTS, RESULTS);
        } catch (NativeCallException e) {
            reason = unavailability(e);
        }
    }

    /** Why this host has no heartbeat in the kernel, or null if it can have one. */
    static @Nullable String unavailabilityCause(Libc libc) {
        try {
            open(libc, 2, 2).close();
            return null;
        } catch (NativeCallException e) {
            return unavailability(e);
        }
    }

    /** Opens a ring, and sees that all requests of a router can be cancelled at once, which no feature flag tells. */
    private static IoUring open(Libc libc, int requests, int results) {
        IoUring opened = new IoUring(libc, requests, results);
        UringRequest.putCancel(opened.requests(), opened.next(), 0, 0);
        int[] outcome = {opened.submit()};
        opened.drain((userData, result) -> outcome[0] = result);
        if (outcome[0] < 0 && outcome[0] != -Errno.ENOENT) {
            opened.close();
            throw Errno.failure(-outcome[0], "Cancelling a request of an io_uring");
        }
        return opened;
    }

    private static String unavailability(NativeCallException cause) {
        return "The kernel cannot send advertisements by itself because io_uring failed with "
                + Errno.describe(cause.errno())
                + ": it takes Linux 5.19 or newer with kernel.io_uring_disabled=0, and in a container a seccomp profile that allows io_uring.";
    }

    HeartbeatStatus status() {
        return new HeartbeatStatus(ring != null, ring == null ? 0 : toleranceNanos, sent, reason);
    }

    /** A new queue for a router. */
    HeartbeatQueue queue(VirtualRouter router, IntConsumer results) {
        HeartbeatQueue queue = new HeartbeatQueue(this, queues.size(), router, results);
        queues.add(queue);
        return queue;
    }

    /** Ends a queue, whose index is not given to another one. */
    void remove(HeartbeatQueue queue) {
        queue.close();
        queues.set(queues.indexOf(queue), null);
    }

    long toleranceNanos() {
        return toleranceNanos;
    }

    /**
     * A queue that reaches no further than this is filled up to the tolerance. That is a multiple of the interval if it can be: then the
     * thread is awake, since the kernel has just had it send one.
     */
    long leastAheadNanos(long intervalNanos) {
        long least = toleranceNanos - toleranceNanos / REFILL_PART;
        return least < intervalNanos ? least : least - least % intervalNanos;
    }

    /** How many advertisements can be under way at that interval; 0 if none can. */
    int slots(long intervalNanos) {
        return ring == null ? 0 : (int) (toleranceNanos / intervalNanos) + 2;
    }

    /** Whether so many requests can be linked. */
    boolean fits(int requests) {
        return requests <= REQUESTS;
    }

    /** Takes what the kernel has done since the last time, and tells the routers. To be called before any other input to one. */
    void report() {
        IoUring uring = ring;
        if (uring != null) {
            uring.drain(completion);
        }
        if (!unreported) {
            return;
        }
        unreported = false;
        for (int i = 0; i < queues.size(); i++) {
            HeartbeatQueue queue = queues.get(i);
            if (queue != null) {
                sent += queue.report();
            }
        }
    }

    /** Makes room for so many requests; false if that is not possible any more. */
    boolean makeRoom(int requests) {
        IoUring uring = ring;
        return uring != null && (uring.hasRoom(requests) || submit());
    }

    /** Where the next request is written in {@link #requests()}. */
    int nextRequest() {
        return uring().next();
    }

    ByteBuffer requests() {
        return uring().requests();
    }

    /** Hands the requests to the kernel; false if it does not take them, and none ever again. */
    boolean submit() {
        IoUring uring = ring;
        if (uring == null) {
            return false;
        }
        int result = uring.submit();
        if (result < 0) {
            fail(Errno.failure(-result, "io_uring_enter").getMessage());
            return false;
        }
        return true;
    }

    /** Has the kernel send nothing more of the queue. */
    void cancel(HeartbeatQueue queue) {
        IoUring uring = ring;
        if (uring == null || !makeRoom(1)) {
            return;
        }
        UringRequest.putCancel(
                uring.requests(), uring.next(), queue.waits(), (long) NOBODY << Integer.SIZE);
        if (!submit()) {
            return;
        }
        uring.drain(completion);
        for (int i = 0; !queue.isEmpty(); i++) {
            if (i == CANCEL_ATTEMPTS) {
                fail("io_uring did not cancel what was queued.");
                return;
            }
            uring.poke();
            uring.drain(completion);
        }
    }

    @Override
    public void close() {
        for (HeartbeatQueue queue : queues) {
            if (queue != null) {
                queue.close();
            }
        }
        IoUring uring = ring;
        ring = null;
        if (uring != null) {
            uring.close();
        }
    }

    private void completed(long userData, int result) {
        int index = HeartbeatQueue.indexOf(userData);
        HeartbeatQueue queue = index == NOBODY ? null : queues.get(index);
        if (queue != null) {
            queue.completed(userData, result);
            unreported = true;
        }
    }

    /** The routers send by themselves from now on; what was queued ends with the ring. */
    private void fail(@Nullable String why) {
        reason = "The kernel no longer sends advertisements by itself: " + why;
        String sentence = reason;
        background.execute(() -> LOG.warn("{} The VRRP thread sends them.", sentence));
        uring().close();
        ring = null;
        for (HeartbeatQueue queue : queues) {
            if (queue != null) {
                queue.disable();
            }
        }
    }

    private IoUring uring() {
        IoUring uring = ring;
        if (uring == null) {
            throw new IllegalStateException("There is no io_uring any more.");
        }
        return uring;
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The advertisements of one router that the kernel is going to send. Each is a wait for its time, linked to a send for each
 * destination.
 */
final class HeartbeatQueue implements AutoCloseable {
    // User data of a request: whose it is, which of a slot's requests, and which slot. All waits of
    // a router have the same, so that they can be cancelled together.
    private static final int INDEX_SHIFT = 32;
    private static final int KIND_SHIFT = 30;
    private static final long WAIT = 0;
    private static final long SEND = 1;
    private static final long LAST_SEND = 2;
    private static final long SLOT_MASK = (1L << KIND_SHIFT) - 1;

    /** After this long another attempt is made to queue what could not be. */
    private static final long RETRY_NANOS = 1_000_000L;

    private final Heartbeat heartbeat;
    private final long owner;
    private final VirtualRouter router;
    private final IntConsumer results;
    private @Nullable LaterSends sends;
    private @Nullable HeartbeatMemory memory;
    private long[] dueNanos = {};
    private boolean[] taken = {};
    private int opening;
    private int next;
    private int outstanding;
    private long retryNanos;
    private int sent;
    private long lastSentNanos;
    private boolean hasResult;
    private int result;

    /**
     * @param index of this queue among those of the heartbeat
     * @param results told 0 or a negated errno when something was sent
     */
    HeartbeatQueue(Heartbeat heartbeat, int index, VirtualRouter router, IntConsumer results) {
        this.heartbeat = heartbeat;
        this.owner = (long) index << INDEX_SHIFT;
        this.router = router;
        this.results = results;
    }

    static int indexOf(long userData) {
        return (int) (userData >>> INDEX_SHIFT);
    }

    /** The user data of the waits. */
    long waits() {
        return owner | WAIT << KIND_SHIFT;
    }

    /**
     * Sends as that configuration says from now on; nothing is queued at that time.
     *
     * @param by null if nothing can be queued for the port
     */
    void prepare(@Nullable LaterSends by, VirtualRouterConfig config) {
        close();
        int slots = heartbeat.slots(config.advertisementIntervalNanos());
        if (by == null || slots == 0) {
            return;
        }
        int perSlot = by.count(config.destinations());
        if (perSlot > 0 && heartbeat.fits(1 + perSlot)) {
            sends = by;
            memory = new HeartbeatMemory(slots, perSlot, by.addressSize(), config);
            dueNanos = new long[slots];
            taken = new boolean[slots];
            next = 0;
        }
    }

    /** When it is to be filled up: with several at a time if they follow each other closely, which spares the thread wake-ups. */
    long nextFillNanos() {
        long due = router.nextAdvertisementNanos();
        return sends == null || due == VirtualRouter.NO_DEADLINE
                ? VirtualRouter.NO_DEADLINE
                : Math.max(
                        retryNanos,
                        due
                                - heartbeat.leastAheadNanos(
                                        router.config().advertisementIntervalNanos()));
    }

    /** Queues what is to be sent within the tolerance from now. */
    void fill(long nowNanos) {
        long due = router.nextAdvertisementNanos();
        LaterSends by = sends;
        HeartbeatMemory slots = memory;
        // What is late already the router sends by itself, if it still should.
        if (by == null || slots == null || due <= nowNanos || nextFillNanos() > nowNanos) {
            return;
        }
        if (outstanding == 0) {
            opening = by.open();
            if (opening < 0) {
                // The router sends that one by itself, or finds out why it cannot.
                retryNanos = due;
                return;
            }
            slots.point(by, router.config().destinations());
        }
        int count = 0;
        long interval = router.config().advertisementIntervalNanos();
        long bound = nowNanos + heartbeat.toleranceNanos();
        for (; due <= bound && !taken[next]; due += interval) {
            if (!heartbeat.makeRoom(1 + slots.perSlot())) {
                return;
            }
            put(by, slots, due);
            next = (next + 1) % taken.length;
            count++;
        }
        if (count == 0) {
            retryNanos = nowNanos + RETRY_NANOS;
        } else if (heartbeat.submit()) {
            router.handleAdvertisementsQueued(count, nowNanos);
        }
    }

    private void put(LaterSends by, HeartbeatMemory slots, long due) {
        int slot = next;
        dueNanos[slot] = due;
        taken[slot] = true;
        outstanding++;
        UringRequest.putTimeout(
                heartbeat.requests(),
                heartbeat.nextRequest(),
                slots.putTime(slot, due),
                UringRequest.LINK | UringRequest.SKIP_SUCCESS,
                waits());
        Destinations destinations = router.config().destinations();
        int last = slots.perSlot() - 1;
        for (int i = 0; i <= last; i++) {
            int length =
                    router.encode(
                            router.nextAdvertisement(),
                            by.destination(destinations, i),
                            due,
                            slots.message(slot, i));
            UringRequest.putSend(
                    heartbeat.requests(),
                    heartbeat.nextRequest(),
                    by.fd(),
                    slots.putLength(slot, i, length),
                    by.flags() | Sockets.MSG_DONTWAIT,
                    i == last ? 0 : UringRequest.HARD_LINK | UringRequest.SKIP_SUCCESS,
                    owner | (i == last ? LAST_SEND : SEND) << KIND_SHIFT | slot);
        }
    }

    /** Whether what is queued goes nowhere, because its interface or its address is another one now. */
    boolean isLost() {
        LaterSends by = sends;
        return outstanding > 0 && by != null && !by.isCurrent(opening);
    }

    /** Has nothing more of it sent. */
    void cancel() {
        if (outstanding > 0) {
            heartbeat.cancel(this);
        }
    }

    boolean isEmpty() {
        return outstanding == 0;
    }

    /** The kernel will send nothing of it any more, and nothing can be queued again. */
    void disable() {
        outstanding = 0;
        sends = null;
    }

    /** Takes what became of one of its requests. */
    void completed(long userData, int outcome) {
        long kind = userData >>> KIND_SHIFT & 3;
        if (kind == WAIT) {
            // It was cancelled, and what was linked to it with it, of which nothing is told.
            outstanding--;
        } else {
            noteResult(outcome);
            if (kind == LAST_SEND) {
                int slot = (int) (userData & SLOT_MASK);
                outstanding--;
                taken[slot] = false;
                sent++;
                lastSentNanos = Math.max(lastSentNanos, dueNanos[slot]);
            }
        }
        if (outstanding == 0) {
            Arrays.fill(taken, false);
        }
    }

    private void noteResult(int outcome) {
        hasResult = true;
        if (outcome < 0) {
            result = outcome;
            LaterSends by = sends;
            if (by != null) {
                by.failed();
            }
        }
    }

    /** Tells the router what was sent since the last time; returns how many. */
    int report() {
        int count = sent;
        if (count > 0) {
            sent = 0;
            router.handleAdvertisementsSent(count, lastSentNanos);
        }
        if (hasResult) {
            int told = result;
            hasResult = false;
            result = 0;
            results.accept(told);
        }
        return count;
    }

    @Override
    public void close() {
        cancel();
        sends = null;
        HeartbeatMemory slots = memory;
        memory = null;
        if (slots != null) {
            slots.close();
        }
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.ConnectAttempts;
import io.evenkeel.lb.ConnectionFacts;
import io.evenkeel.lb.Lease;
import io.evenkeel.lb.QueuePlace;
import io.evenkeel.lb.Refusal;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.StickyServers;
import io.evenkeel.lb.Waiter;
import io.netty.util.concurrent.EventExecutor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a server for one session: asks its backend, waits in the queue if that helps, and keeps what the choice depends on. Used by
 * the session's loop alone, but for what {@link Waiter} asks.
 */
final class ServerSearch implements Waiter {
    private final EventExecutor loop;
    private final Backend backend;
    private final SessionTimes times;
    private final Listener listener;
    private final long balanceKey;
    private final @Nullable SessionStickiness sticky;
    private volatile List<Server> avoided = List.of();
    private @Nullable QueuePlace place;
    private boolean queued;
    private boolean stopped;

    /** Hears of the end of a search. */
    interface Listener {
        /** The lease is the listener's from now on. */
        void onFound(Lease lease);

        /** There is none. */
        void onNoneFound(TerminationCause cause);

        /** What followed from an answer has failed. */
        void onBug(Throwable bug);
    }

    ServerSearch(
            EventExecutor loop,
            Upstream upstream,
            ClientAddresses client,
            @Nullable ConnectionFacts facts,
            SessionTimes times,
            Listener listener) {
        this.loop = loop;
        this.backend = upstream.backend();
        this.balanceKey = upstream.balanceKey(client, facts);
        StickyServers rules = upstream.sticky();
        this.sticky =
                rules == null
                        ? null
                        : new SessionStickiness(
                                rules, client, facts == null ? null : facts.serverName());
        this.times = times;
        this.listener = listener;
    }

    /** The attempts of a connection whose server follows from a sticky entry or a hash are others than those of one whose turn it was. */
    ConnectAttempts attempts() {
        boolean persistent = stickyServer() != null || backend.config().balance().isDeterministic();
        return new ConnectAttempts(backend.config(), persistent);
    }

    /** The listener hears at once, or later if the session {@link #isQueued()} after that. */
    void start() {
        if (stopped) {
            return;
        }
        long now = System.nanoTime();
        Lease picked = backend.pick(this, now);
        if (picked != null) {
            take(picked);
        } else if (stickyServer() == null && backend.refusal() == Refusal.NONE_USABLE) {
            listener.onNoneFound(TerminationCause.NO_SERVER);
        } else {
            queued = true;
            times.queued();
            place = backend.enqueue(this, now);
        }
    }

    /** Looks for another server than those that failed, unless there is none. */
    void leave(List<Server> failed) {
        avoided = List.copyOf(failed);
        SessionStickiness stick = sticky;
        if (stick != null) {
            stick.leave();
        }
    }

    /** The session has reached its server. */
    void connected(Server server) {
        SessionStickiness stick = sticky;
        if (stick != null) {
            stick.connected(server);
        }
    }

    /** Whether it waits. */
    boolean isQueued() {
        return queued;
    }

    /** Nobody wants a server any more. */
    void stop() {
        stopped = true;
        QueuePlace left = place;
        if (left != null) {
            left.leave();
        }
        dequeue();
    }

    private void dequeue() {
        if (queued) {
            queued = false;
            place = null;
            times.dequeued();
        }
    }

    private void take(Lease picked) {
        SessionStickiness stick = sticky;
        try {
            if (stick == null || stick.mayTake(picked.server(), avoided)) {
                listener.onFound(picked);
                return;
            }
        } catch (Throwable e) {
            // Nobody may know of it yet.
            picked.close(System.nanoTime());
            throw e;
        }
        picked.close(System.nanoTime());
        start();
    }

    @Override
    public long balanceKey() {
        return balanceKey;
    }

    @Override
    public @Nullable Server stickyServer() {
        SessionStickiness stick = sticky;
        return stick == null ? null : stick.server();
    }

    @Override
    public List<Server> avoided() {
        return avoided;
    }

    @Override
    public void onServer(Lease given) {
        loop.execute(() -> onAnswer(given));
    }

    private void onAnswer(Lease given) {
        if (stopped) {
            given.close(System.nanoTime());
            return;
        }
        try {
            dequeue();
            take(given);
        } catch (Throwable e) {
            listener.onBug(e);
        }
    }

    @Override
    public void onRefused(Refusal cause) {
        loop.execute(
                () -> {
                    if (!stopped) {
                        dequeue();
                        listener.onNoneFound(
                                cause == Refusal.QUEUE_FULL
                                        ? TerminationCause.QUEUE_FULL
                                        : TerminationCause.NO_SERVER);
                    }
                });
    }
}

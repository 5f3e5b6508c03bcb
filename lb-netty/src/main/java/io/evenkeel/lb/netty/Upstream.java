package io.evenkeel.lb.netty;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.Hash64;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Lease;
import io.evenkeel.lb.Refusal;
import io.evenkeel.lb.Server;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A backend and the sessions that wait for one of its servers, first come first served. Safe for any thread. */
final class Upstream implements BackendObserver {
    private static final long DEFAULT_QUEUE_TIMEOUT_NANOS = 5_000_000_000L;

    private final Backend backend;
    private final ServerAddresses addresses;
    private final Map<Server, Runnable> errorListeners = new ConcurrentHashMap<>();
    private final Queue<Session> waiting = new ArrayDeque<>();
    private volatile boolean anyWaiting;

    Upstream(Backend backend, ServerAddresses addresses) {
        this.backend = backend;
        this.addresses = addresses;
        backend.addObserver(this);
    }

    Backend backend() {
        return backend;
    }

    ServerAddresses addresses() {
        return addresses;
    }

    /** How long a session waits at most: the queue timeout, else the connect timeout, else 5 s. */
    long queueTimeoutNanos() {
        long queue = backend.config().queueTimeoutNanos();
        if (queue > 0) {
            return queue;
        }
        long connect = backend.config().connectTimeoutNanos();
        return connect > 0 ? connect : DEFAULT_QUEUE_TIMEOUT_NANOS;
    }

    /** A server at once, or null: {@link #waitingHelps} says whether waiting may help. */
    @Nullable Lease pick(Session session) {
        // Whoever waits already comes first.
        return anyWaiting ? null : pickFor(session);
    }

    private @Nullable Lease pickFor(Session session) {
        long nowNanos =
                backend.config().balance().latencyHalfLifeNanos() == 0 ? 0 : System.nanoTime();
        return backend.pick(session.balanceKey(), nowNanos, session.avoided());
    }

    /** What the balance goes by, of a client. */
    long balanceKey(InetSocketAddress client) {
        return backend.config().balance().key() == BalanceKey.SOURCE
                ? Hash64.of(client.getAddress().getAddress(), 0)
                : 0;
    }

    /** Has the listener told when so many connects to the server failed in a row as its configuration says; on any thread. */
    void onErrors(Server server, Runnable listener) {
        errorListeners.put(server, listener);
    }

    /** Takes what became of a connect. */
    void observe(Server server, boolean connected) {
        if (server.observe(connected)) {
            Runnable listener = errorListeners.get(server);
            if (listener != null) {
                listener.run();
            }
        }
    }

    boolean waitingHelps() {
        return anyWaiting || backend.refusal() != Refusal.NONE_USABLE;
    }

    /** {@link Session#answer} follows, unless the session leaves before. */
    void enqueue(Session session) {
        synchronized (waiting) {
            waiting.add(session);
            anyWaiting = true;
        }
        // A slot may have become free before the session was in the queue.
        serveWaiting();
    }

    /** The session does not wait any more. */
    void leave(Session session) {
        synchronized (waiting) {
            waiting.remove(session);
            anyWaiting = !waiting.isEmpty();
        }
    }

    /** Gives a slot back; the next in the queue gets it. */
    void release(Lease lease) {
        lease.close();
        if (anyWaiting) {
            serveWaiting();
        }
    }

    private void serveWaiting() {
        synchronized (waiting) {
            Session first;
            while ((first = waiting.peek()) != null) {
                Lease lease = pickFor(first);
                if (lease == null && backend.refusal() != Refusal.NONE_USABLE) {
                    break;
                }
                waiting.remove();
                first.answer(lease);
            }
            anyWaiting = !waiting.isEmpty();
        }
    }

    @Override
    public void onHealthChange(Backend source, Server server, HealthTransition transition) {
        changed();
    }

    @Override
    public void onAdminStateChange(
            Backend source, Server server, AdminState before, AdminState now) {
        changed();
    }

    @Override
    public void onCapacityChange(Backend source, Server server) {
        changed();
    }

    private void changed() {
        if (anyWaiting) {
            serveWaiting();
        }
    }
}

package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A backend at work: picks servers, and hears from the checks which of them are well.
 *
 * <p>Safe for use by any thread. A pick takes no lock; changes of health are made one at a time.
 *
 * <pre>{@code
 * Lease lease = backend.pick(null);
 * if (lease == null) { ... backend.refusal() says why ... }
 * connect(lease.server().config(), () -> lease.close());
 * }</pre>
 */
public final class Backend {
    private final BackendConfig config;
    private final List<Server> servers;
    private final CopyOnWriteArrayList<BackendObserver> observers = new CopyOnWriteArrayList<>();
    private volatile Pool pool;

    /** A backend whose checked servers wait for their first check. */
    public Backend(BackendConfig config) {
        this.config = config;
        long halfLife = config.balance().latencyHalfLifeNanos();
        servers = config.servers().stream().map(s -> new Server(s, halfLife)).toList();
        pool = Pool.of(config, servers, null);
    }

    /** What was configured. */
    public BackendConfig config() {
        return config;
    }

    /** The configured name. */
    public String name() {
        return config.name();
    }

    /** All servers, usable or not, in the order of the configuration. */
    public List<Server> servers() {
        return servers;
    }

    /** The server of that name, or null. */
    public @Nullable Server server(String name) {
        for (Server server : servers) {
            if (server.name().equals(name)) {
                return server;
            }
        }
        return null;
    }

    /** The servers that may be picked now. */
    public Pool pool() {
        return pool;
    }

    /** Whether any server may be picked now. */
    public boolean hasUsable() {
        return pool.usableCount() > 0;
    }

    /** Whether no server may be picked yet, but the first check of some has not ended. */
    public boolean awaitingFirstChecks() {
        Pool now = pool;
        return now.usableCount() == 0 && now.awaitingFirstCheck();
    }

    /**
     * Picks a server for a connection.
     *
     * @param avoid a server to take only if there is no other, such as one that has just refused
     * @return null if there is none now; {@link #refusal()} says why
     */
    public @Nullable Lease pick(@Nullable Server avoid) {
        return pickAvoiding(avoid == null ? List.of() : List.of(avoid));
    }

    /**
     * Picks a server for a connection that several servers have failed already.
     *
     * @param avoid servers to take only if there is no other, the one to come back to first in front;
     *     {@link ConnectAttempts#failed()} is such a list
     * @return null if there is none now; {@link #refusal()} says why
     */
    public @Nullable Lease pickAvoiding(List<Server> avoid) {
        return pick(0, 0, avoid);
    }

    /**
     * Picks a server for a connection.
     *
     * @param key what the balance goes by, hashed such as with {@link Hash64}; 0 if {@link Balance#key()} is {@link BalanceKey#NONE}
     * @param nowNanos monotonic time, or 0 if {@link Balance#latencyHalfLifeNanos()} is 0
     * @param avoid as in {@link #pickAvoiding}
     * @return null if there is none now; {@link #refusal()} says why
     */
    public @Nullable Lease pick(long key, long nowNanos, List<Server> avoid) {
        while (true) {
            Pool now = pool;
            Server server = now.acquire(key, nowNanos, avoid);
            if (server != null) {
                return new Lease(server);
            }
            if (now == pool) {
                return null;
            }
        }
    }

    /**
     * Why a pick that gave null did so. It looks at the present, so when a server has become usable
     * since then the answer is {@link Refusal#ALL_FULL}: another pick may do.
     */
    public Refusal refusal() {
        Pool now = pool;
        if (now.usableCount() > 0) {
            return Refusal.ALL_FULL;
        }
        return now.awaitingFirstCheck() ? Refusal.AWAITING_FIRST_CHECK : Refusal.NONE_USABLE;
    }

    /**
     * Puts a change of health into effect: from its return on no pick gives a server that is down.
     *
     * @param server one of {@link #servers()}
     * @param transition what {@link HealthCheck#onResult} returned
     * @throws IllegalArgumentException if the server belongs to another backend
     */
    public synchronized void apply(Server server, HealthTransition transition) {
        Objects.requireNonNull(transition, "transition");
        requireOwn(server);
        server.setHealth(transition.to());
        changed(observer -> observer.onHealthChange(this, server, transition));
    }

    /**
     * Takes a server into use, lets it run empty, or takes it out. From its return on, no pick gives a server that is not
     * {@link AdminState#READY}.
     *
     * @throws IllegalArgumentException if the server belongs to another backend
     */
    public synchronized void setAdminState(Server server, AdminState state) {
        Objects.requireNonNull(state, "state");
        requireOwn(server);
        AdminState before = server.adminState();
        if (before != state) {
            server.setAdminState(state);
            changed(observer -> observer.onAdminStateChange(this, server, before, state));
        }
    }

    /**
     * Gives a server another share of the connections from now on.
     *
     * @param weight 0 to {@link ServerConfig#MAX_WEIGHT}; 0: none
     * @throws IllegalArgumentException if the server belongs to another backend, or there is no such weight
     */
    public synchronized void setWeight(Server server, int weight) {
        requireOwn(server);
        if (weight < 0 || weight > ServerConfig.MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "A weight is 0 to " + ServerConfig.MAX_WEIGHT + ", not " + weight);
        }
        if (weight != server.weight()) {
            server.setWeight(weight);
            changed(observer -> observer.onCapacityChange(this, server));
        }
    }

    /**
     * Gives a server another limit from now on; connections above it go on.
     *
     * @param maxConnections at a time, or 0 for no limit
     * @throws IllegalArgumentException if the server belongs to another backend, or the number is negative
     */
    public synchronized void setMaxConnections(Server server, int maxConnections) {
        requireOwn(server);
        if (maxConnections < 0) {
            throw new IllegalArgumentException(
                    "A number of connections is not negative: " + maxConnections);
        }
        if (maxConnections != server.maxConnections()) {
            server.setMaxConnections(maxConnections);
            changed(observer -> observer.onCapacityChange(this, server));
        }
    }

    private void requireOwn(Server server) {
        if (!servers.contains(server)) {
            throw new IllegalArgumentException(
                    "Server " + server + " is not one of " + config + "; ask its own");
        }
    }

    /** Makes the pool anew, and tells the observers of the cause first and then of what follows from it. */
    private void changed(Consumer<BackendObserver> cause) {
        Pool before = pool;
        Pool next = Pool.of(config, servers, before);
        pool = next;
        List<RuntimeException> failures = new ArrayList<>();
        tell(cause, failures);
        if (next.isFailOpen() != before.isFailOpen()) {
            tell(observer -> observer.onFailOpenChange(this, next.isFailOpen()), failures);
        }
        int was = before.usableCount();
        int now = next.usableCount();
        if (now != was) {
            tell(observer -> observer.onUsableCountChange(this, was, now), failures);
        }
        if (!failures.isEmpty()) {
            RuntimeException first = failures.remove(0);
            failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    /** Adds an observer; it hears of changes from now on. */
    public void addObserver(BackendObserver observer) {
        observers.add(Objects.requireNonNull(observer, "observer"));
    }

    /** Removes an observer; nothing happens if it is not there. */
    public void removeObserver(BackendObserver observer) {
        observers.remove(observer);
    }

    /** One observer's failure must not keep the others from hearing. */
    private void tell(Consumer<BackendObserver> event, List<RuntimeException> failures) {
        for (BackendObserver observer : observers) {
            try {
                event.accept(observer);
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
    }

    /** {@code backend name}. */
    @Override
    public String toString() {
        return config.toString();
    }
}

package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A backend at work: picks servers, lets connections wait for one, and hears from the checks which of them are well.
 *
 * <p>Safe for use by any thread. A pick takes no lock; changes are made one at a time. Times are monotonic nanoseconds, of one
 * origin.
 *
 * <pre>{@code
 * Lease lease = backend.pick(request, nowNanos);
 * if (lease == null) {
 *     if (backend.refusal() == Refusal.NONE_USABLE) { ... }
 *     else { place = backend.enqueue(waiter, nowNanos); ... place.leave() when the wait is too long }
 * }
 * connect(lease.server().config(), () -> lease.close(nowNanos));
 *
 * // and whenever it is backend.nextDeadlineNanos():
 * backend.advance(nowNanos);
 * }</pre>
 */
public final class Backend {
    /** There is no deadline. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final List<Consumer<BackendObserver>> NOTHING =
            Collections.unmodifiableList(new ArrayList<>());

    private final BackendLoad load = new BackendLoad();
    private final BackendObservers observers = new BackendObservers();
    private final Picker picker;
    private final WaitingLine line;
    private volatile BackendConfig config;
    private volatile List<Server> servers;
    private volatile List<Server> leaving = List.of();
    private volatile Pool pool;
    private volatile long latestNanos;

    /** A backend whose checked servers wait for their first check. */
    public Backend(BackendConfig config) {
        this(config, null);
    }

    /** The same, with somebody who watches for leases that are not closed, or nobody. */
    public Backend(BackendConfig config, @Nullable LeaseLeaks leaks) {
        this.config = config;
        load.configure(config);
        servers = new Membership(load, List.of(), config).servers();
        pool = PoolBuilder.build(config, servers, load, null);
        picker = new Picker(this, load, observers, leaks);
        line = picker.line();
    }

    /** What is configured. */
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

    /** Servers that were removed and still have connections. */
    public List<Server> leaving() {
        return leaving.stream().filter(server -> server.inFlight() > 0).toList();
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
     * @return null if there is none now; {@link #refusal()} says why
     */
    public @Nullable Lease pick(PickRequest request, long nowNanos) {
        Lease lease = new Lease();
        return pick(request, nowNanos, lease) ? lease : null;
    }

    /**
     * Picks a server for a connection.
     *
     * @param lease one that is closed, to hold the slot
     * @return false if there is none now; {@link #refusal()} says why
     */
    public boolean pick(PickRequest request, long nowNanos, Lease lease) {
        return picker.pick(request, nowNanos, lease);
    }

    Picker picker() {
        return picker;
    }

    long latestNanos() {
        return latestNanos;
    }

    /**
     * Why a pick that gave none did so. It looks at the present, so when a server has become usable
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
     * Lets a connection wait for a server, behind those that wait already. It may be answered before this returns. How long it waits at
     * most is the caller's to see to; {@link BackendConfig#queueTimeoutNanos()} says what was configured.
     *
     * @return its place, to leave when it no longer wants a server
     */
    public QueuePlace enqueue(Waiter waiter, long nowNanos) {
        latestNanos = nowNanos;
        QueuePlace place = line.join(waiter, nowNanos);
        observers.queued(this, line.length());
        return place;
    }

    /** How many connections wait. */
    public int queueLength() {
        return line.length();
    }

    /**
     * Puts a change of health into effect: from its return on no pick gives a server that is down. Nothing happens to one that was removed.
     *
     * @param server one of {@link #servers()}
     * @param transition what {@link HealthCheck#onResult} returned
     * @throws IllegalArgumentException if the server belongs to another backend
     */
    public void apply(Server server, HealthTransition transition, long nowNanos) {
        Objects.requireNonNull(transition, "transition");
        change(
                server,
                nowNanos,
                () -> {
                    server.setHealth(transition.to());
                    server.startRampIfReturning(nowNanos);
                    return List.of(o -> o.onHealthChange(this, server, transition));
                });
    }

    /**
     * Takes a server into use, lets it run empty, or takes it out. From its return on, no pick gives a server that is not
     * {@link AdminState#READY}, but to a connection that has it as its {@link PickRequest#stickyServer()}.
     *
     * @throws IllegalArgumentException if the server belongs to another backend
     */
    public void setAdminState(Server server, AdminState state, long nowNanos) {
        Objects.requireNonNull(state, "state");
        change(
                server,
                nowNanos,
                () -> {
                    AdminState before = server.adminState();
                    if (before == state) {
                        return NOTHING;
                    }
                    server.setAdminState(state);
                    server.startRampIfReturning(nowNanos);
                    return List.of(o -> o.onAdminStateChange(this, server, before, state));
                });
    }

    /**
     * Gives a server another share of the connections from now on.
     *
     * @param weight 0 to {@link ServerConfig#MAX_WEIGHT}; 0: none
     * @throws IllegalArgumentException if the server belongs to another backend, or there is no such weight
     */
    public void setWeight(Server server, int weight, long nowNanos) {
        if (weight < 0 || weight > ServerConfig.MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "A weight is 0 to " + ServerConfig.MAX_WEIGHT + ", not " + weight);
        }
        change(
                server,
                nowNanos,
                () -> {
                    if (weight == server.weight()) {
                        return NOTHING;
                    }
                    server.setWeight(weight);
                    return List.of(o -> o.onCapacityChange(this, server));
                });
    }

    /**
     * Gives a server another limit from now on; connections above it go on.
     *
     * @param maxConnections at a time, or 0 for no limit
     * @throws IllegalArgumentException if the server belongs to another backend, or the number is negative
     */
    public void setMaxConnections(Server server, int maxConnections, long nowNanos) {
        if (maxConnections < 0) {
            throw new IllegalArgumentException(
                    "A number of connections is not negative: " + maxConnections);
        }
        change(
                server,
                nowNanos,
                () -> {
                    if (maxConnections == server.maxConnections()) {
                        return NOTHING;
                    }
                    server.setMaxConnections(maxConnections);
                    return List.of(o -> o.onCapacityChange(this, server));
                });
    }

    /**
     * Takes what the agent of a server says: one that is down by its agent is not used, whatever its checks say.
     *
     * @param cause why, for people
     * @throws IllegalArgumentException if the server belongs to another backend
     */
    public void setAgentDown(Server server, boolean down, String cause, long nowNanos) {
        change(
                server,
                nowNanos,
                () -> {
                    if (server.isAgentDown() == down) {
                        return NOTHING;
                    }
                    server.setAgentDown(down);
                    server.startRampIfReturning(nowNanos);
                    return List.of(o -> o.onAgentChange(this, server, down, cause));
                });
    }

    /**
     * Takes where a server is whose name was resolved. At another address it is checked anew, as one that has just come; without one it is
     * out of use. The connections that it has go on.
     *
     * @param address null if its name has none for it
     * @param cause why, for people
     * @throws IllegalArgumentException if the server belongs to another backend
     */
    public void setAddress(
            Server server, @Nullable ServerAddress address, String cause, long nowNanos) {
        change(
                server,
                nowNanos,
                () -> {
                    ServerAddress before = server.address();
                    if (Objects.equals(before, address)) {
                        if (address == null) {
                            // Its name is known: whoever comes to this place has not been there.
                            server.setJoined();
                        }
                        return NOTHING;
                    }
                    server.setAddress(address);
                    server.startRampIfReturning(nowNanos);
                    return List.of(o -> o.onAddressChange(this, server, before, address, cause));
                });
    }

    /**
     * Leaves a server out for how its connections go, or takes it in again; it is then used if it is well and wanted.
     *
     * @param cause why, for people
     * @throws IllegalArgumentException if the server belongs to another backend
     */
    public void setEjected(Server server, boolean ejected, String cause, long nowNanos) {
        change(
                server,
                nowNanos,
                () -> {
                    if (server.isEjected() == ejected) {
                        return NOTHING;
                    }
                    server.setEjected(ejected);
                    server.startRampIfReturning(nowNanos);
                    return List.of(o -> o.onEjectionChange(this, server, ejected, cause));
                });
    }

    /**
     * Takes another configuration. A server of the same name and address is the same: it keeps its health, its connections and its turn,
     * and what people have set at run time unless just that is configured otherwise. One that is no longer there gets no connection
     * more, and those it has go on.
     *
     * @throws IllegalArgumentException if the name is another
     */
    public void update(BackendConfig next, long nowNanos) {
        if (!next.name().equals(name())) {
            throw new IllegalArgumentException(
                    "The new configuration is for "
                            + next
                            + " and this is "
                            + config
                            + "; a backend keeps its name");
        }
        change(() -> reconfigure(next, nowNanos), nowNanos);
    }

    private List<Consumer<BackendObserver>> reconfigure(BackendConfig next, long nowNanos) {
        Membership membership = new Membership(load, servers, next);
        List<Consumer<BackendObserver>> events = new ArrayList<>();
        for (Server server : membership.configured()) {
            server.startRampIfReturning(nowNanos);
            events.add(o -> o.onServerConfigured(this, server));
        }
        List<Server> gone = new ArrayList<>(leaving());
        gone.addAll(membership.removed());
        membership.removed().forEach(s -> events.add(o -> o.onServerRemoved(this, s)));
        load.configure(next);
        membership.servers().forEach(Server::lowerLevel);
        config = next;
        servers = membership.servers();
        leaving = List.copyOf(gone);
        return events;
    }

    /**
     * Does what time brings: servers that start slowly come further.
     *
     * @see #nextDeadlineNanos()
     */
    public void advance(long nowNanos) {
        change(
                () -> {
                    List<Consumer<BackendObserver>> events = new ArrayList<>();
                    for (Server server : servers) {
                        if (server.advanceRamp(nowNanos)) {
                            events.add(o -> o.onCapacityChange(this, server));
                        }
                    }
                    return events.isEmpty() ? NOTHING : events;
                },
                nowNanos);
    }

    /** When {@link #advance} is to be called, or {@link #NO_DEADLINE}. Every change may bring it nearer. */
    public synchronized long nextDeadlineNanos() {
        long next = NO_DEADLINE;
        for (Server server : servers) {
            Ramp ramp = server.ramp();
            if (!ramp.isOver() && (next == NO_DEADLINE || ramp.nextNanos() - next < 0)) {
                next = ramp.nextNanos();
            }
        }
        return next;
    }

    private interface Change {
        /** What to tell; {@link #NOTHING} if nothing changed. */
        List<Consumer<BackendObserver>> make();
    }

    private void change(Server server, long nowNanos, Change change) {
        change(
                () -> {
                    if (server.isRemoved()) {
                        return NOTHING;
                    }
                    if (!servers.contains(server)) {
                        throw new IllegalArgumentException(
                                "Server " + server + " is not one of " + config + "; ask its own");
                    }
                    return change.make();
                },
                nowNanos);
    }

    /** Makes a change and the pool anew; tells the observers of it, then of what follows; then serves those that wait. */
    private void change(Change change, long nowNanos) {
        latestNanos = nowNanos;
        try {
            synchronized (this) {
                List<Consumer<BackendObserver>> made = change.make();
                if (made == NOTHING) {
                    return;
                }
                List<Consumer<BackendObserver>> events = new ArrayList<>(made);
                Pool before = pool;
                Pool next = PoolBuilder.build(config, servers, load, before);
                pool = next;
                if (next.isFailOpen() != before.isFailOpen()) {
                    events.add(o -> o.onFailOpenChange(this, next.isFailOpen()));
                }
                int was = before.usableCount();
                int now = next.usableCount();
                if (now != was) {
                    events.add(o -> o.onUsableCountChange(this, was, now));
                }
                observers.tell(events);
            }
        } finally {
            line.rearrange(nowNanos);
        }
    }

    /** Adds an observer; it hears of changes from now on. */
    public void addObserver(BackendObserver observer) {
        observers.add(observer);
    }

    /** Removes an observer; nothing happens if it is not there. */
    public void removeObserver(BackendObserver observer) {
        observers.remove(observer);
    }

    /** {@code backend name}. */
    @Override
    public String toString() {
        return config.toString();
    }
}

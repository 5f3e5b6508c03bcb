package io.evenkeel.lb;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A server at work: its health and how many connections it has. The counters belong to the server
 * and not to a {@link Pool}, so they outlive every change of the pool. Safe for use by any thread.
 *
 * <p>A change is seen here a moment before the pool follows: whether picks find a server again is {@link Backend#hasUsable()}'s to say,
 * and {@link BackendObserver} tells of a change when both are made.
 */
public final class Server {
    // In the object itself, since some algorithms look at all servers for each choice.
    private static final AtomicLongFieldUpdater<Server> CONNECTIONS =
            AtomicLongFieldUpdater.newUpdater(Server.class, "connections");
    // Both counters in one word, so that a pick is one write: in the lower bits the connections
    // now,
    // in the upper ones the picks so far.
    private static final int PICKS_SHIFT = 24;
    private static final long IN_FLIGHT_MASK = (1L << PICKS_SHIFT) - 1;
    private static final long ONE_PICK = (1L << PICKS_SHIFT) + 1;

    private static final AtomicIntegerFieldUpdater<Server> CONNECTED =
            AtomicIntegerFieldUpdater.newUpdater(Server.class, "connected");

    private static final AtomicIntegerFieldUpdater<Server> ERRORS =
            AtomicIntegerFieldUpdater.newUpdater(Server.class, "errors");

    private final BackendLoad load;
    private final Ramp ramp = new Ramp();
    private volatile ServerConfig config;
    private volatile int errorLimit;
    private volatile @Nullable LatencyAverage latency;
    private volatile long latencyHalfLifeNanos;
    private volatile AdminState adminState;
    private volatile int weight;
    private volatile int maxConnections;
    private volatile long connections;
    private volatile int connected;
    private volatile int errors;
    private volatile HealthState health;
    private volatile int waiting;
    private volatile boolean removed;
    private volatile boolean running;
    private volatile boolean wanted;
    private volatile @Nullable LeastLevel level;
    private boolean returning;
    private volatile boolean agentDown;
    private volatile boolean ejected;
    private volatile @Nullable ServerAddress address;
    private volatile int addressChanges;

    /**
     * @param latencyHalfLifeNanos 0 to measure no latency
     */
    Server(ServerConfig config, BackendLoad load, long latencyHalfLifeNanos) {
        this.config = config;
        this.load = load;
        measureLatency(latencyHalfLifeNanos);
        errorLimit = errorLimit(config);
        adminState = config.disabled() ? AdminState.MAINTENANCE : AdminState.READY;
        returning = config.disabled();
        weight = config.weight();
        maxConnections = config.maxConnections();
        health = initialHealth(config);
        judge();
    }

    private static HealthState initialHealth(ServerConfig config) {
        CheckConfig check = config.check();
        if (check != null) {
            return check.initialState().state();
        }
        return config.tracked() == null ? HealthState.UNCHECKED : HealthState.UNKNOWN;
    }

    private static int errorLimit(ServerConfig config) {
        CheckConfig check = config.check();
        Observation observation = check == null ? null : check.observation();
        return observation == null ? 0 : observation.errorLimit();
    }

    private void measureLatency(long halfLifeNanos) {
        latencyHalfLifeNanos = halfLifeNanos;
        latency = halfLifeNanos == 0 ? null : new LatencyAverage(halfLifeNanos);
    }

    /** Takes what differs; what people have changed at run time stays as it is unless the configuration of just that changes. */
    void reconfigure(ServerConfig next, long halfLifeNanos) {
        if (halfLifeNanos != latencyHalfLifeNanos) {
            measureLatency(halfLifeNanos);
        }
        ServerConfig before = config;
        config = next;
        if (next.resolution() == null) {
            address = null;
        }
        errorLimit = errorLimit(next);
        if (before.weight() != next.weight()) {
            setWeight(next.weight());
        }
        if (before.maxConnections() != next.maxConnections()) {
            setMaxConnections(next.maxConnections());
        }
        if (before.disabled() != next.disabled()) {
            setAdminState(next.disabled() ? AdminState.MAINTENANCE : AdminState.READY);
        }
        boolean asBefore =
                (before.check() == null) == (next.check() == null)
                        && (before.tracked() == null) == (next.tracked() == null);
        if (!asBefore) {
            health = initialHealth(next);
        }
        if (next.agent() == null) {
            // Nobody is left who could say that it is up again.
            agentDown = false;
        }
        judge();
    }

    /** What is configured. */
    public ServerConfig config() {
        return config;
    }

    /** Unique within the backend. */
    public String name() {
        return config.name();
    }

    /** What the checks say. */
    public HealthState health() {
        return health;
    }

    /** Whether its agent has said that it is down. */
    public boolean isAgentDown() {
        return agentDown;
    }

    /** Whether it is left out for how its connections go, see {@link OutlierDetector}. */
    public boolean isEjected() {
        return ejected;
    }

    /**
     * Where it is, if its name {@linkplain ServerConfig#resolution() is resolved} and has an address for it; null else. What has no
     * address is out of use.
     */
    public @Nullable ServerAddress address() {
        return address;
    }

    /** How many times it has got another address or lost it: a check that began before that says nothing about it now. */
    public int addressChanges() {
        return addressChanges;
    }

    /** Whether it is known where it is, as far as it is known here. */
    public boolean isResolved() {
        return address != null || config.resolution() == null;
    }

    /** What people have decided; at first what {@link ServerConfig#disabled()} says. */
    public AdminState adminState() {
        return adminState;
    }

    /** The share of the connections now; at first {@link ServerConfig#weight()}. */
    public int weight() {
        return weight;
    }

    /** Connections at a time, or 0 for no limit; at first {@link ServerConfig#maxConnections()}. */
    public int maxConnections() {
        return maxConnections;
    }

    /**
     * Connections at a time now: {@link #maxConnections()}, or less while the server starts slowly or the backend has few connections; 0
     * for no limit.
     */
    public int limit() {
        int most = maxConnections;
        if (most == 0) {
            return 0;
        }
        int least = config.minConnections();
        if (least > 0 && least < most) {
            most = load.between(least, most);
        }
        return ramp.of(most);
    }

    /** Connections that wait for this server and no other. */
    public int waiting() {
        return waiting;
    }

    /** Whether it is no longer one of its backend's, so that it only keeps the connections it has. */
    public boolean isRemoved() {
        return removed;
    }

    /** Connections now: leases that are not closed. */
    public int inFlight() {
        return (int) (connections & IN_FLIGHT_MASK);
    }

    /**
     * Connections now that are not made yet: leases that are neither {@link Lease#connected} nor closed. One that ends just now may be
     * among them.
     */
    public int connecting() {
        return Math.max(0, inFlight() - connected);
    }

    /** How many times the server was picked so far. */
    public long totalPicks() {
        return connections >>> PICKS_SHIFT;
    }

    /**
     * How long it takes, as an average of peaks that fades: see {@link Balance#peakEwma}.
     *
     * @param nowNanos monotonic time
     * @return nanoseconds; 0 if that is not known, or not measured in this backend
     */
    public double latencyNanos(long nowNanos) {
        LatencyAverage average = latency;
        return average == null ? 0 : average.nanos(nowNanos);
    }

    /**
     * Takes what became of a connect, for {@link CheckConfig#observation()}.
     *
     * @return true if it was the last of so many failures in a row: {@link HealthCheck#onErrors} is to be told, and they are counted
     *     anew
     */
    public boolean observe(boolean connected) {
        if (errorLimit == 0) {
            return false;
        }
        if (connected) {
            if (errors != 0) {
                errors = 0;
            }
            return false;
        }
        if (ERRORS.incrementAndGet(this) < errorLimit) {
            return false;
        }
        errors = 0;
        return true;
    }

    void observeLatency(long latencyNanos, long nowNanos) {
        LatencyAverage average = latency;
        if (average != null) {
            average.observe(latencyNanos, nowNanos);
        }
    }

    /** Whether it works, as far as checks, agent, connections and people know; it may still want no new connections. */
    public boolean isRunning() {
        return running;
    }

    /** Whether checks, agent and people take it to work; they may be wrong, see {@link #isEjected()}. */
    public boolean isUp() {
        HealthState now = health;
        return !removed
                && isResolved()
                && adminState != AdminState.MAINTENANCE
                && !agentDown
                && now != HealthState.DOWN
                && now != HealthState.UNKNOWN;
    }

    /** Whether it may get connections: wanted and running. */
    public boolean isUsable() {
        return wanted && running;
    }

    /** What servers hear that take over its health, see {@link ServerConfig#tracked()}: nothing while it is in maintenance or has no address. */
    public HealthState trackedHealth() {
        if (adminState == AdminState.MAINTENANCE || !isResolved()) {
            return HealthState.UNKNOWN;
        }
        if (agentDown) {
            return HealthState.DOWN;
        }
        return health == HealthState.UNCHECKED ? HealthState.UP : health;
    }

    /** Whether it is to get connections when it is well: ready, of a weight above 0, and not stopping by itself. */
    boolean isWanted() {
        return wanted;
    }

    /** Each pick asks for these; changes are rare. */
    private void judge() {
        running = isUp() && !ejected;
        wanted =
                adminState == AdminState.READY
                        && weight > 0
                        && !removed
                        && isResolved()
                        && health != HealthState.STOPPING;
    }

    /** Whether a connection that has a reason to be on it may be: it is up, though perhaps draining. */
    boolean acceptsSticky() {
        return isRunning();
    }

    boolean isAwaitingFirstCheck() {
        return isWanted() && health == HealthState.UNKNOWN && !agentDown;
    }

    /** Whether one connection more than these is within the limit, and nobody waits for it. */
    boolean hasRoom(int connections) {
        int most = limit();
        int mostConnecting = config.connect().maxConnecting();
        boolean unlimited = most == 0 && mostConnecting == 0;
        return unlimited || !isFull(connections, most, mostConnecting) && waiting == 0;
    }

    private boolean isFull(int connections, int most, int mostConnecting) {
        return most > 0 && connections >= most
                || mostConnecting > 0 && connections - connected >= mostConnecting;
    }

    /** Whether one more may wait for it. */
    boolean hasRoomToWait() {
        int most = config.maxQueue();
        return most == 0 || waiting < most;
    }

    Ramp ramp() {
        return ramp;
    }

    /** Whether it has come further since it returned. */
    boolean advanceRamp(long nowNanos) {
        boolean further = ramp.advance(nowNanos);
        if (further) {
            lowerLevel();
        }
        return further;
    }

    void setWaiting(int value) {
        waiting = value;
        if (value == 0) {
            lowerLevel();
        }
    }

    void setRemoved() {
        removed = true;
        judge();
        ramp.stop();
    }

    /** It was not there from the beginning, so it starts slowly. */
    void setJoined() {
        returning = true;
    }

    /** Starts slowly if it is back from being down, in maintenance or not there. Under the backend's monitor, as all changes. */
    void startRampIfReturning(long nowNanos) {
        if (!isRunning()) {
            ramp.stop();
        } else if (returning) {
            returning = false;
            ramp.start(nowNanos, config.slowStartNanos());
        }
    }

    void setAdminState(AdminState value) {
        adminState = value;
        returning |= value == AdminState.MAINTENANCE;
        judge();
    }

    void setWeight(int value) {
        weight = value;
        judge();
    }

    void setMaxConnections(int value) {
        maxConnections = value;
        lowerLevel();
    }

    void setHealth(HealthState value) {
        health = value;
        returning |= value == HealthState.DOWN;
        judge();
    }

    void setAgentDown(boolean value) {
        agentDown = value;
        returning |= value;
        judge();
    }

    /** At another address nothing of what is known about its health holds. */
    void setAddress(@Nullable ServerAddress value) {
        returning |= address != null;
        address = value;
        addressChanges++;
        if (config.tracked() == null) {
            health = initialHealth(config);
        }
        agentDown = false;
        errors = 0;
        measureLatency(latencyHalfLifeNanos);
        judge();
    }

    void setEjected(boolean value) {
        ejected = value;
        judge();
    }

    /** Takes a slot if one is free and nobody who comes first waits for it. */
    boolean tryAcquire(@Nullable QueuePlace place) {
        return isFreeFor(place) && tryTakeSlot();
    }

    /** Whether nobody who comes first waits for it. */
    boolean isFreeFor(@Nullable QueuePlace place) {
        return waiting == 0 || place != null && place.isBefore(this);
    }

    /**
     * Takes a slot if one is free; no limit is ever passed. Of connections under way neither: those connected are read after those in
     * flight, which are the same when the slot is taken; and a connection that ends is taken off those connected first.
     */
    boolean tryTakeSlot() {
        int most = limit();
        int mostConnecting = config.connect().maxConnecting();
        if (most == 0 && mostConnecting == 0) {
            CONNECTIONS.getAndAdd(this, ONE_PICK);
            return true;
        }
        long now;
        do {
            now = connections;
            if (isFull((int) (now & IN_FLIGHT_MASK), most, mostConnecting)) {
                return false;
            }
        } while (!CONNECTIONS.compareAndSet(this, now, now + ONE_PICK));
        return true;
    }

    /** One of its connections is made. */
    void connected() {
        CONNECTED.incrementAndGet(this);
        lowerLevel();
    }

    /** One that was made ends; {@link #release} follows. */
    void disconnecting() {
        CONNECTED.decrementAndGet(this);
    }

    /** Whether connections under way are limited. */
    boolean pacesConnecting() {
        return config.connect().maxConnecting() > 0;
    }

    void release() {
        long now = CONNECTIONS.decrementAndGet(this);
        LeastLevel lowered = level;
        if (lowered != null) {
            lowered.lower((int) (now & IN_FLIGHT_MASK));
        }
    }

    /** It may have more room than before. */
    void lowerLevel() {
        LeastLevel lowered = level;
        if (lowered != null) {
            lowered.lower(inFlight());
        }
    }

    /** Who is to hear of connections that end. */
    void setLevel(LeastLevel value) {
        level = value;
    }

    /** {@code name (host:port)}. */
    @Override
    public String toString() {
        return config.toString();
    }
}

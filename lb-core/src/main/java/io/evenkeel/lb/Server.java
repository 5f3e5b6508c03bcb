package io.evenkeel.lb;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * A server at work: its health and how many connections it has. The counters belong to the server
 * and not to a {@link Pool}, so they outlive every change of the pool. Safe for use by any thread.
 */
public final class Server {
    // In the object itself, since some algorithms look at all servers for each choice.
    private static final AtomicIntegerFieldUpdater<Server> IN_FLIGHT =
            AtomicIntegerFieldUpdater.newUpdater(Server.class, "inFlight");
    private static final AtomicLongFieldUpdater<Server> PICKS =
            AtomicLongFieldUpdater.newUpdater(Server.class, "picks");

    private static final AtomicIntegerFieldUpdater<Server> ERRORS =
            AtomicIntegerFieldUpdater.newUpdater(Server.class, "errors");

    private final ServerConfig config;
    private final int errorLimit;
    private final @Nullable LatencyAverage latency;
    private volatile AdminState adminState;
    private volatile int weight;
    private volatile int maxConnections;
    private volatile int inFlight;
    private volatile int errors;
    private volatile long picks;
    private volatile HealthState health;

    /**
     * @param latencyHalfLifeNanos 0 to measure no latency
     */
    Server(ServerConfig config, long latencyHalfLifeNanos) {
        this.config = config;
        latency = latencyHalfLifeNanos == 0 ? null : new LatencyAverage(latencyHalfLifeNanos);
        CheckConfig check = config.check();
        Observation observation = check == null ? null : check.observation();
        errorLimit = observation == null ? 0 : observation.errorLimit();
        adminState = config.disabled() ? AdminState.MAINTENANCE : AdminState.READY;
        weight = config.weight();
        maxConnections = config.maxConnections();
        health = check == null ? HealthState.UNCHECKED : HealthState.UNKNOWN;
    }

    /** What was configured. */
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

    /** Connections now: leases that are not closed. */
    public int inFlight() {
        return inFlight;
    }

    /** How many times the server was picked so far. */
    public long totalPicks() {
        return picks;
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

    /** Whether it works, as far as is known: not in maintenance, and up or not checked at all. */
    public boolean isRunning() {
        HealthState now = health;
        return adminState != AdminState.MAINTENANCE
                && (now == HealthState.UP || now == HealthState.UNCHECKED);
    }

    /** Whether it may get connections: wanted and running. */
    public boolean isUsable() {
        return isWanted() && isRunning();
    }

    /** Whether it is to get connections when it is well: ready, and of a weight above 0. */
    boolean isWanted() {
        return adminState == AdminState.READY && weight > 0;
    }

    boolean isAwaitingFirstCheck() {
        return isWanted() && health == HealthState.UNKNOWN;
    }

    /** Whether one connection more than these is within the limit. */
    boolean hasRoom(int connections) {
        int most = maxConnections;
        return most == 0 || connections < most;
    }

    void setAdminState(AdminState value) {
        adminState = value;
    }

    void setWeight(int value) {
        weight = value;
    }

    void setMaxConnections(int value) {
        maxConnections = value;
    }

    void setHealth(HealthState value) {
        health = value;
    }

    /**
     * Takes a slot if the server is usable and has one free; the limit is never passed.
     *
     * @param evenIfDown whatever the checks say
     */
    boolean tryAcquire(boolean evenIfDown) {
        // An older pool may still be in use by this thread: what it lists may have gone down since.
        if (evenIfDown ? !isWanted() : !isUsable()) {
            return false;
        }
        int most = maxConnections;
        if (most == 0) {
            IN_FLIGHT.incrementAndGet(this);
        } else {
            int now;
            do {
                now = inFlight;
                if (now >= most) {
                    return false;
                }
            } while (!IN_FLIGHT.compareAndSet(this, now, now + 1));
        }
        PICKS.incrementAndGet(this);
        return true;
    }

    void release() {
        IN_FLIGHT.decrementAndGet(this);
    }

    /** {@code name (host:port)}. */
    @Override
    public String toString() {
        return config.toString();
    }
}

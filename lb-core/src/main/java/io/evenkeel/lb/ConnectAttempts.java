package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Counts the failed connects of one connection and decides what follows each. Not thread-safe.
 *
 * <p>The rules are HAProxy's: {@code retries} further attempts; a retry goes to the same server
 * after the shorter of 1 s and the connect timeout (at once if the attempt timed out, which was a
 * wait already), unless {@code option redispatch} lets it leave, either because this retry's number
 * says so or because the server has gone down. One rule is wider than HAProxy's: a choice that was
 * only the server's turn moves on at once whenever there is another server, without {@code option
 * redispatch}, since nobody asked to stay.
 */
public final class ConnectAttempts {
    private static final long LONGEST_DELAY_NANOS = 1_000_000_000L;

    private final BackendConfig config;
    private final boolean persistent;
    private final List<Server> failed = new ArrayList<>(4);
    private int retries;

    /** Attempts of a connection whose server was chosen by the backend's {@link Balance}. */
    public ConnectAttempts(BackendConfig config) {
        this(config, config.balance().isDeterministic());
    }

    /**
     * Attempts of a connection.
     *
     * @param persistent whether the server was chosen for what the connection is (a sticky entry, a
     *     hash) and not because it was its turn
     */
    public ConnectAttempts(BackendConfig config, boolean persistent) {
        this.config = config;
        this.persistent = persistent;
    }

    /** The retries decided on so far. */
    public int retries() {
        return retries;
    }

    /**
     * The servers that failed, each once, the one whose failure is longest ago first. A view.
     *
     * @see PickRequest#avoided
     */
    public List<Server> failed() {
        return Collections.unmodifiableList(failed);
    }

    /** After a connect was refused, reset or unreachable. */
    public NextAttempt afterError(Server server, Pool pool) {
        return after(server, pool, true);
    }

    /** After a connect took longer than the connect timeout. */
    public NextAttempt afterTimeout(Server server, Pool pool) {
        return after(server, pool, false);
    }

    private NextAttempt after(Server server, Pool pool, boolean waitFirst) {
        failed.remove(server);
        failed.add(server);
        return next(server.isRunning(), pool.hasOtherThan(server), waitFirst);
    }

    private NextAttempt next(boolean running, boolean another, boolean waitFirst) {
        if (retries >= config.retries()) {
            return new NextAttempt(NextAttempt.Kind.GIVE_UP, 0);
        }
        retries++;
        boolean redispatch = mayLeave(running, another);
        // A redispatch with no second server comes back to the first one, so it waits as well.
        boolean sameServer = !redispatch || !another;
        return new NextAttempt(
                redispatch ? NextAttempt.Kind.REDISPATCH : NextAttempt.Kind.RETRY_SAME,
                sameServer && waitFirst ? delayNanos() : 0);
    }

    private boolean mayLeave(boolean running, boolean another) {
        if (!persistent && another) {
            return true;
        }
        int interval = config.redispatchInterval();
        if (interval == 0) {
            return false;
        }
        if (!running) {
            return true;
        }
        int every = interval > 0 ? interval : config.retries() + 1 + interval;
        return every > 0 && retries % every == 0;
    }

    private long delayNanos() {
        long connect = config.connectTimeoutNanos();
        return connect > 0 && connect < LONGEST_DELAY_NANOS ? connect : LONGEST_DELAY_NANOS;
    }
}

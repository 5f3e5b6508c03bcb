package io.evenkeel.lb;

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

    /** After a connect was refused, reset or unreachable. */
    public NextAttempt afterError(Server failed, Pool pool) {
        return next(failed.isRunning(), pool.hasOtherThan(failed), true);
    }

    /** After a connect took longer than the connect timeout. */
    public NextAttempt afterTimeout(Server failed, Pool pool) {
        return next(failed.isRunning(), pool.hasOtherThan(failed), false);
    }

    NextAttempt next(boolean running, boolean another, boolean waitFirst) {
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

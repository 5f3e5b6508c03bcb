package io.evenkeel.lb.netty;

import io.evenkeel.lb.BackendConfig;

/**
 * How long the parts of a check may take. With {@code timeout check}, connecting may take the shorter of the connect
 * timeout and the interval, and the exchange the check timeout; without it, the interval is the limit of both together.
 *
 * @param connectNanos for the connection
 * @param exchangeNanos for what follows it, or 0 if {@code connectNanos} goes on to count
 */
record CheckTimeouts(long connectNanos, long exchangeNanos) {
    static CheckTimeouts of(BackendConfig backend, long interNanos) {
        if (backend.checkTimeoutNanos() == 0) {
            return new CheckTimeouts(interNanos, 0);
        }
        long connect = backend.connectTimeoutNanos();
        return new CheckTimeouts(
                connect == 0 ? interNanos : Math.min(connect, interNanos),
                backend.checkTimeoutNanos());
    }
}

package io.evenkeel.lb.netty;

import org.jspecify.annotations.Nullable;

/**
 * How long each side of a relay may be idle. A side is idle when it is its turn, to send or to take what waits for it,
 * and its socket neither gave nor took a byte.
 *
 * @param clientNanos for the client, 0 for no limit
 * @param serverNanos for the server, 0 for no limit
 */
record IdleTimeouts(long clientNanos, long serverNanos) {
    /** Why the session ends now, or null if it goes on. */
    @Nullable TerminationCause expired(Relay relay, long now) {
        if (clientLeft(relay, now) <= 0 && relay.isWaitingForClient()) {
            return TerminationCause.CLIENT_TIMEOUT;
        }
        if (serverLeft(relay, now) <= 0 && relay.isWaitingForServer()) {
            return TerminationCause.SERVER_TIMEOUT;
        }
        return null;
    }

    /** When to look again, counted from now; {@link Long#MAX_VALUE} for never. */
    long untilNextLookNanos(Relay relay, long now) {
        long client = clientLeft(relay, now);
        long server = serverLeft(relay, now);
        // A side that is over its time without having its turn gets another look one period later.
        return Math.min(client > 0 ? client : clientNanos, server > 0 ? server : serverNanos);
    }

    private long clientLeft(Relay relay, long now) {
        return left(clientNanos, relay.clientActivityNanos(), now);
    }

    private long serverLeft(Relay relay, long now) {
        return left(serverNanos, relay.serverActivityNanos(), now);
    }

    private static long left(long timeoutNanos, long activityNanos, long now) {
        return timeoutNanos == 0 ? Long.MAX_VALUE : timeoutNanos - (now - activityNanos);
    }
}

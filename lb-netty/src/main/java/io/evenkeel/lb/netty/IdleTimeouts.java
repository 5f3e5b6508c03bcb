package io.evenkeel.lb.netty;

import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How long each side of a relay may be idle, with the meaning of HAProxy's timeouts. A side is idle when it is its turn, to
 * send or to take what waits for it, and its socket neither gave nor took a byte. A side of which one direction has ended
 * is under its fin timeout, if there is one, which starts no earlier than that.
 *
 * @param clientNanos for the client, 0 for no limit
 * @param serverNanos for the server, 0 for no limit
 * @param clientFinNanos for the client once its connection is half closed, 0 for the same as before
 * @param serverFinNanos for the server once its connection is half closed, 0 for the same as before
 */
record IdleTimeouts(long clientNanos, long serverNanos, long clientFinNanos, long serverFinNanos) {
    /** Those of a relay, which is a tunnel from its start: a tunnel timeout stands in for both of the others. */
    static IdleTimeouts of(FrontendConfig frontend, BackendConfig backend) {
        long tunnel = backend.tunnelTimeoutNanos();
        return new IdleTimeouts(
                tunnel > 0 ? tunnel : frontend.clientTimeoutNanos(),
                tunnel > 0 ? tunnel : backend.serverTimeoutNanos(),
                frontend.clientFinTimeoutNanos(),
                backend.serverFinTimeoutNanos());
    }

    /** Whether a frontend or backend of both has another timeout in the second. */
    static boolean differ(ProxyConfig before, ProxyConfig next) {
        return differ(
                        before.frontends(),
                        next.frontends(),
                        FrontendConfig::name,
                        frontend ->
                                List.of(
                                        frontend.clientTimeoutNanos(),
                                        frontend.clientFinTimeoutNanos()))
                || differ(
                        before.backends(),
                        next.backends(),
                        BackendConfig::name,
                        backend ->
                                List.of(
                                        backend.tunnelTimeoutNanos(),
                                        backend.serverTimeoutNanos(),
                                        backend.serverFinTimeoutNanos()));
    }

    private static <T> boolean differ(
            List<T> before,
            List<T> next,
            Function<T, String> name,
            Function<T, List<Long>> timeouts) {
        Map<String, List<Long>> known = before.stream().collect(Collectors.toMap(name, timeouts));
        return next.stream()
                .anyMatch(
                        one -> {
                            List<Long> old = known.get(name.apply(one));
                            return old != null && !old.equals(timeouts.apply(one));
                        });
    }

    /** Why the session ends now, or null if it goes on. */
    @Nullable TerminationCause expired(RelayActivity relay, long now) {
        if (clientLeft(relay, now) <= 0 && relay.isWaitingForClient()) {
            return TerminationCause.CLIENT_TIMEOUT;
        }
        if (serverLeft(relay, now) <= 0 && relay.isWaitingForServer()) {
            return TerminationCause.SERVER_TIMEOUT;
        }
        return null;
    }

    /** When to look again, counted from now, above 0; {@link Long#MAX_VALUE} for never. */
    long untilNextLookNanos(RelayActivity relay, long now) {
        long client = clientLeft(relay, now);
        long server = serverLeft(relay, now);
        // A side that is over its time without having its turn gets another look one period later.
        return Math.min(
                client > 0 ? client : clientTimeout(relay),
                server > 0 ? server : serverTimeout(relay));
    }

    /** Whether a half-close changes when to look again. */
    boolean dependOnHalfClose() {
        return clientFinNanos > 0 || serverFinNanos > 0;
    }

    private long clientTimeout(RelayActivity relay) {
        return underClientFin(relay) ? clientFinNanos : clientNanos;
    }

    private long serverTimeout(RelayActivity relay) {
        return underServerFin(relay) ? serverFinNanos : serverNanos;
    }

    private boolean underClientFin(RelayActivity relay) {
        return clientFinNanos > 0 && relay.isClientHalfClosed();
    }

    private boolean underServerFin(RelayActivity relay) {
        return serverFinNanos > 0 && relay.isServerHalfClosed();
    }

    private long clientLeft(RelayActivity relay, long now) {
        long idle = now - relay.clientActivityNanos();
        return underClientFin(relay)
                ? clientFinNanos - Math.min(idle, now - relay.clientHalfClosedNanos())
                : left(clientNanos, idle);
    }

    private long serverLeft(RelayActivity relay, long now) {
        long idle = now - relay.serverActivityNanos();
        return underServerFin(relay)
                ? serverFinNanos - Math.min(idle, now - relay.serverHalfClosedNanos())
                : left(serverNanos, idle);
    }

    private static long left(long timeoutNanos, long idleNanos) {
        return timeoutNanos == 0 ? Long.MAX_VALUE : timeoutNanos - idleNanos;
    }
}

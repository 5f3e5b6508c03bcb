package io.evenkeel.lb.netty;

import org.jspecify.annotations.Nullable;

/**
 * What rules say of a connection.
 *
 * @param upstream where it goes, or null if it is refused
 * @param refusal why it is refused, or null if it is not
 */
record Route(@Nullable Upstream upstream, @Nullable TerminationCause refusal) {
    static final Route REJECTED = new Route(null, TerminationCause.REJECTED);
    static final Route NO_BACKEND = new Route(null, TerminationCause.NO_BACKEND);

    static final Route ABANDONED = new Route(null, TerminationCause.CLIENT_ABORT_INSPECTED);

    /** Whether the name that a TLS client asks for has to be known before the connection goes there. */
    boolean needsServerName() {
        return upstream != null && upstream.needsServerName();
    }

    static Route to(Upstream upstream) {
        return new Route(upstream, null);
    }
}

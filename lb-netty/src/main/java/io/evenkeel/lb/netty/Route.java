package io.evenkeel.lb.netty;

import io.evenkeel.lb.Condition;
import io.evenkeel.lb.ConnectionFacts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What rules say of a connection.
 *
 * @param upstream where it goes, or null if it is refused
 * @param refusal why it is refused, or null if it is not
 * @param needs what has to be known of it before it goes there
 */
record Route(
        @Nullable Upstream upstream,
        @Nullable TerminationCause refusal,
        Set<Condition.Need> needs) {
    static final Route REJECTED = refused(TerminationCause.REJECTED);
    static final Route NO_BACKEND = refused(TerminationCause.NO_BACKEND);
    static final Route ABANDONED = refused(TerminationCause.CLIENT_ABORT_INSPECTED);

    static final Route HEADER_REFUSED = refused(TerminationCause.PROXY_HEADER_REFUSED);
    static final Route HEADER_TIMEOUT = refused(TerminationCause.PROXY_HEADER_TIMEOUT);

    static final Route TLS_FAILED = refused(TerminationCause.CLIENT_TLS_FAILED);
    static final Route TLS_TIMEOUT = refused(TerminationCause.CLIENT_TLS_TIMEOUT);

    private static Route refused(TerminationCause cause) {
        return new Route(null, cause, Set.of());
    }

    static Route to(Upstream upstream) {
        return new Route(upstream, null, upstream.needs());
    }

    /** Whether a refused connection is reset: not if an alert that says why is to arrive. */
    boolean isReset() {
        return refusal != TerminationCause.CLIENT_TLS_FAILED;
    }

    /** Whether what it needs is known, or is not there. */
    boolean isReady(ConnectionFacts facts) {
        return !(needs.contains(Condition.Need.TLS) && facts.isTlsPending())
                && !(needs.contains(Condition.Need.HTTP) && facts.isHttpPending());
    }
}

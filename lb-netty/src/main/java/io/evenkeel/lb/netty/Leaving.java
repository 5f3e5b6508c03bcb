package io.evenkeel.lb.netty;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What another configuration has no longer; the sessions at any of it are to leave. Immutable: safe for any thread. */
final class Leaving {
    private final Set<Object> gone = Collections.newSetFromMap(new IdentityHashMap<>());

    /**
     * @param before what there was: frontends, acceptors, upstreams and servers
     * @param after what there is of that
     */
    Leaving(Collection<?> before, Collection<?> after) {
        gone.addAll(before);
        after.forEach(gone::remove);
        // Whose address is only listened on otherwise stays.
        gone.removeIf(
                one ->
                        one instanceof Acceptor acceptor
                                && after.stream().anyMatch(acceptor::hasAddressOf));
    }

    boolean isEmpty() {
        return gone.isEmpty();
    }

    /** Whether a session is at any of it now. */
    boolean has(Session session) {
        return session.isAtAnyOf(gone);
    }
}

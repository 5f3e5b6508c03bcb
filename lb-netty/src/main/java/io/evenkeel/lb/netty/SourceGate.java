package io.evenkeel.lb.netty;

import io.evenkeel.lb.ConnectionFacts;
import io.evenkeel.lb.SourceLimit;
import io.evenkeel.lb.StickKeyBuffer;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.TrackedEntry;
import org.jspecify.annotations.Nullable;

/** Asked whether a client address may have one more connection of a frontend. Safe for any thread. */
final class SourceGate {
    private final StickTable table;
    private final SourceLimit limit;
    private final Routing routing;

    /**
     * To be released when the connection ends.
     *
     * @param entry that counts it; null if nothing does
     */
    record Pass(@Nullable TrackedEntry entry) {
        private static final Pass UNCOUNTED = new Pass(null);

        /** With what came from the client and what went to it. */
        void release(long in, long out) {
            if (entry != null) {
                long nowNanos = System.nanoTime();
                if (in > 0 || out > 0) {
                    entry.countBytes(in, out, nowNanos);
                }
                entry.release(nowNanos);
            }
        }
    }

    SourceGate(StickTable table, SourceLimit limit, Routing routing) {
        this.table = table;
        this.limit = limit;
        this.routing = routing;
    }

    /**
     * By the addresses of the connection, before a PROXY header may say others.
     *
     * @return null: the client has as much as it may
     */
    @Nullable Pass admit(ClientAddresses client) {
        StickKeyBuffer key = table.newKey();
        if (isDecided(client) || !key.setAddress(client.source().getAddress().getAddress())) {
            return Pass.UNCOUNTED;
        }
        TrackedEntry entry = limit.admit(key, System.nanoTime());
        return entry == null ? null : new Pass(entry);
    }

    /** Whether a rule takes it or rejects it, or it is gone. */
    private boolean isDecided(ClientAddresses client) {
        if (!routing.hasConnectionRules()) {
            return false;
        }
        ConnectionFacts facts = client.facts();
        return facts == null || routing.decidesAtAccept(facts);
    }
}

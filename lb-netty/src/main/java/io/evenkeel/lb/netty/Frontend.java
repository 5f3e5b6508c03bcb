package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindAddress;
import io.evenkeel.lb.FrontendConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A frontend at work: its rules, its limits and its listeners. Safe for any thread. */
final class Frontend {
    private record Rules(
            FrontendConfig config,
            FrontendConfig former,
            Set<BindAddress> gone,
            Routing routing,
            @Nullable AcceptRate rate,
            @Nullable SourceGate sourceGate) {}

    private final ConnectionLimit limit;
    private final SharedLimits shared;
    private volatile Rules rules;
    private volatile List<Listener> listeners = List.of();

    Frontend(
            FrontendConfig config,
            Routing routing,
            SharedLimits shared,
            @Nullable SourceGate sourceGate) {
        this.shared = shared;
        limit = new ConnectionLimit(config.maxConnections(), this::resume);
        rules =
                new Rules(
                        config,
                        config,
                        Set.of(),
                        routing,
                        AcceptRate.of(config.maxSessionRate()),
                        sourceGate);
    }

    /** Goes by another configuration from now on. Connections whose backend is not chosen yet keep the rules that they came under. */
    void reconfigure(FrontendConfig config, Routing routing, @Nullable SourceGate sourceGate) {
        Rules before = rules;
        boolean same = before.config().maxSessionRate() == config.maxSessionRate();
        Set<BindAddress> gone = new HashSet<>(before.config().binds());
        config.binds().forEach(gone::remove);
        limit.set(config.maxConnections());
        rules =
                new Rules(
                        config,
                        before.config(),
                        gone,
                        routing,
                        same ? before.rate() : AcceptRate.of(config.maxSessionRate()),
                        sourceGate);
    }

    FrontendConfig config() {
        return rules.config();
    }

    /**
     * That which says how connections to an address are received. Of an address that it has no longer it is the one before: until that one is
     * closed, or another frontend's, there are clients who still talk TLS there, or send a PROXY header.
     */
    FrontendConfig config(BindAddress bind) {
        Rules now = rules;
        return now.gone().contains(bind) ? now.former() : now.config();
    }

    Routing routing() {
        return rules.routing();
    }

    /** Says how much one client may have; null: no limit. */
    @Nullable SourceGate sourceGate() {
        return rules.sourceGate();
    }

    List<Listener> listeners() {
        return listeners;
    }

    void setListeners(List<Listener> value) {
        listeners = List.copyOf(value);
        listeners.forEach(Listener::resume);
    }

    /** How many connections it may have at a time. */
    ConnectionLimit limit() {
        return limit;
    }

    /** How many connections all frontends together may have at a time. */
    ConnectionLimit limitOfAll() {
        return shared.connections();
    }

    /** Takes one of the connections of this second; 0 if it may be accepted now, otherwise in how many ns to ask again. */
    long takeOfRate(long nowNanos) {
        AcceptRate own = rules.rate();
        AcceptRate sessions = shared.sessionRate();
        AcceptRate connections = shared.connectionRate();
        long wait = take(own, nowNanos);
        if (wait > 0) {
            return wait;
        }
        wait = take(sessions, nowNanos);
        if (wait == 0) {
            wait = take(connections, nowNanos);
            if (wait > 0) {
                giveBack(sessions);
            }
        }
        if (wait > 0) {
            giveBack(own);
        }
        return wait;
    }

    private static long take(@Nullable AcceptRate rate, long nowNanos) {
        return rate == null ? 0 : rate.take(nowNanos);
    }

    private static void giveBack(@Nullable AcceptRate rate) {
        if (rate != null) {
            rate.giveBack();
        }
    }

    /** There was no connection to accept. */
    void giveBackToRate() {
        rejectedAtOnce();
        giveBack(shared.connectionRate());
    }

    /** The connection that was accepted does not count among sessions. */
    void rejectedAtOnce() {
        giveBack(rules.rate());
        giveBack(shared.sessionRate());
    }

    /** A connection has ended, or was not there. */
    void closed() {
        shared.connections().closed();
        limit.closed();
    }

    /** There is room again under that limit. */
    void resume(ConnectionLimit free) {
        listeners.forEach(listener -> listener.resume(free));
    }
}

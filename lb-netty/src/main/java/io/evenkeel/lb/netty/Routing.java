package io.evenkeel.lb.netty;

import io.evenkeel.lb.AccessRule;
import io.evenkeel.lb.BackendRule;
import io.evenkeel.lb.Condition;
import io.evenkeel.lb.ConnectionFacts;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.RoutingTable;
import io.evenkeel.lb.Truth;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules of a frontend at work. Immutable: safe for any thread. */
final class Routing {
    private final List<AccessRule> connectionRules;
    private final RoutingTable connectionTable;
    private final List<AccessRule> contentRules;
    private final RoutingTable contentTable;
    private final List<Route> routes;
    private final RoutingTable backendTable;
    private final Route otherwise;
    private final Set<Condition.Need> needs = EnumSet.noneOf(Condition.Need.class);
    private final long inspectDelayNanos;
    private final Condition expectProxyHeader;
    private final long proxyHeaderTimeoutNanos;
    private final long handshakeTimeoutNanos;

    Routing(FrontendConfig config, Map<String, Upstream> upstreams) {
        connectionRules = config.connectionRules();
        connectionTable = table(connectionRules);
        contentRules = config.contentRules();
        contentTable = table(contentRules);
        List<BackendRule> backendRules = config.backendRules();
        routes = backendRules.stream().map(rule -> route(rule.backend(), upstreams)).toList();
        backendTable = RoutingTable.of(backendRules.stream().map(BackendRule::condition).toList());
        String backend = config.defaultBackend();
        otherwise = backend == null ? Route.NO_BACKEND : route(backend, upstreams);
        needs.addAll(contentTable.needs());
        needs.addAll(backendTable.needs());
        needs.addAll(otherwise.needs());
        routes.forEach(route -> needs.addAll(route.needs()));
        inspectDelayNanos = config.inspectDelayNanos();
        expectProxyHeader = config.expectProxyHeader();
        proxyHeaderTimeoutNanos = config.proxyHeaderTimeoutNanos();
        handshakeTimeoutNanos = config.clientTimeoutNanos();
    }

    private static RoutingTable table(List<AccessRule> rules) {
        return RoutingTable.of(rules.stream().map(AccessRule::condition).toList());
    }

    private static Route route(String backend, Map<String, Upstream> upstreams) {
        return Route.to(Objects.requireNonNull(upstreams.get(backend)));
    }

    /** Whether every connection is let in, and without a PROXY header unless its listener wants one. */
    boolean admitsAll() {
        return connectionRules.isEmpty() && expectProxyHeader.equals(Condition.never());
    }

    /** Whether every connection that is let in goes to {@link #otherwise}. */
    boolean isTrivial() {
        return contentRules.isEmpty() && routes.isEmpty() && otherwise.needs().isEmpty();
    }

    /** Whether a connection with these addresses of its own has to begin with a PROXY header. */
    boolean expectsProxyHeader(ConnectionFacts facts) {
        return expectProxyHeader.test(facts) == Truth.TRUE;
    }

    /** The longest wait for that header. */
    long proxyHeaderTimeoutNanos() {
        return proxyHeaderTimeoutNanos;
    }

    /** The longest wait for the TLS handshake with a client; 0: for ever. */
    long handshakeTimeoutNanos() {
        return handshakeTimeoutNanos;
    }

    /** Where a connection goes of which no rule holds. */
    Route otherwise() {
        return otherwise;
    }

    /** Whether the first bytes have to be looked at, for this. */
    boolean needs(Condition.Need need) {
        return needs.contains(need);
    }

    /** The longest wait for them; 0: none. */
    long inspectDelayNanos() {
        return inspectDelayNanos;
    }

    /** Whether there are rules on addresses and ports. */
    boolean hasConnectionRules() {
        return !connectionRules.isEmpty();
    }

    /** Whether one of those takes a connection or rejects it. */
    boolean decidesAtAccept(ConnectionFacts facts) {
        return connectionTable.decide(facts) != RoutingTable.NONE;
    }

    /** Whether the rules on addresses and ports let a connection in. */
    boolean admits(ConnectionFacts facts) {
        return accepts(connectionRules, connectionTable.decide(facts));
    }

    /** What becomes of a connection that was let in; null if that depends on what is not known yet. */
    @Nullable Route decide(ConnectionFacts facts) {
        int content = contentTable.decide(facts);
        if (content == RoutingTable.UNDECIDED) {
            return null;
        }
        if (!accepts(contentRules, content)) {
            return Route.REJECTED;
        }
        int backend = backendTable.decide(facts);
        if (backend == RoutingTable.UNDECIDED) {
            return null;
        }
        Route route = backend == RoutingTable.NONE ? otherwise : routes.get(backend);
        return route.isReady(facts) ? route : null;
    }

    private static boolean accepts(List<AccessRule> rules, int rule) {
        return rule == RoutingTable.NONE || rules.get(rule).action() == AccessRule.Action.ACCEPT;
    }
}

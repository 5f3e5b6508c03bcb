package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.FrontendConfig;
import io.evenkeel.lb.ProxyConfig;
import io.evenkeel.lb.SourceLimit;
import io.evenkeel.lb.SourceLimitConfig;
import io.evenkeel.lb.StickNode;
import io.evenkeel.lb.StickTable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The frontends, backends and stick tables of a proxy as its configuration has them now. Changed by one thread at a time, read by any.
 */
final class Parts {
    private static final Logger LOGGER = LoggerFactory.getLogger(Parts.class);

    private final ServerAddresses addresses;
    private final SharedLimits limits =
            new SharedLimits(free -> frontends().forEach(frontend -> frontend.resume(free)));
    private volatile Stickies stickies;
    private volatile Map<String, Upstream> upstreams = Map.of();
    private volatile Map<String, Frontend> frontends = Map.of();

    /**
     * Those of a proxy that is not started yet.
     *
     * @throws IllegalArgumentException if the configuration asks for something that a proxy cannot know
     */
    Parts(ProxyConfig config, ServerAddresses addresses, @Nullable StickNode stickNode) {
        this.addresses = addresses;
        stickies = new Stickies(stickNode);
        check(config);
        update(config);
    }

    /**
     * Finds what no session can carry out.
     *
     * @throws IllegalArgumentException saying what
     */
    static void check(ProxyConfig config) {
        for (BackendConfig backend : config.backends()) {
            requireKnownKey(backend);
            Stickies.requireKnownKeys(backend);
        }
        StoreExchange.check(config);
    }

    private static void requireKnownKey(BackendConfig config) {
        if (config.balance().key() == BalanceKey.APPLICATION) {
            throw new IllegalArgumentException(
                    config
                            + " balances by a key of the application, and a proxy asks no application;"
                            + " balance by "
                            + BalanceKey.SOURCE
                            + ", or pick from a Backend of your own.");
        }
    }

    /** Takes over what has the same name and makes what is new; what is not there any more goes on for its connections only. */
    void update(ProxyConfig config) {
        Stickies tables = stickies.updated(config);
        stickies = tables;
        Map<String, Upstream> nextUpstreams = new LinkedHashMap<>();
        for (BackendConfig backend : config.backends()) {
            Upstream upstream = upstreams.get(backend.name());
            if (upstream == null) {
                upstream = new Upstream(new Backend(backend), addresses);
            } else {
                update(upstream.backend(), backend);
            }
            upstream.setSticky(tables.rules(upstream.backend()));
            nextUpstreams.put(backend.name(), upstream);
        }
        upstreams = Collections.unmodifiableMap(nextUpstreams);
        limits.configure(config.limits());
        updateFrontends(config.frontends());
    }

    private static void update(Backend backend, BackendConfig next) {
        try {
            backend.update(next, System.nanoTime());
        } catch (RuntimeException e) {
            LOGGER.warn(
                    "An observer of {} failed; the backend has its new configuration.", backend, e);
        }
    }

    private void updateFrontends(List<FrontendConfig> configs) {
        Map<String, Frontend> next = new LinkedHashMap<>();
        for (FrontendConfig config : configs) {
            Routing routing = new Routing(config, upstreams);
            Frontend frontend = frontends.get(config.name());
            if (frontend == null) {
                frontend = new Frontend(config, routing, limits, gate(config, routing));
            } else {
                frontend.reconfigure(config, routing, gate(config, routing));
            }
            next.put(config.name(), frontend);
        }
        frontends = Collections.unmodifiableMap(next);
    }

    private @Nullable SourceGate gate(FrontendConfig frontend, Routing routing) {
        SourceLimitConfig config = frontend.sourceLimit();
        if (config == null) {
            return null;
        }
        StickTable table = stickies.table(config.table());
        SourceLimit limit =
                new SourceLimit(
                        table,
                        config.maxConnections(),
                        config.maxConnectionsPerPeriod(),
                        config.maxSessionsPerPeriod());
        return new SourceGate(table, limit, routing);
    }

    SharedLimits limits() {
        return limits;
    }

    List<Upstream> upstreams() {
        return List.copyOf(upstreams.values());
    }

    /** That of a backend that is configured. */
    Upstream upstream(String backend) {
        return Objects.requireNonNull(upstreams.get(backend), backend);
    }

    List<Frontend> frontends() {
        return List.copyOf(frontends.values());
    }

    Stickies stickies() {
        return stickies;
    }

    /**
     * The backend of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Backend backend(String name) {
        Upstream upstream = upstreams.get(name);
        if (upstream == null) {
            throw new IllegalArgumentException(
                    "There is no backend " + name + "; there are " + upstreams.keySet() + ".");
        }
        return upstream.backend();
    }

    /**
     * The frontend of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Frontend frontend(String name) {
        Frontend frontend = frontends.get(name);
        if (frontend == null) {
            throw new IllegalArgumentException(
                    "There is no frontend " + name + "; there are " + frontends.keySet() + ".");
        }
        return frontend;
    }
}

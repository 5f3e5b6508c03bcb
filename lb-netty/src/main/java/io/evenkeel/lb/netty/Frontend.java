package io.evenkeel.lb.netty;

import io.evenkeel.lb.FrontendConfig;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A frontend at work: its limit and its acceptors. Safe for any thread. */
final class Frontend {
    private final FrontendConfig config;
    private final Routing routing;
    private final AtomicInteger open = new AtomicInteger();
    private final List<Acceptor> acceptors = new CopyOnWriteArrayList<>();

    Frontend(FrontendConfig config, Routing routing) {
        this.config = config;
        this.routing = routing;
    }

    FrontendConfig config() {
        return config;
    }

    Routing routing() {
        return routing;
    }

    List<Acceptor> acceptors() {
        return acceptors;
    }

    /** Takes one of the connections that the frontend may have at a time; false if there is none left. */
    boolean tryOpen() {
        int limit = config.maxConnections();
        while (true) {
            int now = open.get();
            if (limit > 0 && now >= limit) {
                return false;
            }
            if (open.compareAndSet(now, now + 1)) {
                return true;
            }
        }
    }

    void closed() {
        int before = open.getAndDecrement();
        if (config.maxConnections() > 0 && before >= config.maxConnections()) {
            acceptors.forEach(Acceptor::resume);
        }
    }
}

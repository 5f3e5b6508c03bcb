package io.evenkeel.lb.netty;

import io.evenkeel.lb.FrontendConfig;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A frontend at work: its rules, its limit and its listeners. Safe for any thread. */
final class Frontend {
    private record Rules(FrontendConfig config, Routing routing) {}

    private final AtomicInteger open = new AtomicInteger();
    private volatile Rules rules;
    private volatile List<Listener> listeners = List.of();
    private volatile boolean removed;

    Frontend(FrontendConfig config, Routing routing) {
        rules = new Rules(config, routing);
    }

    /** Goes by another configuration from now on. Connections whose backend is not chosen yet keep the rules that they came under. */
    void reconfigure(FrontendConfig config, Routing routing) {
        rules = new Rules(config, routing);
    }

    FrontendConfig config() {
        return rules.config();
    }

    Routing routing() {
        return rules.routing();
    }

    /** Whether the proxy has it no longer, so that it only keeps the connections it has. */
    boolean isRemoved() {
        return removed;
    }

    void setRemoved() {
        removed = true;
    }

    List<Listener> listeners() {
        return listeners;
    }

    void setListeners(List<Listener> value) {
        listeners = List.copyOf(value);
        resumeAccepting();
    }

    /** Takes one of the connections that the frontend may have at a time; false if there is none left. */
    boolean tryOpen() {
        int limit = config().maxConnections();
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
        int limit = config().maxConnections();
        if (limit > 0 && before >= limit) {
            resumeAccepting();
        }
    }

    private void resumeAccepting() {
        for (Listener listener : listeners) {
            listener.resume();
        }
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.HealthState;
import io.evenkeel.lb.HealthTransition;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerAddress;
import io.evenkeel.lb.TrackedServer;
import io.netty.channel.IoEventLoop;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has servers take over the health of those that they track. It happens on one event loop and not within the change that it follows,
 * so that backends whose servers track each other's never wait for each other.
 */
final class ServerTrackers implements BackendObserver {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServerTrackers.class);

    private record Tracker(Backend backend, Server server) {}

    private final IoEventLoop loop;
    private volatile List<Upstream> upstreams = List.of();
    private volatile Map<Server, List<Tracker>> trackers = Map.of();

    ServerTrackers(LoopContext context) {
        loop = context.loop();
    }

    /** Wires the servers of these backends, and of no others, that track one; each is to be observed too. */
    void follow(List<Upstream> those) {
        upstreams = those;
        LoopPost.offer(loop, this::wire);
    }

    /** Finds anew who tracks whom; on the loop. */
    private void wire() {
        Map<Server, List<Tracker>> found = new IdentityHashMap<>();
        List<Upstream> all = upstreams;
        for (Upstream upstream : all) {
            Backend backend = upstream.backend();
            for (Server server : backend.servers()) {
                TrackedServer name = server.config().tracked();
                Server tracked = name == null ? null : find(all, name);
                if (tracked != null) {
                    found.computeIfAbsent(tracked, s -> new ArrayList<>())
                            .add(new Tracker(backend, server));
                }
            }
        }
        trackers = found;
        found.forEach((tracked, those) -> those.forEach(one -> follow(tracked, one)));
    }

    @Override
    public void onServerConfigured(Backend backend, Server server) {
        LoopPost.offer(loop, this::wire);
    }

    @Override
    public void onServerRemoved(Backend backend, Server server) {
        LoopPost.offer(loop, this::wire);
    }

    private static @Nullable Server find(List<Upstream> upstreams, TrackedServer tracked) {
        for (Upstream upstream : upstreams) {
            if (upstream.backend().name().equals(tracked.backend())) {
                return upstream.backend().server(tracked.server());
            }
        }
        return null;
    }

    @Override
    public void onHealthChange(Backend backend, Server server, HealthTransition transition) {
        changed(server);
    }

    @Override
    public void onAdminStateChange(
            Backend backend, Server server, AdminState before, AdminState now) {
        changed(server);
    }

    @Override
    public void onAgentChange(Backend backend, Server server, boolean down, String cause) {
        changed(server);
    }

    @Override
    public void onAddressChange(
            Backend backend,
            Server server,
            @Nullable ServerAddress before,
            @Nullable ServerAddress now,
            String cause) {
        changed(server);
    }

    private void changed(Server tracked) {
        List<Tracker> those = trackers.get(tracked);
        if (those != null) {
            LoopPost.offer(loop, () -> those.forEach(tracker -> follow(tracked, tracker)));
        }
    }

    private static void follow(Server tracked, Tracker tracker) {
        HealthState before = tracker.server().health();
        HealthState now = tracked.trackedHealth();
        if (before == now) {
            return;
        }
        try {
            tracker.backend()
                    .apply(
                            tracker.server(),
                            new HealthTransition(
                                    before, now, "as of " + tracked + ", which it tracks"),
                            System.nanoTime());
        } catch (Throwable e) {
            LOGGER.warn(
                    "An observer of backend {} failed when server {} changed; the proxy goes on.",
                    tracker.backend().name(),
                    tracker.server().name(),
                    e);
        }
    }
}

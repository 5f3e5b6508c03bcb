package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.OutlierConfig;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerAddress;
import io.evenkeel.lb.ServerConfig;
import io.evenkeel.lb.StickTable;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * What goes on in a proxy apart from its connections: checks and agents, lookups of names, outliers, tracked health, and what time brings to
 * backends and stick tables. Not thread-safe.
 */
final class Upkeep {
    private final List<LoopContext> contexts;
    private final ServerAddresses addresses;
    private final ScheduledExecutorService resolver;
    private final SafeObserver observer;
    private final Checks checks;
    private final ServerTrackers trackers;
    private final Map<Upstream, Watch> watches = new IdentityHashMap<>();
    private final Map<StickTable, StickTableTimer> tables = new IdentityHashMap<>();

    /** What runs for one backend. */
    private static final class Watch {
        final BackendTimer timer;
        final BackendObserver addressObserver;
        @Nullable OutlierWatch outliers;

        Watch(BackendTimer timer, BackendObserver addressObserver) {
            this.timer = timer;
            this.addressObserver = addressObserver;
        }
    }

    Upkeep(
            List<LoopContext> contexts,
            ServerAddresses addresses,
            ScheduledExecutorService resolver,
            SafeObserver observer,
            ByteBufAllocator allocator) {
        this.contexts = contexts;
        this.addresses = addresses;
        this.resolver = resolver;
        this.observer = observer;
        checks = new Checks(contexts, addresses, allocator);
        trackers = new ServerTrackers(contexts.get(0));
    }

    /** Knows where the servers of these backends are; to be called before they may be picked. */
    void find(List<BackendConfig> backends) {
        Map<String, Integer> hosts = new LinkedHashMap<>();
        for (BackendConfig backend : backends) {
            for (ServerConfig server : backend.servers()) {
                if (server.resolution() == null) {
                    hosts.merge(server.host(), server.addressNumber(), Math::max);
                }
            }
        }
        Checks.hosts(backends).forEach(host -> hosts.putIfAbsent(host, 0));
        addresses.follow(hosts, resolver);
    }

    /** Looks after these and no others from now on. */
    void follow(List<Upstream> upstreams, List<StickTable> stickTables) {
        followTables(stickTables);
        List<Upstream> gone = new ArrayList<>(watches.keySet());
        gone.removeAll(upstreams);
        gone.forEach(this::leave);
        for (Upstream upstream : upstreams) {
            Watch watch = watches.get(upstream);
            if (watch == null) {
                watch = join(upstream);
                watches.put(upstream, watch);
            }
            findOutliers(upstream, watch);
        }
        trackers.follow(upstreams);
        checks.follow(upstreams);
    }

    private void followTables(List<StickTable> stickTables) {
        List<StickTable> gone = new ArrayList<>(tables.keySet());
        gone.removeAll(stickTables);
        for (StickTable table : gone) {
            Objects.requireNonNull(tables.remove(table)).stop();
        }
        for (StickTable table : stickTables) {
            tables.computeIfAbsent(
                    table,
                    added -> {
                        StickTableTimer timer = new StickTableTimer(added, contexts.get(0).loop());
                        contexts.get(0).loop().execute(timer::run);
                        return timer;
                    });
        }
    }

    private Watch join(Upstream upstream) {
        BackendTimer timer = new BackendTimer(upstream.backend(), contexts.get(0).loop());
        upstream.backend().addObserver(observer);
        upstream.backend().addObserver(new SessionResets(contexts, upstream.backend()));
        upstream.backend().addObserver(trackers);
        BackendObserver addressObserver = addressObserver(upstream);
        upstream.backend().addObserver(addressObserver);
        return new Watch(timer, addressObserver);
    }

    /** Has checks start anew at another address. */
    private static BackendObserver addressObserver(Upstream upstream) {
        return new BackendObserver() {
            @Override
            public void onAddressChange(
                    Backend backend,
                    Server server,
                    @Nullable ServerAddress before,
                    @Nullable ServerAddress now,
                    String cause) {
                upstream.onAddressChange(server, cause);
            }
        };
    }

    /** Its connections go on, but nothing is found out about its servers any more. */
    private void leave(Upstream upstream) {
        Watch watch = Objects.requireNonNull(watches.remove(upstream));
        watch.timer.stop();
        upstream.backend().removeObserver(observer);
        upstream.backend().removeObserver(trackers);
        upstream.backend().removeObserver(watch.addressObserver);
        stopOutliers(upstream, watch);
    }

    private void findOutliers(Upstream upstream, Watch watch) {
        OutlierConfig config = upstream.backend().config().outliers();
        OutlierWatch before = watch.outliers;
        if (Objects.equals(config, before == null ? null : before.config())) {
            return;
        }
        stopOutliers(upstream, watch);
        if (config != null) {
            OutlierWatch started = new OutlierWatch(contexts.get(0), upstream.backend(), config);
            watch.outliers = started;
            upstream.watchOutliers(started);
            started.start();
        }
    }

    private static void stopOutliers(Upstream upstream, Watch watch) {
        OutlierWatch running = watch.outliers;
        if (running != null) {
            watch.outliers = null;
            upstream.watchOutliers(null);
            running.stop();
        }
    }

    void slowChecks(int factor) {
        checks.slowDown(factor);
    }

    /** The checks of that loop end with their connections; on the loop. */
    void stop(LoopContext context) {
        checks.stop(context);
    }
}

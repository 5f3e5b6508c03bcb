package io.evenkeel.lb.netty;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendObserver;
import io.evenkeel.lb.OutlierChange;
import io.evenkeel.lb.OutlierConfig;
import io.evenkeel.lb.OutlierDetector;
import io.evenkeel.lb.Server;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Feeds the outlier detector of one backend with what connects meet, and does what it says, on one event loop. */
final class OutlierWatch implements BackendObserver {
    private static final Logger LOGGER = LoggerFactory.getLogger(OutlierWatch.class);

    private final LoopContext context;
    private final Backend backend;
    private final OutlierConfig config;
    private final OutlierDetector detector;
    private boolean stopped;
    private @Nullable ScheduledFuture<?> next;

    OutlierWatch(LoopContext context, Backend backend, OutlierConfig config) {
        this.context = context;
        this.backend = backend;
        this.config = config;
        detector = new OutlierDetector(config, backend.servers(), System.nanoTime());
    }

    void start() {
        backend.addObserver(this);
        serversChanged();
    }

    OutlierConfig config() {
        return config;
    }

    /** Nothing is left out any more; from any thread. */
    void stop() {
        backend.removeObserver(this);
        context.loop()
                .execute(
                        () -> {
                            stopped = true;
                            cancelNext();
                            for (Server server : backend.servers()) {
                                tell(
                                        new OutlierChange(
                                                server, false, "outliers are found otherwise now"));
                            }
                        });
    }

    @Override
    public void onServerConfigured(Backend source, Server server) {
        serversChanged();
    }

    @Override
    public void onServerRemoved(Backend source, Server server) {
        serversChanged();
    }

    private void serversChanged() {
        LoopPost.offer(
                context.loop(),
                () -> {
                    if (stopped) {
                        return;
                    }
                    detector.setServers(backend.servers()).forEach(this::tell);
                    scheduleNext();
                });
    }

    /** Takes what became of a connect; from any thread. */
    void record(Server server, boolean connected) {
        if (detector.record(server, connected)) {
            context.loop().execute(() -> apply(detector.onErrors(server, System.nanoTime())));
        }
    }

    /** Takes the result of a health check; from any thread. */
    void onCheck(Server server, boolean passed) {
        context.loop().execute(() -> apply(detector.onCheck(server, passed, System.nanoTime())));
    }

    private void apply(@Nullable OutlierChange change) {
        if (stopped) {
            return;
        }
        if (change != null) {
            tell(change);
        }
        scheduleNext();
    }

    private void onDeadline() {
        detector.onDeadline(System.nanoTime()).forEach(this::tell);
        scheduleNext();
    }

    private void scheduleNext() {
        cancelNext();
        long delayNanos = Math.max(0, detector.nextDeadlineNanos() - System.nanoTime());
        next = context.loop().schedule(this::onDeadline, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void cancelNext() {
        ScheduledFuture<?> before = next;
        if (before != null) {
            before.cancel(false);
            next = null;
        }
    }

    private void tell(OutlierChange change) {
        try {
            backend.setEjected(
                    change.server(), change.ejected(), change.cause(), System.nanoTime());
        } catch (Throwable e) {
            LOGGER.warn(
                    "An observer of backend {} failed when server {} was ejected or taken in again;"
                            + " the proxy goes on.",
                    backend.name(),
                    change.server().name(),
                    e);
        }
    }
}

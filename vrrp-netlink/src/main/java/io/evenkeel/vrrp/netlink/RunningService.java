package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads and descriptors of a started service. */
final class RunningService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningService.class);
    private static final long CLOSE_BOUND_MILLIS = 3_500;
    private static final long SNAPSHOT_BOUND_MILLIS = 2_000;

    private final VrrpThread loop;
    private final Thread thread;
    private final List<RouterDriver> drivers;
    private final List<ScriptRunner> runners;
    private final EventDispatcher dispatcher;

    private RunningService(
            VrrpThread loop,
            List<RouterDriver> drivers,
            List<VrrpScript> scripts,
            EventDispatcher dispatcher) {
        this.loop = loop;
        this.drivers = drivers;
        this.dispatcher = dispatcher;
        thread = new Thread(loop, "evenkeel-vrrp");
        thread.setDaemon(true);
        runners = scripts.stream().map(s -> new ScriptRunner(s, this::report)).toList();
    }

    /**
     * Opens everything, then starts the threads.
     *
     * @param trackers what is known of the trackers before the first report
     */
    static RunningService start(
            VrrpNetwork network,
            List<VirtualRouterConfig> routers,
            List<VrrpScript> scripts,
            Map<String, Boolean> trackers,
            Consumer<VrrpEvent> listener)
            throws VrrpStartException {
        Libc libc = new JnaLibc();
        EventDispatcher dispatcher = new EventDispatcher("evenkeel-vrrp-events");
        NetworkSession session = network.open(libc, routers, dispatcher);
        List<RouterDriver> drivers = new ArrayList<>();
        for (VirtualRouterConfig config : routers) {
            drivers.add(
                    new RouterDriver(
                            config,
                            session.port(config),
                            session.keeper(config),
                            event -> dispatcher.execute(new Publication(listener, event)),
                            dispatcher));
        }
        VrrpThread loop;
        try {
            loop = new VrrpThread(libc, session, drivers, dispatcher);
        } catch (NativeCallException e) {
            session.close();
            throw new VrrpStartException(
                    null, "The VRRP thread cannot be set up: " + e.getMessage(), e);
        }
        RunningService service = new RunningService(loop, drivers, scripts, dispatcher);
        trackers.forEach(service::report);
        dispatcher.start();
        service.thread.start();
        service.runners.forEach(ScriptRunner::start);
        return service;
    }

    void report(String tracker, boolean up) {
        loop.submit(
                now -> {
                    for (RouterDriver driver : drivers) {
                        if (driver.tracks(tracker)) {
                            driver.handleTracker(tracker, up, now);
                        }
                    }
                });
    }

    void handover(String router) {
        loop.submit(
                now -> {
                    for (RouterDriver driver : drivers) {
                        if (driver.router().config().name().equals(router)) {
                            driver.handover(now);
                        }
                    }
                });
    }

    VrrpSnapshot snapshot() {
        CompletableFuture<VrrpSnapshot> answer = new CompletableFuture<>();
        loop.submit(now -> answer.complete(takeSnapshot()));
        long boundNanos = System.nanoTime() + SNAPSHOT_BOUND_MILLIS * 1_000_000;
        try {
            while (System.nanoTime() < boundNanos) {
                if (!thread.isAlive()) {
                    return takeSnapshot();
                }
                try {
                    return answer.get(50, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    // The thread may have ended without answering: look again.
                    continue;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for the VRRP thread.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("The VRRP thread could not take a snapshot.", e);
        }
        throw new IllegalStateException(
                "The VRRP thread did not answer within "
                        + SNAPSHOT_BOUND_MILLIS
                        + " ms. Look for a pause of the JVM or the machine.");
    }

    @Override
    public void close() {
        // Scripts first: what they report while the routers stop means nothing.
        runners.forEach(ScriptRunner::close);
        loop.stop();
        boolean interrupted = join(System.nanoTime() + CLOSE_BOUND_MILLIS * 1_000_000);
        if (thread.isAlive()) {
            LOG.error(
                    "The VRRP thread did not end within {} ms of the close. The leases of its addresses run out by themselves.",
                    CLOSE_BOUND_MILLIS);
        }
        dispatcher.close(CLOSE_BOUND_MILLIS / 3);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the VRRP thread, interrupted or not: half a handover is worse than a late one. */
    private boolean join(long boundNanos) {
        boolean interrupted = false;
        while (thread.isAlive() && System.nanoTime() < boundNanos) {
            try {
                thread.join(Math.max(1, (boundNanos - System.nanoTime()) / 1_000_000));
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }

    private VrrpSnapshot takeSnapshot() {
        return new VrrpSnapshot(
                drivers.stream()
                        .map(
                                driver ->
                                        new RouterSnapshot(
                                                driver.router().config().name(),
                                                driver.router().state(),
                                                driver.router().effectivePriority(),
                                                driver.router().counters().copy(),
                                                driver.port().sendFailures()))
                        .toList(),
                loop.stalls().statistics());
    }

    /** A named class, because a lambda is linked on its first use, which would be in the middle of a takeover. */
    private record Publication(Consumer<VrrpEvent> listener, VrrpEvent event) implements Runnable {
        @Override
        public void run() {
            listener.accept(event);
        }
    }
}

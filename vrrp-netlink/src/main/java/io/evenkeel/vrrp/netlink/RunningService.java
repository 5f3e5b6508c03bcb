package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads and descriptors of a started service. */
final class RunningService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RunningService.class);
    private static final long CLOSE_BOUND_MILLIS = 3_500;
    private static final long ANSWER_BOUND_MILLIS = 2_000;

    private final NetworkSession session;
    private final Roster roster;
    private final VrrpThread loop;
    private final ThreadTuning tuning;
    private final Thread thread;
    private final List<ScriptRunner> runners;
    private final SourcePoller poller;
    private final EventDispatcher dispatcher;

    /** As they are configured now, with what was set at run time; for one thread at a time. */
    private List<VirtualRouterConfig> routers;

    private RunningService(
            NetworkSession session,
            Roster roster,
            VrrpThread loop,
            ThreadTuning tuning,
            HostSources sources,
            EventDispatcher dispatcher,
            List<VirtualRouterConfig> routers) {
        this.session = session;
        this.roster = roster;
        this.loop = loop;
        this.tuning = tuning;
        this.dispatcher = dispatcher;
        this.routers = routers;
        thread = new Thread(loop, "evenkeel-vrrp");
        thread.setDaemon(true);
        runners =
                sources.scripts().stream()
                        .map(script -> new ScriptRunner(script, sources.users(), this::report))
                        .toList();
        poller = new SourcePoller(sources.polled(this::report, this::report));
    }

    /** Opens everything, then starts the threads. */
    static RunningService start(
            VrrpNetwork network,
            List<VirtualRouterConfig> routers,
            List<SyncGroupConfig> groups,
            HostSources sources,
            HostStatics statics,
            long pauseToleranceNanos,
            ThreadOptions threadOptions,
            Consumer<VrrpEvent> listener)
            throws VrrpStartException {
        Libc libc = new JnaLibc();
        EventDispatcher dispatcher = new EventDispatcher("evenkeel-vrrp-events");
        NetworkSession session =
                network.open(libc, routers, statics.addresses(), sources.delays(), dispatcher);
        Deque<Runnable> opened = new ArrayDeque<>(List.of(session::close));
        try {
            Heartbeat heartbeat = new Heartbeat(libc, pauseToleranceNanos, dispatcher);
            opened.push(heartbeat::close);
            Turn turn = new Turn(heartbeat);
            Roster.Recruiter recruiter =
                    config ->
                            new RouterDriver(
                                    config,
                                    session.port(config),
                                    session.keeper(config),
                                    turn,
                                    event -> dispatcher.execute(new Publication(listener, event)),
                                    dispatcher);
            HostClocks clocks = new HostClocks(libc);
            opened.push(clocks::close);
            Roster roster =
                    new Roster(session, recruiter, clocks, routers, groups, sources.interfaces());
            ThreadTuning tuning =
                    new ThreadTuning(threadOptions, libc, ProcessRights::ofThisThread);
            VrrpThread loop =
                    new VrrpThread(libc, session, roster, clocks, heartbeat, tuning, dispatcher);
            opened.clear();
            opened.push(loop::discard);
            Shortfalls.warn(routers);
            tell(heartbeat.status());
            session.dropOnly(routers);
            session.addStaticRoutes(statics);
            return new RunningService(session, roster, loop, tuning, sources, dispatcher, routers);
        } catch (NativeCallException e) {
            opened.forEach(Runnable::run);
            throw new VrrpStartException(
                    null, "VRRP cannot start on this host: " + e.getMessage(), e);
        } catch (RuntimeException e) {
            opened.forEach(Runnable::run);
            throw e;
        }
    }

    private static void tell(HeartbeatStatus heartbeat) {
        if (heartbeat.inKernel()) {
            LOG.info(
                    "The kernel sends the advertisements, up to {} ms ahead: a shorter pause of this JVM goes unnoticed.",
                    heartbeat.pauseToleranceNanos() / 1_000_000);
        } else {
            LOG.info("{} The VRRP thread sends the advertisements.", heartbeat.reason());
        }
    }

    /** Starts the threads; what was reported before counts at the start. */
    void run() {
        dispatcher.start();
        thread.start();
        runners.forEach(ScriptRunner::start);
        poller.start();
    }

    void report(String tracker, boolean up) {
        loop.submit(now -> roster.report(tracker, up, now));
    }

    void report(String tracker, int value) {
        loop.submit(now -> roster.report(tracker, value, now));
    }

    void handover(String router) {
        submit(router, RouterDriver::handover);
    }

    void setMaintenance(String router, boolean maintenance) {
        submit(router, (driver, now) -> driver.setMaintenance(maintenance, now));
    }

    /**
     * @param priority what the router's configuration allows
     */
    void setPriority(String router, int priority) {
        // An owner accepts packets to its addresses.
        routers =
                routers.stream()
                        .map(
                                r ->
                                        r.name().equals(router)
                                                ? r.toBuilder().priority(priority).build()
                                                : r)
                        .toList();
        session.dropOnly(routers);
        submit(router, (driver, now) -> driver.setPriority(priority, now));
    }

    /**
     * Makes these the routers, and returns when they are.
     *
     * @param next what a service may have
     * @param changed those of them that are new or others than before
     */
    void reconfigure(List<VirtualRouterConfig> next, List<VirtualRouterConfig> changed)
            throws VrrpStartException {
        HostView view = session.inspect(changed);
        // No address is on the host before the filter knows it, and none is out of the filter
        // while it still is there.
        session.dropAlso(next);
        try {
            change(next, view);
            routers = next;
        } finally {
            session.dropOnly(routers);
        }
        Shortfalls.warn(changed);
    }

    private void change(List<VirtualRouterConfig> next, HostView view) throws VrrpStartException {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        loop.submit(
                now -> {
                    if (loop.isStopping()) {
                        done.complete(false);
                        return;
                    }
                    try {
                        roster.reconfigure(next, view, done::complete, now);
                        loop.follow();
                    } catch (NativeCallException e) {
                        done.completeExceptionally(e);
                    }
                });
        boolean settled;
        try {
            settled = await(done, () -> false);
        } catch (NativeCallException e) {
            throw new VrrpStartException(
                    null,
                    "The virtual routers stay as they were because the host refuses what they need: "
                            + e.getMessage(),
                    e);
        }
        if (!settled) {
            throw new IllegalStateException(
                    "The VRRP service ended meanwhile. Build a new one with these routers.");
        }
        session.awaitRemovals(ANSWER_BOUND_MILLIS);
    }

    VrrpSnapshot snapshot() {
        CompletableFuture<VrrpSnapshot> answer = new CompletableFuture<>();
        loop.submit(now -> answer.complete(takeSnapshot()));
        return await(answer, this::takeSnapshot);
    }

    @Override
    public void close() {
        // Scripts first: what they report while the routers stop means nothing.
        runners.forEach(ScriptRunner::close);
        poller.close();
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

    private interface Change {
        void apply(RouterDriver driver, long now);
    }

    private void submit(String router, Change change) {
        loop.submit(
                now -> {
                    for (RouterDriver driver : roster.drivers()) {
                        if (driver.name().equals(router)) {
                            change.apply(driver, now);
                        }
                    }
                });
    }

    /** Waits for the VRRP thread's answer; if it has ended without one, the other counts. */
    private <T> T await(CompletableFuture<T> answer, Supplier<T> afterTheEnd) {
        long boundNanos = System.nanoTime() + ANSWER_BOUND_MILLIS * 1_000_000;
        try {
            while (System.nanoTime() < boundNanos) {
                if (!thread.isAlive()) {
                    return answer.isDone() ? answer.get() : afterTheEnd.get();
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
            if (e.getCause() instanceof NativeCallException failure) {
                throw failure;
            }
            throw new IllegalStateException("The VRRP thread could not do it.", e.getCause());
        }
        throw new IllegalStateException(
                "The VRRP thread did not answer within "
                        + ANSWER_BOUND_MILLIS
                        + " ms. Look for a pause of the JVM or the machine.");
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
        List<RouterSnapshot> routers = new ArrayList<>();
        for (RouterDriver driver : roster.drivers()) {
            VirtualRouter router = driver.router();
            routers.add(
                    new RouterSnapshot(
                            driver.name(),
                            router.state(),
                            router.effectivePriority(),
                            router.isInMaintenance(),
                            router.peers(),
                            router.counters().copy(),
                            driver.port().sendFailures()));
        }
        return new VrrpSnapshot(
                routers,
                loop.stalls().statistics(),
                loop.heartbeat(),
                tuning.settings(),
                session.monitorStatistics());
    }

    /** A named class, because a lambda is linked on its first use, which would be in the middle of a takeover. */
    private record Publication(Consumer<VrrpEvent> listener, VrrpEvent event) implements Runnable {
        @Override
        public void run() {
            listener.accept(event);
        }
    }
}

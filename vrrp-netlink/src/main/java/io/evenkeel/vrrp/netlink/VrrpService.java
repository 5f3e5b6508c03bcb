package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Virtual routers that run in this JVM: VRRP (RFC 9568, RFC 3768) on the interfaces of a Linux host, with the virtual addresses put
 * on the host while this node is Active.
 *
 * <pre>{@code
 * try (VrrpService service = VrrpService.builder().router(config).listener(listener).build()) {
 *     service.start();
 *     ...
 * }
 * }</pre>
 *
 * <p>All methods may be called by any thread, and by listeners.
 */
public final class VrrpService implements AutoCloseable {
    private final List<SyncGroupConfig> groups;
    private final HostSources sources;
    private final HostStatics statics;
    private final long pauseToleranceNanos;
    private volatile List<NotifyScript> notifyScripts;
    private final NotifyRunner notifyRunner;
    private final Subscriptions subscriptions;
    private final VrrpNetwork network;
    private final ThreadOptions threadOptions;
    // Who reports may be an event loop, which must not wait for a start: the lock is one for a
    // moment.
    private final Object reporting = new Object();
    private final Map<String, Consumer<RunningService>> reportedBeforeStart = new LinkedHashMap<>();
    private final Object reconfiguration = new Object();
    private volatile List<VirtualRouterConfig> routers;
    private @Nullable RunningService reportedTo;
    private @Nullable RunningService running;
    private boolean closed;

    VrrpService(VrrpServiceBuilder builder) {
        routers = List.copyOf(builder.routers);
        groups = List.copyOf(builder.groups);
        sources = new HostSources(builder);
        statics =
                new HostStatics(builder.staticAddresses, builder.staticRoutes, builder.staticRules);
        pauseToleranceNanos = builder.pauseTolerance.toNanos();
        notifyScripts = List.copyOf(builder.notifyScripts);
        notifyRunner = new NotifyRunner(notifyScripts, groups, this::hasRouter, sources.users());
        subscriptions = new Subscriptions(builder.subscriptions);
        network = builder.network;
        threadOptions = builder.threadOptions;
    }

    /**
     * Starts the description of a service.
     *
     * @return a builder without routers
     */
    public static VrrpServiceBuilder builder() {
        return new VrrpServiceBuilder();
    }

    /**
     * Whether the platform can run a service at all. Privileges are not looked at: {@link #start()} names the one that is
     * missing.
     *
     * @return true on 64-bit Linux with the native part of JNA
     */
    public static boolean isAvailable() {
        return unavailabilityCause() == null;
    }

    /**
     * Why the platform cannot run a service.
     *
     * @return a sentence, or null if it can
     */
    public static @Nullable String unavailabilityCause() {
        return Platform.unavailabilityCause();
    }

    /**
     * Opens what is needed and starts the virtual routers. Returns when they run; who becomes Active is decided later and told to the
     * listeners.
     *
     * @throws VrrpStartException if the host refuses; nothing was changed on it, and start may be called again
     * @throws IllegalStateException if the service was started or closed before
     */
    public synchronized void start() throws VrrpStartException {
        if (closed || running != null) {
            throw new IllegalStateException(
                    "The VRRP service was "
                            + (closed ? "closed" : "started")
                            + " before. Build a new one to start again.");
        }
        String cause = unavailabilityCause();
        if (cause != null) {
            throw new VrrpStartException(null, cause);
        }
        sources.users().require(sources.scripts(), notifyScripts);
        RunningService started =
                RunningService.start(
                        network,
                        routers,
                        groups,
                        sources,
                        statics,
                        pauseToleranceNanos,
                        threadOptions,
                        this::publish);
        // Of the others nothing is known until they have run.
        sources.scripts().stream()
                .filter(VrrpScript::initiallyFailed)
                .forEach(script -> started.report(script.name(), false));
        synchronized (reporting) {
            reportedBeforeStart.values().forEach(report -> report.accept(started));
            started.run();
            reportedTo = started;
        }
        running = started;
    }

    /**
     * Tells the routers that track this source whether it is up. What is reported before the start counts at the start. Returns at
     * once, whatever else goes on.
     *
     * @param tracker the name of a tracker of at least one router
     * @param up whether the source is healthy
     * @throws IllegalArgumentException if no router has such a tracker
     */
    public void report(String tracker, boolean up) {
        report(tracker, service -> service.report(tracker, up));
    }

    /**
     * Tells the routers that track this source a number, which times its weight is added to the priority; {@code
     * io.evenkeel.vrrp.Tracker} says more. What is reported before the start counts at the start. Returns at once, whatever else goes
     * on.
     *
     * @param tracker the name of a tracker of at least one router
     * @param value the number
     * @throws IllegalArgumentException if no router has such a tracker
     */
    public void report(String tracker, int value) {
        report(tracker, service -> service.report(tracker, value));
    }

    private void report(String tracker, Consumer<RunningService> report) {
        if (routers.stream().noneMatch(r -> RouterDriver.tracks(r, tracker))) {
            throw new IllegalArgumentException(
                    "No virtual router has the tracker "
                            + tracker
                            + ". Add it to the router's trackers.");
        }
        synchronized (reporting) {
            RunningService service = reportedTo;
            if (service == null) {
                reportedBeforeStart.put(tracker, report);
            } else {
                report.accept(service);
            }
        }
    }

    /**
     * Has an Active router hand its addresses over to a Backup as fast as the peers can, and stay as Backup. It holds back from
     * preempting for a while ({@code VirtualRouter.handover} says how long); if no peer takes the addresses, it takes them back.
     * Without effect on a router that is not Active.
     *
     * @param router the router's name
     * @throws IllegalArgumentException if there is no such router
     * @throws IllegalStateException if the service does not run
     */
    public synchronized void handover(String router) {
        requireRouter(router);
        requireRunning().handover(router);
    }

    /**
     * Takes a router out of service, or back into it. In maintenance it owns nothing and is in {@code FAULT}; an Active router hands
     * its addresses over first. Lasts until it is ended, or the router is replaced by a reconfiguration.
     *
     * @param router the router's name
     * @param maintenance true to take it out of service
     * @throws IllegalArgumentException if there is no such router
     * @throws IllegalStateException if the service does not run
     */
    public synchronized void setMaintenance(String router, boolean maintenance) {
        requireRouter(router);
        requireRunning().setMaintenance(router, maintenance);
    }

    /**
     * Gives a router another configured priority, to which its trackers are added as before. Lasts until the next {@link
     * #reconfigure}.
     *
     * @param router the router's name
     * @param priority 1..255
     * @throws IllegalArgumentException if there is no such router, the priority is out of range, or it is 255 and the router does
     *     not preempt at once
     * @throws IllegalStateException if the service does not run
     */
    public void setPriority(String router, int priority) {
        synchronized (reconfiguration) {
            synchronized (this) {
                // The VRRP thread cannot refuse it any more.
                requireRouter(router).toBuilder().priority(priority).build();
                requireRunning().setPriority(router, priority);
            }
        }
    }

    /**
     * Gives the running service other routers, which take the place of all that it had. A router that stays the same one ({@code
     * VirtualRouterConfig.sameRouter}) goes on with its new configuration: an Active one stays Active, and of its addresses only the
     * difference is added and removed. A router that is no longer listed hands its addresses over and is gone. A new one is started. One
     * whose identity is another one (VRID, interface, version, family, multicast group or unicast) hands over and starts anew, and so
     * do the others of its sync group. The same list again changes nothing, but it ends what {@link #setPriority} did.
     *
     * <p>Scripts, commands, sync groups and listeners stay. Everything is looked at before anything is changed. Returns when the new routers are
     * started, usually within 100 ms.
     *
     * @param next all routers from now on
     * @throws IllegalArgumentException if a service cannot have these routers, as with {@link VrrpServiceBuilder#build()}; nothing was changed
     * @throws VrrpStartException if the host refuses them; nothing was changed
     * @throws IllegalStateException if the service does not run, or is closed meanwhile
     */
    public void reconfigure(List<VirtualRouterConfig> next) throws VrrpStartException {
        synchronized (reconfiguration) {
            reconfigure(next, notifyScripts);
        }
    }

    /**
     * Does the same as {@link #reconfigure(List)}, and has other commands run when routers and groups change their state. Those of a
     * router that is gone still run for its end.
     *
     * @param next all routers from now on
     * @param nextScripts all commands from now on
     * @throws IllegalArgumentException if a service cannot have these routers; nothing was changed
     * @throws VrrpStartException if the host refuses them, or a command cannot run as its user; nothing was changed
     * @throws IllegalStateException if the service does not run, or is closed meanwhile
     */
    public void reconfigure(List<VirtualRouterConfig> next, List<NotifyScript> nextScripts)
            throws VrrpStartException {
        List<VirtualRouterConfig> wanted = List.copyOf(next);
        List<NotifyScript> wantedScripts = List.copyOf(nextScripts);
        new ServiceChecks(wanted)
                .groups(groups, wanted)
                .require("The VRRP service cannot be reconfigured");
        synchronized (reconfiguration) {
            RunningService service;
            List<VirtualRouterConfig> changed = new ArrayList<>(wanted);
            synchronized (this) {
                service = requireRunning();
                changed.removeAll(routers);
            }
            List<VirtualRouterConfig> before = routers;
            List<NotifyScript> scriptsBefore = notifyScripts;
            sources.users().require(sources.scripts(), wantedScripts);
            // From here on, since a router that leaves says so while it does.
            routers = wanted;
            notifyRunner.replace(wantedScripts);
            try {
                service.reconfigure(wanted, changed);
            } catch (VrrpStartException | RuntimeException e) {
                routers = before;
                notifyRunner.replace(scriptsBefore);
                throw e;
            }
            notifyScripts = wantedScripts;
        }
    }

    /**
     * Hands over the addresses of every router, as {@link #handover(String)} does.
     *
     * @throws IllegalStateException if the service does not run
     */
    public synchronized void handover() {
        routers.forEach(r -> requireRunning().handover(r.name()));
    }

    /**
     * The state of all routers at one moment.
     *
     * @return a value that no longer changes; after close the last state
     * @throws IllegalStateException if the service was never started, or its thread did not answer within 2 s
     */
    public VrrpSnapshot snapshot() {
        RunningService service;
        synchronized (this) {
            service = requireRunning();
        }
        return service.snapshot();
    }

    /**
     * Stops the routers: an Active one hands its addresses over first, then they are taken off the host. Returns after 5 s at the
     * latest, usually within 100 ms. Closing again has no effect.
     */
    @Override
    public void close() {
        RunningService service;
        synchronized (this) {
            closed = true;
            service = running;
        }
        if (service != null) {
            service.close();
        }
    }

    /** Runs on the thread of the events, one event at a time. */
    private void publish(VrrpEvent event) {
        subscriptions.publish(event);
        notifyRunner.onEvent(event);
    }

    private boolean hasRouter(String name) {
        return routers.stream().anyMatch(router -> router.name().equals(name));
    }

    private VirtualRouterConfig requireRouter(String name) {
        return routers.stream()
                .filter(router -> router.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "There is no virtual router " + name + "."));
    }

    private RunningService requireRunning() {
        RunningService service = running;
        if (service == null) {
            throw new IllegalStateException(
                    "The VRRP service was not started. Call start() first.");
        }
        return service;
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
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
    private final List<VrrpScript> scripts;
    private final Subscriptions subscriptions;
    private final VrrpNetwork network;
    private final Map<String, Consumer<RunningService>> reportedBeforeStart = new LinkedHashMap<>();
    private final Object reconfiguration = new Object();
    private List<VirtualRouterConfig> routers;
    private @Nullable RunningService running;
    private boolean closed;

    private VrrpService(Builder builder) {
        routers = List.copyOf(builder.routers);
        groups = List.copyOf(builder.groups);
        scripts = List.copyOf(builder.scripts);
        subscriptions = new Subscriptions(builder.subscriptions);
        network = builder.network;
    }

    /**
     * Starts the description of a service.
     *
     * @return a builder without routers
     */
    public static Builder builder() {
        return new Builder();
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
        RunningService started =
                RunningService.start(network, routers, groups, scripts, subscriptions::publish);
        scripts.forEach(s -> started.report(s.name(), ScriptRunner.isInitiallyUp(s)));
        reportedBeforeStart.values().forEach(report -> report.accept(started));
        started.run();
        running = started;
    }

    /**
     * Tells the routers that track this source whether it is up. What is reported before the start counts at the start.
     *
     * @param tracker the name of a tracker of at least one router
     * @param up whether the source is healthy
     * @throws IllegalArgumentException if no router has such a tracker
     */
    public synchronized void report(String tracker, boolean up) {
        report(tracker, service -> service.report(tracker, up));
    }

    /**
     * Tells the routers that track this source a number, which times its weight is added to the priority; {@code
     * io.evenkeel.vrrp.Tracker} says more. What is reported before the start counts at the start.
     *
     * @param tracker the name of a tracker of at least one router
     * @param value the number
     * @throws IllegalArgumentException if no router has such a tracker
     */
    public synchronized void report(String tracker, int value) {
        report(tracker, service -> service.report(tracker, value));
    }

    private void report(String tracker, Consumer<RunningService> report) {
        if (routers.stream().noneMatch(r -> RouterDriver.tracks(r, tracker))) {
            throw new IllegalArgumentException(
                    "No virtual router has the tracker "
                            + tracker
                            + ". Add it to the router's trackers.");
        }
        if (running != null) {
            report.accept(running);
        } else {
            reportedBeforeStart.put(tracker, report);
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
     * <p>Scripts, sync groups and listeners stay. Everything is looked at before anything is changed. Returns when the new routers are
     * started, usually within 100 ms.
     *
     * @param next all routers from now on
     * @throws IllegalArgumentException if a service cannot have these routers, as with {@link Builder#build()}; nothing was changed
     * @throws VrrpStartException if the host refuses them; nothing was changed
     * @throws IllegalStateException if the service does not run, or is closed meanwhile
     */
    public void reconfigure(List<VirtualRouterConfig> next) throws VrrpStartException {
        List<VirtualRouterConfig> wanted = List.copyOf(next);
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
            service.reconfigure(wanted, changed);
            synchronized (this) {
                routers = wanted;
            }
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

    /** Describes a {@link VrrpService}. */
    public static final class Builder {
        private final List<VirtualRouterConfig> routers = new ArrayList<>();
        private final List<SyncGroupConfig> groups = new ArrayList<>();
        private final List<VrrpScript> scripts = new ArrayList<>();
        private final List<Subscriptions.Subscription> subscriptions = new ArrayList<>();
        private VrrpNetwork network = VrrpNetwork.linux();

        private Builder() {}

        /**
         * Adds a virtual router. At least one is needed.
         *
         * @param router its configuration
         * @return this builder
         */
        public Builder router(VirtualRouterConfig router) {
            routers.add(Objects.requireNonNull(router, "router"));
            return this;
        }

        /**
         * Adds virtual routers.
         *
         * @param routers their configurations
         * @return this builder
         */
        public Builder routers(List<VirtualRouterConfig> routers) {
            routers.forEach(this::router);
            return this;
        }

        /**
         * Adds a group of routers that are Active together or not at all.
         *
         * @param group names its members, which are routers of this service and in no other group
         * @return this builder
         */
        public Builder syncGroup(SyncGroupConfig group) {
            groups.add(Objects.requireNonNull(group, "group"));
            return this;
        }

        /**
         * Adds groups of routers.
         *
         * @param groups the groups
         * @return this builder
         */
        public Builder syncGroups(List<SyncGroupConfig> groups) {
            groups.forEach(this::syncGroup);
            return this;
        }

        /**
         * Adds scripts that run while the service runs. Each feeds the trackers of its name.
         *
         * @param scripts the scripts
         * @return this builder
         */
        public Builder scripts(List<VrrpScript> scripts) {
            this.scripts.addAll(List.copyOf(scripts));
            return this;
        }

        /**
         * Adds a listener, called on a daemon thread of the service.
         *
         * @param listener is told every event
         * @return this builder
         */
        public Builder listener(VrrpListener listener) {
            return subscribe(listener, Runnable::run);
        }

        /**
         * Adds a listener that is called on the given executor, one event at a time and in order whatever the number of its threads.
         *
         * @param listener is told every event
         * @param executor runs the listener
         * @return this builder
         */
        public Builder listener(VrrpListener listener, Executor executor) {
            return subscribe(listener, new EventDispatcher.Serial(executor));
        }

        /**
         * The network on which the routers meet others, {@link VrrpNetwork#linux()} unless set.
         *
         * @param network the network
         * @return this builder
         */
        public Builder network(VrrpNetwork network) {
            this.network = Objects.requireNonNull(network, "network");
            return this;
        }

        /**
         * Makes the service; nothing is opened yet.
         *
         * @return a service that can be started once
         * @throws IllegalArgumentException if there is no router, two have the same name, two of one family have the same VRID on the
         *     same interface, a sync group names a router that there is not, a router is in two groups, or two groups or two scripts have
         *     the same name; the message names all of these at once
         */
        public VrrpService build() {
            new ServiceChecks(routers)
                    .groups(groups, routers)
                    .scripts(scripts)
                    .require("The VRRP service cannot be built");
            return new VrrpService(this);
        }

        private Builder subscribe(VrrpListener listener, Executor executor) {
            subscriptions.add(
                    new Subscriptions.Subscription(
                            Objects.requireNonNull(listener, "listener"), executor));
            return this;
        }
    }
}

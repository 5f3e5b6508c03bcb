package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpScript;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private static final Logger LOG = LoggerFactory.getLogger(VrrpService.class);

    private final List<VirtualRouterConfig> routers;
    private final List<VrrpScript> scripts;
    private final List<Subscription> subscriptions;
    private final VrrpNetwork network;
    private final Map<String, Boolean> reportedBeforeStart = new LinkedHashMap<>();
    private @Nullable RunningService running;
    private boolean closed;

    private VrrpService(Builder builder) {
        routers = List.copyOf(builder.routers);
        scripts = List.copyOf(builder.scripts);
        subscriptions = List.copyOf(builder.subscriptions);
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
        Map<String, Boolean> trackers = new LinkedHashMap<>();
        scripts.forEach(s -> trackers.put(s.name(), ScriptRunner.isInitiallyUp(s)));
        trackers.putAll(reportedBeforeStart);
        running = RunningService.start(network, routers, scripts, trackers, this::publish);
    }

    /**
     * Tells the routers that track this source whether it is up. What is reported before the start counts at the start.
     *
     * @param tracker the name of a tracker of at least one router
     * @param up whether the source is healthy
     * @throws IllegalArgumentException if no router has such a tracker
     */
    public synchronized void report(String tracker, boolean up) {
        if (routers.stream()
                .flatMap(r -> r.trackers().stream())
                .noneMatch(t -> t.name().equals(tracker))) {
            throw new IllegalArgumentException(
                    "No virtual router has the tracker "
                            + tracker
                            + ". Add it to the router's trackers.");
        }
        if (running != null) {
            running.report(tracker, up);
        } else {
            reportedBeforeStart.put(tracker, up);
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
        if (routers.stream().noneMatch(r -> r.name().equals(router))) {
            throw new IllegalArgumentException("There is no virtual router " + router + ".");
        }
        requireRunning().handover(router);
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

    private RunningService requireRunning() {
        RunningService service = running;
        if (service == null) {
            throw new IllegalStateException(
                    "The VRRP service was not started. Call start() first.");
        }
        return service;
    }

    /** Runs on the dispatcher's thread, one event at a time. */
    private void publish(VrrpEvent event) {
        LOG.info("{}", event.sentence());
        for (Subscription subscription : subscriptions) {
            EventDispatcher.runGuarded(
                    () ->
                            subscription.executor.execute(
                                    () -> subscription.listener.onEvent(event)));
        }
    }

    private record Subscription(VrrpListener listener, Executor executor) {}

    /** Describes a {@link VrrpService}. */
    public static final class Builder {
        private final List<VirtualRouterConfig> routers = new ArrayList<>();
        private final List<VrrpScript> scripts = new ArrayList<>();
        private final List<Subscription> subscriptions = new ArrayList<>();
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
         * @throws IllegalArgumentException if there is no router, two have the same name, two have the same VRID on the same
         *     interface, or two scripts have the same name; the message names all of these at once
         */
        public VrrpService build() {
            List<String> problems = new ArrayList<>();
            if (routers.isEmpty()) {
                problems.add("a VRRP service needs at least one virtual router");
            }
            Set<String> names = new HashSet<>();
            Map<String, String> routerByVrid = new HashMap<>();
            for (VirtualRouterConfig router : routers) {
                if (!names.add(router.name())) {
                    problems.add("two virtual routers are named " + router.name());
                }
                String vrid = router.virtualRouterId() + " on " + router.interfaceName();
                String other = routerByVrid.putIfAbsent(vrid, router.name());
                if (other != null) {
                    problems.add(
                            "the virtual routers "
                                    + other
                                    + " and "
                                    + router.name()
                                    + " both have VRID "
                                    + vrid
                                    + ", choose another VRID for one of them");
                }
            }
            Set<String> scriptNames = new HashSet<>();
            for (VrrpScript script : scripts) {
                if (!scriptNames.add(script.name())) {
                    problems.add("two scripts are named " + script.name());
                }
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(
                        "The VRRP service cannot be built: " + String.join("; ", problems) + ".");
            }
            return new VrrpService(this);
        }

        private Builder subscribe(VrrpListener listener, Executor executor) {
            subscriptions.add(
                    new Subscription(Objects.requireNonNull(listener, "listener"), executor));
            return this;
        }
    }
}

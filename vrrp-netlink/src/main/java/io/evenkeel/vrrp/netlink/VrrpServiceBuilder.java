package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.InterfaceDelays;
import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.TrackedFile;
import io.evenkeel.vrrp.TrackedInterface;
import io.evenkeel.vrrp.TrackedProcess;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VirtualRule;
import io.evenkeel.vrrp.VrrpScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/** Describes a {@link VrrpService}; {@link VrrpService#builder()} makes one. */
public final class VrrpServiceBuilder {
    private static final Duration MAX_PAUSE_TOLERANCE = Duration.ofSeconds(1);

    final List<VirtualRouterConfig> routers = new ArrayList<>();
    final List<SyncGroupConfig> groups = new ArrayList<>();
    final List<VrrpScript> scripts = new ArrayList<>();
    final List<TrackedFile> files = new ArrayList<>();
    final List<TrackedProcess> processes = new ArrayList<>();
    final List<TrackedInterface> interfaces = new ArrayList<>();
    final List<TrackedSupplier> suppliers = new ArrayList<>();
    final List<InterfaceDelays> delays = new ArrayList<>();
    final List<NotifyScript> notifyScripts = new ArrayList<>();
    final List<VirtualAddress> staticAddresses = new ArrayList<>();
    final List<VirtualRoute> staticRoutes = new ArrayList<>();
    final List<VirtualRule> staticRules = new ArrayList<>();
    final List<Subscriptions.Subscription> subscriptions = new ArrayList<>();
    Duration pauseTolerance = Duration.ofMillis(250);
    boolean scriptSecurity;
    VrrpNetwork network = VrrpNetwork.linux();
    ThreadOptions threadOptions = ThreadOptions.defaults();

    VrrpServiceBuilder() {}

    /**
     * Adds a virtual router. At least one is needed.
     *
     * @param router its configuration
     * @return this builder
     */
    public VrrpServiceBuilder router(VirtualRouterConfig router) {
        routers.add(Objects.requireNonNull(router, "router"));
        return this;
    }

    /**
     * Adds virtual routers.
     *
     * @param routers their configurations
     * @return this builder
     */
    public VrrpServiceBuilder routers(List<VirtualRouterConfig> routers) {
        routers.forEach(this::router);
        return this;
    }

    /**
     * Adds a group of routers that are Active together or not at all.
     *
     * @param group names its members, which are routers of this service and in no other group
     * @return this builder
     */
    public VrrpServiceBuilder syncGroup(SyncGroupConfig group) {
        groups.add(Objects.requireNonNull(group, "group"));
        return this;
    }

    /**
     * Adds groups of routers.
     *
     * @param groups the groups
     * @return this builder
     */
    public VrrpServiceBuilder syncGroups(List<SyncGroupConfig> groups) {
        groups.forEach(this::syncGroup);
        return this;
    }

    /**
     * Adds scripts that run while the service runs. Each feeds the trackers of its name.
     *
     * @param scripts the scripts
     * @return this builder
     */
    public VrrpServiceBuilder scripts(List<VrrpScript> scripts) {
        this.scripts.addAll(List.copyOf(scripts));
        return this;
    }

    /**
     * Adds files whose numbers feed the trackers {@link TrackedFile#trackerName()}. They are read several times a second while the
     * service runs.
     *
     * @param files the files
     * @return this builder
     */
    public VrrpServiceBuilder trackedFiles(List<TrackedFile> files) {
        this.files.addAll(List.copyOf(files));
        return this;
    }

    /**
     * Adds programs whose processes feed the trackers {@link TrackedProcess#trackerName()}. They are counted several times a
     * second while the service runs.
     *
     * @param processes the programs
     * @return this builder
     */
    public VrrpServiceBuilder trackedProcesses(List<TrackedProcess> processes) {
        this.processes.addAll(List.copyOf(processes));
        return this;
    }

    /**
     * Adds interfaces whose links feed the trackers {@link TrackedInterface#trackerName()}. One that does not exist is down.
     *
     * @param interfaces the interfaces
     * @return this builder
     */
    public VrrpServiceBuilder trackedInterfaces(List<TrackedInterface> interfaces) {
        this.interfaces.addAll(List.copyOf(interfaces));
        return this;
    }

    /**
     * Adds a method of the application that is asked again and again while the service runs, on a thread of its own.
     *
     * @param supplier the method and the trackers that it feeds, of which at least one router has one, without a deadline
     * @return this builder
     */
    public VrrpServiceBuilder trackedSupplier(TrackedSupplier supplier) {
        suppliers.add(Objects.requireNonNull(supplier, "supplier"));
        return this;
    }

    /**
     * Whether a script that would run as root is refused at the start if others than root can change it, or put another in its place.
     *
     * @param secure true to refuse; not looked at unless set
     * @return this builder
     */
    public VrrpServiceBuilder scriptSecurity(boolean secure) {
        scriptSecurity = secure;
        return this;
    }

    /**
     * Has changes of some interfaces' links count only when they have lasted for a while. Without it they count at once. For the routers'
     * own interfaces, those of their addresses and the tracked ones; where one interface is named twice, the last counts.
     *
     * @param delays the delays
     * @return this builder
     */
    public VrrpServiceBuilder interfaceDelays(List<InterfaceDelays> delays) {
        for (InterfaceDelays each : delays) {
            this.delays.removeIf(other -> other.interfaceName().equals(each.interfaceName()));
            this.delays.add(each);
        }
        return this;
    }

    /**
     * Adds commands that are run when routers and groups change their state. Nobody waits for them.
     *
     * @param scripts the commands
     * @return this builder
     */
    public VrrpServiceBuilder notifyScripts(List<NotifyScript> scripts) {
        notifyScripts.addAll(List.copyOf(scripts));
        return this;
    }

    /**
     * Adds addresses that are put on the host at the start and taken off at the close, whatever the routers do. They are there before
     * the routers, which may send from them.
     *
     * @param addresses the addresses, each of which names its device
     * @return this builder
     */
    public VrrpServiceBuilder staticAddresses(List<VirtualAddress> addresses) {
        staticAddresses.addAll(List.copyOf(addresses));
        return this;
    }

    /**
     * Adds routes that are put on the host at the start and taken off at the close, whatever the routers do. One that the interface
     * does not allow yet, or that goes with its interface, is put on when the interfaces have changed.
     *
     * @param routes the routes
     * @return this builder
     */
    public VrrpServiceBuilder staticRoutes(List<VirtualRoute> routes) {
        staticRoutes.addAll(List.copyOf(routes));
        return this;
    }

    /**
     * Adds routing rules that are put on the host at the start and taken off at the close, whatever the routers do.
     *
     * @param rules the rules
     * @return this builder
     */
    public VrrpServiceBuilder staticRules(List<VirtualRule> rules) {
        staticRules.addAll(List.copyOf(rules));
        return this;
    }

    /**
     * Adds a listener, called on a daemon thread of the service.
     *
     * @param listener is told every event
     * @return this builder
     */
    public VrrpServiceBuilder listener(VrrpListener listener) {
        return subscribe(listener, Runnable::run);
    }

    /**
     * Adds a listener that is called on the given executor, one event at a time and in order whatever the number of its threads.
     *
     * @param listener is told every event
     * @param executor runs the listener
     * @return this builder
     */
    public VrrpServiceBuilder listener(VrrpListener listener, Executor executor) {
        return subscribe(listener, new EventDispatcher.Serial(executor));
    }

    /**
     * The network on which the routers meet others, {@link VrrpNetwork#linux()} unless set.
     *
     * @param network the network
     * @return this builder
     */
    public VrrpServiceBuilder network(VrrpNetwork network) {
        this.network = Objects.requireNonNull(network, "network");
        return this;
    }

    /**
     * How long a pause of this JVM, such as a garbage collection, may be without a peer noticing: while a router is Active, the
     * advertisements of that time are queued in the kernel, which sends them though the JVM does not run. They end with the process,
     * and are cancelled before anything is sent that contradicts them. A process that hangs for longer falls silent.
     *
     * <p>Where the kernel has no io_uring or forbids it, the VRRP thread sends, and {@link VrrpSnapshot#heartbeat} says why.
     *
     * @param tolerance 0 to 1 s, 250 ms by default; zero has the VRRP thread send
     * @return this builder
     * @throws IllegalArgumentException if it is out of range
     */
    public VrrpServiceBuilder pauseTolerance(Duration tolerance) {
        if (tolerance.isNegative() || tolerance.compareTo(MAX_PAUSE_TOLERANCE) > 0) {
            throw new IllegalArgumentException(
                    "The pause tolerance is "
                            + tolerance.toMillis()
                            + " ms; choose one from 0 to 1000 ms.");
        }
        pauseTolerance = tolerance;
        return this;
    }

    /**
     * What is asked of the host for the VRRP thread, {@link ThreadOptions#defaults()} unless set. A host that refuses it does not keep
     * the service from starting.
     *
     * @param options what to ask for
     * @return this builder
     */
    public VrrpServiceBuilder threadOptions(ThreadOptions options) {
        threadOptions = Objects.requireNonNull(options, "options");
        return this;
    }

    /**
     * Makes the service; nothing is opened yet.
     *
     * @return a service that can be started once
     * @throws IllegalArgumentException if there is no router, two have the same name, two of one family have the same VRID on the
     *     same interface and neither another group nor another source address of unicast tells them apart, a sync group names a router that there is not, a router is in two groups, two groups or two scripts have
     *     the same name, or a supplier feeds no tracker, one that something else feeds or one with a deadline; the message names all of
     *     these at once
     */
    public VrrpService build() {
        new ServiceChecks(routers)
                .groups(groups, routers)
                .scripts(scripts)
                .suppliers(suppliers, scripts, routers)
                .require("The VRRP service cannot be built");
        return new VrrpService(this);
    }

    private VrrpServiceBuilder subscribe(VrrpListener listener, Executor executor) {
        subscriptions.add(
                new Subscriptions.Subscription(
                        Objects.requireNonNull(listener, "listener"), executor));
        return this;
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.InterfaceDelays;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VirtualRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a service has open on the LANs of this host. */
final class LinuxSession implements NetworkSession {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxSession.class);

    private final Libc libc;
    private final NetlinkConnection netlink;
    private final NetlinkConnection inspection;
    private final Map<String, LinuxInterface> interfaces = new LinkedHashMap<>();
    private final Map<PortKey, RawPort> ports = new LinkedHashMap<>();
    private final Set<RawPort> duplicates = new HashSet<>();
    private final Executor background;
    private final LinkMonitor monitor;
    private final AnnouncementSocket announcements;
    private final AddressClaims claims;
    private final VirtualMacs virtualMacs;
    private final AcceptFilter filter;
    private boolean closed;
    private final StaticAddresses staticAddresses;
    private final HeldAddresses held = new HeldAddresses();
    private final SharedEntries sharedEntries = new SharedEntries();
    private final RouteKeeper staticRoutes;
    private final LinkStates linkStates;
    private HostView view = new HostView(List.of(), List.of());

    private final LookPace pace = new LookPace(System.nanoTime());
    private long overruns;
    private long failures;
    private String lastFailure = "";

    /**
     * Opens what all routers share.
     *
     * @param delays of changes of interfaces
     * @param background runs what must not hold up the VRRP thread
     */
    LinuxSession(Libc libc, List<InterfaceDelays> delays, Executor background) {
        this.libc = libc;
        this.background = background;
        linkStates = new LinkStates(delays);
        claims = new AddressClaims(libc);
        virtualMacs = new VirtualMacs(libc, background);
        List<AutoCloseable> opened = new ArrayList<>();
        try {
            netlink = new NetlinkConnection(new LibcNetlink(libc));
            opened.add(netlink);
            // A connection of its own, because it is used while the VRRP thread uses the other, and
            // opened now, because threads may live in different network namespaces.
            inspection = new NetlinkConnection(new LibcNetlink(libc));
            opened.add(inspection);
            monitor = new LinkMonitor(libc);
            opened.add(monitor);
            announcements = new AnnouncementSocket(libc);
            staticAddresses = new StaticAddresses(inspection);
            staticRoutes = routeKeeper("The static configuration");
            filter = new AcceptFilter(libc);
        } catch (NativeCallException e) {
            opened.forEach(LinuxSession::closeQuietly);
            throw e;
        }
    }

    /** The connection that asks and changes nothing behind the VRRP thread's back. */
    NetlinkConnection inspection() {
        return inspection;
    }

    @Override
    public synchronized HostView inspect(List<VirtualRouterConfig> routers)
            throws VrrpStartException {
        if (closed) {
            throw new IllegalStateException("The VRRP service was closed.");
        }
        try {
            HostView now = look(inspection);
            new HostCheck(now).require(routers);
            if (routers.stream().anyMatch(r -> r.host().virtualMac() != null)) {
                HostCheck.requireMacvlans(routers, inspection.linkSettings());
            }
            return now;
        } catch (NativeCallException e) {
            throw new VrrpStartException(
                    null, "The interfaces of this host cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public void open(List<VirtualRouterConfig> routers, HostView now) {
        view = now;
        // What was seen before an interface was ours may have changed since.
        pace.lookAtOnce(System.nanoTime());
        Set<String> wanted = new HashSet<>();
        routers.forEach(router -> wanted.addAll(HostView.placesOf(router)));
        Set<String> claimedBefore = claims.names();
        claims.claim(wanted);
        Map<PortKey, RawPort> opened = new LinkedHashMap<>();
        Set<String> macvlansBefore = virtualMacs.names();
        try {
            if (virtualMacs.open(routers)) {
                view = look(netlink);
            }
            for (VirtualRouterConfig router : routers) {
                HostView.interfaceNames(router).forEach(this::know);
                HostView.devicesOf(router.host().routes()).forEach(this::know);
                VirtualMac mac = router.host().virtualMac();
                if (mac != null) {
                    know(mac.interfaceName());
                }
                PortKey key = PortKey.of(router);
                if (!ports.containsKey(key) && !opened.containsKey(key)) {
                    LinuxInterface network = network(router.interfaceName());
                    opened.put(key, RawPort.open(libc, key, network, now.addresses()));
                }
            }
        } catch (NativeCallException e) {
            opened.values().forEach(RawPort::close);
            virtualMacs.retain(macvlansBefore);
            claims.retain(claimedBefore);
            throw e;
        }
        ports.putAll(opened);
        claims.retain(wanted);
    }

    @Override
    public void dropAlso(List<VirtualRouterConfig> routers) {
        filter.add(routers);
    }

    @Override
    public void dropOnly(List<VirtualRouterConfig> routers) {
        filter.set(routers);
    }

    @Override
    public void closeAllBut(Collection<VrrpPort> used) {
        virtualMacs.closeAllBut(used);
        ports.values()
                .removeIf(
                        port -> {
                            boolean unused =
                                    used.stream().noneMatch(other -> other.hearing() == port);
                            if (unused) {
                                duplicates.remove(port);
                                port.close();
                            }
                            return unused;
                        });
    }

    @Override
    public void awaitRemovals(long timeoutMillis) {
        virtualMacs.awaitRemovals(timeoutMillis);
    }

    @Override
    public VrrpPort port(VirtualRouterConfig router) {
        RawPort port = ports.get(PortKey.of(router));
        if (port == null) {
            throw new IllegalStateException(
                    "Nothing was opened for virtual router " + router.name());
        }
        return virtualMacs.port(router, port);
    }

    @Override
    public AddressKeeper keeper(VirtualRouterConfig router) {
        return virtualMacs.keeper(
                router,
                new AddressLeases(
                        router,
                        this::lease,
                        netlink,
                        announcements::announce,
                        routeKeeper("Virtual router " + router.name()),
                        background));
    }

    @Override
    public boolean isLinkUp(String interfaceName) {
        return linkStates.isUp(interfaceName);
    }

    /** Puts these on the host until the session is closed, and says in the log what it could not. */
    synchronized void addStaticAddresses(List<VirtualAddress> addresses) {
        staticAddresses.add(addresses);
    }

    @Override
    public synchronized void addStaticRoutes(HostStatics statics) {
        HostView.devicesOf(statics.routes()).forEach(this::know);
        List<VirtualRoute> possible = new ArrayList<>();
        for (VirtualRoute route : statics.routes()) {
            String device = route.device();
            if (device == null || interfaces.containsKey(device)) {
                possible.add(route);
            } else {
                LOG.warn(
                        "The static route {} is not added: the interface {} does not exist here, which has {}.",
                        route,
                        device,
                        view.linkNames());
            }
        }
        staticRoutes.change(possible, statics.rules());
        staticRoutes.putOn();
    }

    @Override
    public int monitorFd() {
        return monitor.fd();
    }

    @Override
    public @Nullable HostView drainMonitor() {
        if (monitor.drain()) {
            pace.look();
        }
        noteOverruns();
        if (System.nanoTime() < nextLookNanos()) {
            return null;
        }
        try {
            HostView now = look(netlink);
            if (virtualMacs.follow(now)) {
                now = look(netlink);
            }
            reconcile(now);
            staticRoutes.renew();
            pace.looked(now.links().size() + now.addresses().size(), System.nanoTime());
            lastFailure = "";
            return now;
        } catch (NativeCallException e) {
            pace.failed(System.nanoTime());
            noteFailure(String.valueOf(e.getMessage()));
            return null;
        }
    }

    @Override
    public long nextLookNanos() {
        return pace.nextNanos(linkStates.nextNanos());
    }

    @Override
    public MonitorStatistics monitorStatistics() {
        return new MonitorStatistics(overruns, failures);
    }

    /** Waits for an inspection that is under way. */
    @Override
    public synchronized void close() {
        closed = true;
        virtualMacs.close();
        ports.values().forEach(RawPort::close);
        announcements.close();
        claims.close();
        monitor.close();
        staticRoutes.takeOff();
        staticAddresses.remove();
        filter.close();
        inspection.close();
        netlink.close();
    }

    /** Takes what the kernel says of our interfaces now; one that was made anew is found by its name. */
    private void reconcile(HostView now) {
        linkStates.take(now, System.nanoTime());
        for (LinuxInterface network : interfaces.values()) {
            Link link = now.link(network.name());
            if (monitor.mayHaveDeleted(network.index())) {
                network.takeRenewed();
            }
            if (link != null) {
                network.take(link);
                network.setUp(linkStates.isUp(network.name()));
            } else {
                network.takeGone();
            }
        }
        monitor.forgetDeletions();
        NativeCallException failure = null;
        for (RawPort port : ports.values()) {
            try {
                port.follow(now.addresses());
            } catch (NativeCallException e) {
                // The others are to follow all the same.
                failure = e;
            }
            reportDuplicate(port);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void noteOverruns() {
        if (monitor.overruns() == overruns) {
            return;
        }
        if (overruns == 0) {
            background.execute(
                    () ->
                            LOG.warn(
                                    "The kernel dropped news of interfaces and addresses because more came than the VRRP thread took in time (ENOBUFS); all of them were read anew. The snapshot counts how often. If it happens again and again, look for what changes so many addresses or interfaces, or raise net.core.rmem_max."));
        }
        overruns = monitor.overruns();
    }

    private void noteFailure(String message) {
        failures++;
        if (!message.equals(lastFailure)) {
            lastFailure = message;
            background.execute(
                    () ->
                            LOG.warn(
                                    "The virtual routers could not follow a change of the interfaces and try again: {}",
                                    message));
        }
    }

    private void reportDuplicate(RawPort port) {
        if (!port.source.isDuplicate()) {
            duplicates.remove(port);
        } else if (duplicates.add(port)) {
            String where = port.localAddress() + " of " + port.network.name();
            background.execute(
                    () ->
                            LOG.warn(
                                    "The virtual routers that send from {} cannot become Active: another host has this address too (duplicate address detection). Change it on one of the two.",
                                    where));
        }
    }

    private RouteKeeper routeKeeper(String owner) {
        return new RouteKeeper(
                owner,
                new RouteKeeper.Maker() {
                    @Override
                    public HostEntry route(VirtualRoute route) {
                        String device = route.device();
                        return new RouteEntry(
                                route, device == null ? null : network(device), netlink);
                    }

                    @Override
                    public HostEntry rule(VirtualRule rule) {
                        return new RuleEntry(rule, netlink);
                    }
                },
                sharedEntries,
                background);
    }

    private AddressLease lease(VirtualRouterConfig router, VirtualAddress address) {
        LinuxInterface network = network(HostView.deviceOf(router, address));
        if (HostView.isOnMacvlan(router, address)) {
            return AddressLease.onMacvlan(address, network, held);
        }
        return new AddressLease(address, network, view.hostAddress(router, address) != null, held);
    }

    private HostView look(NetlinkConnection connection) {
        return held.mark(HostView.of(connection));
    }

    private void know(String name) {
        Link link = view.link(name);
        if (link != null) {
            interfaces.computeIfAbsent(name, unused -> new LinuxInterface(link));
        }
    }

    private LinuxInterface network(String name) {
        LinuxInterface network = interfaces.get(name);
        if (network == null) {
            throw new IllegalStateException("The interface " + name + " was not looked up.");
        }
        return network;
    }

    private static void closeQuietly(AutoCloseable opened) {
        try {
            opened.close();
        } catch (Exception e) {
            throw new IllegalStateException("A descriptor could not be closed.", e);
        }
    }
}

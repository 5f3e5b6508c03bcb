package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
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
    private final VirtualMacs virtualMacs;
    private boolean closed;
    private final StaticAddresses staticAddresses;
    private Set<String> linksUp = Set.of();
    private HostView view = new HostView(List.of(), List.of());

    /** What was seen before the monitor listened, or before an interface was ours, may have changed since. */
    private boolean doubtful = true;

    /**
     * Opens what all routers share.
     *
     * @param background runs what must not hold up the VRRP thread
     */
    LinuxSession(Libc libc, Executor background) {
        this.libc = libc;
        this.background = background;
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
            HostView now = HostView.of(inspection);
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
        doubtful = true;
        Map<PortKey, RawPort> opened = new LinkedHashMap<>();
        Set<String> macvlansBefore = virtualMacs.names();
        try {
            if (virtualMacs.open(routers)) {
                view = HostView.of(netlink);
            }
            for (VirtualRouterConfig router : routers) {
                HostView.interfaceNames(router).forEach(this::know);
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
            throw e;
        }
        ports.putAll(opened);
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
                        router, this::lease, netlink, announcements::announce, background));
    }

    @Override
    public boolean isLinkUp(String interfaceName) {
        return linksUp.contains(interfaceName);
    }

    @Override
    public synchronized void addStatic(List<VirtualAddress> addresses) {
        staticAddresses.add(addresses);
    }

    @Override
    public int monitorFd() {
        return monitor.fd();
    }

    @Override
    public @Nullable HostView drainMonitor() {
        if (monitor.drain() || doubtful) {
            doubtful = true;
            try {
                HostView now = HostView.of(netlink);
                if (virtualMacs.follow(now)) {
                    now = HostView.of(netlink);
                }
                reconcile(now);
                doubtful = false;
                return now;
            } catch (NativeCallException e) {
                background.execute(
                        () ->
                                LOG.warn(
                                        "The virtual routers could not follow a change of the interfaces: {}",
                                        e.getMessage()));
            }
        }
        return null;
    }

    /** Waits for an inspection that is under way. */
    @Override
    public synchronized void close() {
        closed = true;
        virtualMacs.close();
        ports.values().forEach(RawPort::close);
        announcements.close();
        monitor.close();
        staticAddresses.remove();
        inspection.close();
        netlink.close();
    }

    /** Takes what the kernel says of our interfaces now; one that was made anew is found by its name. */
    private void reconcile(HostView now) {
        linksUp = now.linksUp();
        for (LinuxInterface network : interfaces.values()) {
            Link link = now.link(network.name());
            if (link != null) {
                network.take(link);
            } else {
                network.takeGone();
            }
        }
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

    private AddressLease lease(VirtualRouterConfig router, VirtualAddress address) {
        LinuxInterface network = network(HostView.deviceOf(router, address));
        if (HostView.isOnMacvlan(router, address)) {
            return AddressLease.onMacvlan(address, network);
        }
        return new AddressLease(address, network, view.hostAddress(router, address) != null);
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

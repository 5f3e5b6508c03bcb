package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a service has open on the LANs of this host. */
final class LinuxSession implements NetworkSession {
    private static final Logger LOG = LoggerFactory.getLogger(LinuxSession.class);

    private final Libc libc;
    private final NetlinkConnection netlink;
    private final Map<String, LinuxInterface> interfaces;
    private final Map<String, RawPort> ports = new LinkedHashMap<>();
    private final Map<String, AddressKeeper> keepers = new LinkedHashMap<>();
    private final Executor background;
    private final LinkMonitor monitor;
    private final ArpSocket arp;

    /** What was seen before the monitor listened may have changed since. */
    private boolean doubtful = true;

    /**
     * Opens what all routers share.
     *
     * @param netlink closed with this session
     * @param interfaces all that the routers and their addresses name
     * @param background runs what must not hold up the VRRP thread
     */
    LinuxSession(
            Libc libc,
            NetlinkConnection netlink,
            Map<String, LinuxInterface> interfaces,
            Executor background) {
        this.libc = libc;
        this.netlink = netlink;
        this.interfaces = Map.copyOf(interfaces);
        this.background = background;
        monitor = new LinkMonitor(libc);
        try {
            arp = new ArpSocket(libc);
        } catch (NativeCallException e) {
            monitor.close();
            throw e;
        }
    }

    /** Opens the router's socket, unless another router of the same interface has it open. */
    void open(VirtualRouterConfig router, IpAddress localAddress, List<AddressLease> leases) {
        String name = router.interfaceName();
        if (!ports.containsKey(name)) {
            ports.put(
                    name, new RawPort(libc, required(interfaces.get(name), router), localAddress));
        }
        keepers.put(
                router.name(),
                new AddressLeases(router, leases, netlink, arp::announce, background));
    }

    @Override
    public VrrpPort port(VirtualRouterConfig router) {
        return required(ports.get(router.interfaceName()), router);
    }

    @Override
    public AddressKeeper keeper(VirtualRouterConfig router) {
        return required(keepers.get(router.name()), router);
    }

    @Override
    public int monitorFd() {
        return monitor.fd();
    }

    @Override
    public void drainMonitor() {
        if (monitor.drain() || doubtful) {
            try {
                reconcile();
                doubtful = false;
            } catch (NativeCallException e) {
                background.execute(
                        () ->
                                LOG.warn(
                                        "The state of the interfaces is unknown: {}",
                                        e.getMessage()));
            }
        }
    }

    @Override
    public void close() {
        ports.values().forEach(RawPort::close);
        arp.close();
        monitor.close();
        netlink.close();
    }

    /** Takes what the kernel says of our interfaces now; one that was made anew is found by its name. */
    private void reconcile() {
        List<Link> links = netlink.links();
        List<InterfaceAddress> addresses = netlink.addresses();
        for (LinuxInterface network : interfaces.values()) {
            links.stream()
                    .filter(link -> link.name().equals(network.name()))
                    .findFirst()
                    .ifPresentOrElse(network::take, network::takeGone);
            network.takeAddresses(addresses);
        }
        ports.values().forEach(RawPort::follow);
    }

    private static <T> T required(@Nullable T value, VirtualRouterConfig router) {
        if (value == null) {
            throw new IllegalStateException(
                    "Nothing was opened for virtual router " + router.name());
        }
        return value;
    }
}

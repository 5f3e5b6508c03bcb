package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_CLOEXEC;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_RAW;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out whether the host allows what the routers want, from one look at its interfaces and addresses. Only {@link #sweep} changes
 * anything.
 */
final class HostCheck {
    private static final Logger LOG = LoggerFactory.getLogger(HostCheck.class);

    /** An index that no interface has, to ask for a right without touching anything. */
    private static final int NO_INTERFACE = Integer.MAX_VALUE;

    private final Libc libc;
    private final NetlinkConnection netlink;
    private final List<Link> links;
    private final List<InterfaceAddress> addresses;
    private final List<InterfaceAddress> stale = new ArrayList<>();

    HostCheck(Libc libc, NetlinkConnection netlink) {
        this.libc = libc;
        this.netlink = netlink;
        links = netlink.links();
        addresses = netlink.addresses();
    }

    void requireCapabilities() throws VrrpStartException {
        int fd = libc.socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, RawPort.PROTOCOL_VRRP);
        if (fd >= 0) {
            libc.close(fd);
        }
        List<String> missing = new ArrayList<>();
        if (fd == -Errno.EPERM || fd == -Errno.EACCES) {
            missing.add("CAP_NET_RAW (to send VRRP and ARP)");
        }
        VirtualAddress any = VirtualAddress.of(IpAddress.ofIpv4(0x7f000001));
        int removed = netlink.removeAddress(NO_INTERFACE, any);
        if (removed == -Errno.EPERM || removed == -Errno.EACCES) {
            missing.add("CAP_NET_ADMIN (to add the virtual addresses)");
        }
        if (!missing.isEmpty()) {
            throw new VrrpStartException(
                    null,
                    "VRRP cannot start because the process lacks "
                            + String.join(" and ", missing)
                            + ": run it as root or grant it, for example with AmbientCapabilities= in its systemd unit or --cap-add of the container.");
        }
    }

    /** Every interface that a router or one of its addresses names. */
    Map<String, LinuxInterface> requireInterfaces(List<VirtualRouterConfig> routers)
            throws VrrpStartException {
        Map<String, LinuxInterface> found = new LinkedHashMap<>();
        for (VirtualRouterConfig router : routers) {
            for (String name : interfaceNames(router)) {
                LinuxInterface network = new LinuxInterface(requireLink(router, name));
                network.takeAddresses(addresses);
                found.putIfAbsent(name, network);
            }
        }
        return found;
    }

    /** The router's addresses as leases; an address that the host has already is refused unless the router owns it. */
    List<AddressLease> leases(VirtualRouterConfig router, Map<String, LinuxInterface> interfaces)
            throws VrrpStartException {
        List<AddressLease> leases = new ArrayList<>();
        for (VirtualAddress virtual : allAddresses(router)) {
            InterfaceAddress onHost = hostAddress(router, virtual);
            if (onHost != null && !router.isOwner()) {
                throw new VrrpStartException(
                        router.name(),
                        cannotStart(router)
                                + virtual.address()
                                + " is an address of this host already, on "
                                + interfaceName(onHost.interfaceIndex())
                                + ": take it off the host, choose another virtual address, or give the router priority 255 if this host is the owner.");
            }
            LinuxInterface network = require(interfaces, deviceOf(router, virtual));
            leases.add(new AddressLease(virtual, network, onHost != null));
        }
        return leases;
    }

    /** The primary address from which the router sends. */
    IpAddress requireLocalAddress(
            VirtualRouterConfig router, Map<String, LinuxInterface> interfaces)
            throws VrrpStartException {
        LinuxInterface network = require(interfaces, router.interfaceName());
        IpAddress local = network.localAddress();
        if (local == null) {
            throw new VrrpStartException(
                    router.name(),
                    cannotStart(router)
                            + "the interface "
                            + network.name()
                            + " has no IPv4 address to send from: give it one with `ip address add`.");
        }
        return local;
    }

    /** Removes virtual addresses that a process that died has left behind. */
    void sweep() {
        for (InterfaceAddress address : stale) {
            VirtualAddress exact = VirtualAddress.of(address.local(), address.prefixLength());
            int result = netlink.removeAddress(address.interfaceIndex(), exact);
            String name = interfaceName(address.interfaceIndex());
            if (result == 0) {
                LOG.info("Removed {} from {}: an earlier process left it behind.", exact, name);
            } else if (result != -Errno.EADDRNOTAVAIL) {
                LOG.warn(
                        "Could not remove {} from {}, which an earlier process left behind: {}. Its lease ends by itself.",
                        exact,
                        name,
                        Errno.describe(-result));
            }
        }
    }

    /** The host's own address that is the same as the virtual one; notes one that is left from a process of ours. */
    private @Nullable InterfaceAddress hostAddress(
            VirtualRouterConfig router, VirtualAddress virtual) {
        InterfaceAddress found = null;
        for (InterfaceAddress address : addresses) {
            if (address.local().equals(virtual.address())) {
                if (address.isLeased(AddressLeases.leaseSeconds(router))) {
                    stale.add(address);
                } else {
                    found = address;
                }
            }
        }
        return found;
    }

    private Link requireLink(VirtualRouterConfig router, String name) throws VrrpStartException {
        for (Link link : links) {
            if (link.name().equals(name)) {
                return link;
            }
        }
        throw new VrrpStartException(
                router.name(),
                cannotStart(router)
                        + "the interface "
                        + name
                        + " does not exist in this network namespace, which has "
                        + links.stream().map(Link::name).collect(Collectors.joining(", "))
                        + ": correct the configuration or create the interface.");
    }

    private String interfaceName(int index) {
        return links.stream()
                .filter(link -> link.index() == index)
                .map(Link::name)
                .findFirst()
                .orElse("interface " + index);
    }

    private static LinuxInterface require(Map<String, LinuxInterface> interfaces, String name) {
        LinuxInterface network = interfaces.get(name);
        if (network == null) {
            throw new IllegalArgumentException("The interface " + name + " was not looked up.");
        }
        return network;
    }

    private static List<VirtualAddress> allAddresses(VirtualRouterConfig router) {
        return Stream.concat(router.addresses().stream(), router.excludedAddresses().stream())
                .toList();
    }

    private static List<String> interfaceNames(VirtualRouterConfig router) {
        return Stream.concat(
                        Stream.of(router.interfaceName()),
                        allAddresses(router).stream().map(a -> deviceOf(router, a)))
                .distinct()
                .toList();
    }

    private static String deviceOf(VirtualRouterConfig router, VirtualAddress address) {
        String device = address.device();
        return device != null ? device : router.interfaceName();
    }

    private static String cannotStart(VirtualRouterConfig router) {
        return "Virtual router " + router.name() + " cannot start because ";
    }
}

package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_CLOEXEC;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_RAW;

import io.evenkeel.vrrp.AddressOptions;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out whether the host allows what the routers want. Only {@link #sweep} changes anything. */
final class HostCheck {
    private static final Logger LOG = LoggerFactory.getLogger(HostCheck.class);

    /** An index that no interface has, to ask for a right without touching anything. */
    private static final int NO_INTERFACE = Integer.MAX_VALUE;

    private final HostView view;

    HostCheck(HostView view) {
        this.view = view;
    }

    static void requireCapabilities(Libc libc, NetlinkConnection netlink)
            throws VrrpStartException {
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

    /** Refuses the first router that the host cannot run. */
    void require(List<VirtualRouterConfig> routers) throws VrrpStartException {
        for (VirtualRouterConfig router : routers) {
            for (String name : HostView.interfaceNames(router)) {
                if (view.link(name) == null) {
                    throw refusal(
                            router,
                            "the interface "
                                    + name
                                    + " does not exist in this network namespace, which has "
                                    + view.linkNames()
                                    + ": correct the configuration or create the interface.");
                }
            }
            requireRouteDevices(router);
            requireFreeAddresses(router);
            requireSendAddress(router);
        }
    }

    /** Refuses the first router whose virtual MAC address, or the name of its interface, somebody else has. */
    static void requireMacvlans(List<VirtualRouterConfig> routers, List<LinkSettings> links)
            throws VrrpStartException {
        for (VirtualRouterConfig router : routers) {
            MacvlanIdentity identity = MacvlanIdentity.of(router);
            LinkSettings parent = LinkSettings.find(links, router.interfaceName());
            if (identity != null && parent != null) {
                requireMacvlan(router, identity, parent, links);
            }
        }
    }

    private static void requireMacvlan(
            VirtualRouterConfig router,
            MacvlanIdentity identity,
            LinkSettings parent,
            List<LinkSettings> links)
            throws VrrpStartException {
        String name = identity.name();
        if (parent.mac() == 0) {
            throw refusal(
                    router,
                    parent.name()
                            + " has no Ethernet address, and a virtual MAC address can be on top of Ethernet alone: leave it out of the configuration.");
        }
        LinkSettings namesake = LinkSettings.find(links, name);
        if (namesake != null && !identity.isLeftBehind(namesake, parent)) {
            throw refusal(
                    router,
                    "the interface "
                            + name
                            + " exists already and is not Evenkeel's: give the interface of the virtual MAC address another name, or remove that one with `ip link del "
                            + name
                            + "` if nobody uses it.");
        }
        LinkSettings rival = identity.rival(links, parent);
        if (rival != null && MacvlanMark.of(rival) == null) {
            throw refusal(
                    router,
                    rival.name()
                            + " on "
                            + parent.name()
                            + " has the virtual MAC address of VRID "
                            + router.virtualRouterId()
                            + " already: stop the other VRRP program, or remove the interface with `ip link del "
                            + rival.name()
                            + "` if it was left behind.");
        }
    }

    /** Removes virtual addresses of these routers that a process that died has left behind. */
    void sweep(List<VirtualRouterConfig> routers, NetlinkConnection netlink) {
        for (VirtualRouterConfig router : routers) {
            for (InterfaceAddress address : view.leased(router)) {
                sweep(address, netlink);
            }
        }
    }

    private void sweep(InterfaceAddress address, NetlinkConnection netlink) {
        VirtualAddress exact =
                VirtualAddress.of(address.local(), address.prefixLength())
                        .withOptions(AddressOptions.DEFAULT.withPeer(address.peer()));
        int result = netlink.removeAddress(address.interfaceIndex(), exact);
        String name = view.linkName(address.interfaceIndex());
        if (result == 0) {
            LOG.info("Removed {} from {}: an earlier process left it behind.", exact, name);
        } else if (result != -Errno.EADDRNOTAVAIL && result != -Errno.ENODEV) {
            LOG.warn(
                    "Could not remove {} from {}, which an earlier process left behind: {}. Its lease ends by itself.",
                    exact,
                    name,
                    Errno.describe(-result));
        }
    }

    private void requireRouteDevices(VirtualRouterConfig router) throws VrrpStartException {
        for (VirtualRoute route : router.host().routes()) {
            String device = route.device();
            if (device != null && view.link(device) == null) {
                throw refusal(
                        router,
                        "the interface "
                                + device
                                + " of its route "
                                + route
                                + " does not exist in this network namespace, which has "
                                + view.linkNames()
                                + ": correct the configuration or create the interface.");
            }
        }
    }

    /** An address that the host has already is refused unless the router owns it. */
    private void requireFreeAddresses(VirtualRouterConfig router) throws VrrpStartException {
        for (VirtualAddress virtual : HostView.allAddresses(router)) {
            InterfaceAddress onHost = view.hostAddress(router, virtual);
            if (onHost != null && router.isOwner() && HostView.isOnMacvlan(router, virtual)) {
                throw refusal(
                        router,
                        virtual.address()
                                + " is on "
                                + view.linkName(onHost.interfaceIndex())
                                + ", which has a MAC address of its own: take it off there, since the router puts it on "
                                + HostView.deviceOf(router, virtual)
                                + " with the virtual MAC address, or do without that.");
            }
            if (onHost != null && !router.isOwner()) {
                throw refusal(
                        router,
                        virtual.address()
                                + " is an address of this host already, on "
                                + view.linkName(onHost.interfaceIndex())
                                + ": take it off the host, choose another virtual address, or give the router priority 255 if this host is the owner.");
            }
        }
    }

    private void requireSendAddress(VirtualRouterConfig router) throws VrrpStartException {
        Link link = view.link(router.interfaceName());
        SendAddress address = new SendAddress(router.isIpv4(), router.sourceAddress());
        if (link == null) {
            return;
        }
        address.take(view.addresses(), link.index());
        if (address.isPresent()) {
            return;
        }
        if (router.sourceAddress() != null) {
            throw refusal(
                    router,
                    "its source address "
                            + router.sourceAddress()
                            + " is no address of this host: give it to "
                            + link.name()
                            + " with `ip address add`, or leave it out of the configuration.");
        }
        if (router.isIpv4()) {
            throw refusal(
                    router,
                    "the interface "
                            + link.name()
                            + " has no IPv4 address to send from: give it one with `ip address add`.");
        }
        // The kernel makes the link-local address when there is a carrier; until then the router
        // waits.
        if (link.isUp()) {
            throw refusal(
                    router,
                    "the interface "
                            + link.name()
                            + " has no link-local IPv6 address to send from: see that net.ipv6.conf."
                            + link.name()
                            + ".disable_ipv6 is 0 and addr_gen_mode is not 1, or give it one with `ip address add`.");
        }
    }

    private static VrrpStartException refusal(VirtualRouterConfig router, String reason) {
        return new VrrpStartException(
                router.name(),
                "Virtual router " + router.name() + " cannot start because " + reason);
    }
}

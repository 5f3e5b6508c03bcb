package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRoute;
import org.jspecify.annotations.Nullable;

/** A route of one owner. */
final class RouteEntry extends HostEntry {
    private final VirtualRoute route;
    private final @Nullable LinuxInterface device;
    private final NetlinkConnection netlink;

    /**
     * @param device the route's, or null if it has none
     */
    RouteEntry(VirtualRoute route, @Nullable LinuxInterface device, NetlinkConnection netlink) {
        this.route = route;
        this.device = device;
        this.netlink = netlink;
    }

    @Override
    VirtualRoute value() {
        return route;
    }

    /** IPv4 routes to one destination wait behind each other; of IPv6 they would share the packets. */
    @Override
    int add(boolean exclusive) {
        return netlink.addRoute(
                route, index(), exclusive || !route.isIpv4() ? Netlink.NLM_F_EXCL : 0);
    }

    @Override
    int remove() {
        return netlink.removeRoute(route, index());
    }

    @Override
    @Nullable String conflict() {
        HostRoute same = null;
        HostRoute beside = null;
        for (HostRoute found : netlink.routesOfTable(route.isIpv4(), route.table())) {
            if (!found.collidesWith(route)) {
                continue;
            }
            if (!found.leadsWhere(route, index())) {
                beside = found;
            } else if (found.protocol() == VirtualRoute.EVENKEEL_PROTOCOL) {
                return null;
            } else {
                same = found;
            }
        }
        if (same != null) {
            return "the host has it already from somebody else, as protocol "
                    + same.protocol()
                    + ". Remove it there or take it out of the configuration.";
        }
        if (beside != null && !route.isIpv4()) {
            return "the host has the route "
                    + beside
                    + ", with which it would share the packets. Give it another metric.";
        }
        return null;
    }

    @Override
    String advice(int errno) {
        return switch (errno) {
            case Errno.ENETUNREACH, Errno.EHOSTUNREACH ->
                    "See with `ip route get "
                            + (route.gateway() == null
                                    ? route.destination().address()
                                    : route.gateway())
                            + "` that the gateway is on a network of this host, or write onlink if it is on the device's link all the same.";
            case Errno.EINVAL ->
                    route.source() == null
                            ? "See that gateway, device and scope fit each other."
                            : "See with `ip address` that "
                                    + route.source()
                                    + ", its source, is an address of this host, such as a virtual address of the router.";
            case Errno.ENETDOWN -> "See with `ip link` why its interface is down.";
            case Errno.ENODEV ->
                    "See with `ip link` that its interface exists in this network namespace.";
            case Errno.EPERM, Errno.EACCES -> "Give the process CAP_NET_ADMIN.";
            default -> "See with `ip route add` what the kernel says of it.";
        };
    }

    @Override
    public String toString() {
        return "the route " + route;
    }

    private int index() {
        return device == null ? 0 : device.index();
    }
}

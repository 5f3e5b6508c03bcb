package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.RTA_DST;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_GATEWAY;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_OIF;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_PREFSRC;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_PRIORITY;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_TABLE;
import static io.evenkeel.vrrp.netlink.Netlink.RTMSG_SIZE;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET6;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.IpPrefix;
import io.evenkeel.vrrp.VirtualRoute;
import org.jspecify.annotations.Nullable;

/**
 * A route of the host as rtnetlink describes it.
 *
 * @param destination where packets go to that take it
 * @param kind RTN_UNICAST and so on
 * @param protocol who put it there
 * @param gateway null if it has none, or several
 * @param interfaceIndex the interface, 0 if it has none, or several
 * @param source the source address of packets that are bound to none, or null
 * @param message what the kernel said, which removes the route when it is said back
 */
record HostRoute(
        IpPrefix destination,
        int kind,
        int protocol,
        int table,
        long metric,
        @Nullable IpAddress gateway,
        int interfaceIndex,
        @Nullable IpAddress source,
        byte[] message) {

    /** Reads the RTM_NEWROUTE or RTM_DELROUTE at which the reader stands; null if it is of another family than IP. */
    static @Nullable HostRoute decode(NetlinkReader in) {
        int family = in.payloadByte(0);
        if (family != AF_INET && family != AF_INET6) {
            return null;
        }
        IpAddress first = IpPrefix.all(family == AF_INET).address();
        int table = in.payloadByte(4);
        long metric = 0;
        IpAddress gateway = null;
        int interfaceIndex = 0;
        IpAddress source = null;
        in.rewindAttributes(RTMSG_SIZE);
        while (in.nextAttribute()) {
            switch (in.attributeType()) {
                case RTA_DST -> first = address(in, first);
                case RTA_GATEWAY -> gateway = InterfaceAddress.ip(in.attributeBytes());
                case RTA_OIF -> interfaceIndex = in.attributeInt(0);
                case RTA_PREFSRC -> source = InterfaceAddress.ip(in.attributeBytes());
                case RTA_PRIORITY -> metric = Integer.toUnsignedLong(in.attributeInt(0));
                case RTA_TABLE -> table = in.attributeInt(0);
                default -> {}
            }
        }
        return new HostRoute(
                IpPrefix.around(first, in.payloadByte(1)),
                in.payloadByte(7),
                in.payloadByte(5),
                table,
                metric,
                gateway,
                interfaceIndex,
                source,
                in.payload());
    }

    private static IpAddress address(NetlinkReader in, IpAddress otherwise) {
        IpAddress read = InterfaceAddress.ip(in.attributeBytes());
        return read == null ? otherwise : read;
    }

    /** Whether the kernel would take both for one. */
    boolean collidesWith(VirtualRoute route) {
        return destination.equals(route.destination())
                && table == route.table()
                && metric == route.effectiveMetric();
    }

    /**
     * Whether packets that take it go where the other one sends them.
     *
     * @param index the interface of the other one, 0 if it has none
     */
    boolean leadsWhere(VirtualRoute route, int index) {
        boolean sameSource = route.source() == null || route.source().equals(source);
        boolean sameGateway =
                gateway == null ? route.gateway() == null : gateway.equals(route.gateway());
        return kind == RouteRequest.kind(route.type())
                && sameGateway
                && sameSource
                && (index == 0 || index == interfaceIndex);
    }

    /** As {@code ip route} writes it, so that it can be removed with it. */
    @Override
    public String toString() {
        return destination
                + (gateway == null ? "" : " via " + gateway)
                + " table "
                + table
                + (metric == 0 ? "" : " metric " + metric)
                + " proto "
                + protocol;
    }
}

package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.ATTRIBUTE_HEADER_SIZE;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_ACK;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_REQUEST;
import static io.evenkeel.vrrp.netlink.Netlink.RTAX_MTU;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_DST;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_GATEWAY;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_METRICS;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_OIF;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_PREFSRC;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_PRIORITY;
import static io.evenkeel.vrrp.netlink.Netlink.RTA_TABLE;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_GETROUTE;
import static io.evenkeel.vrrp.netlink.Netlink.RTNH_F_ONLINK;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET6;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualRoute;
import org.jspecify.annotations.Nullable;

/** Writes the requests that add a route, remove it and list routes. Allocates nothing. */
final class RouteRequest {
    /** The widest table number that fits the header; for others it says that an attribute has it. */
    private static final int MAX_HEADER_TABLE = 255;

    private static final int RT_TABLE_COMPAT = 252;

    private RouteRequest() {}

    /**
     * RTM_NEWROUTE or RTM_DELROUTE, with everything by which the kernel tells routes apart.
     *
     * @param flags how to add it; 0 to remove it
     * @param interfaceIndex of the route's device, 0 if it has none
     */
    static void encode(
            NetlinkWriter out,
            int type,
            int flags,
            int sequence,
            VirtualRoute route,
            int interfaceIndex) {
        header(
                out,
                type,
                NLM_F_REQUEST | NLM_F_ACK | flags,
                sequence,
                route.isIpv4(),
                route.destination().length(),
                route.table(),
                route.protocol(),
                route.isIpv4() ? route.scope() : VirtualRoute.SCOPE_GLOBAL,
                kind(route.type()),
                route.onlink() ? RTNH_F_ONLINK : 0);
        if (!route.destination().isAll()) {
            out.addressAttribute(RTA_DST, route.destination().address());
        }
        @Nullable IpAddress gateway = route.gateway();
        if (gateway != null) {
            out.addressAttribute(RTA_GATEWAY, gateway);
        }
        if (interfaceIndex != 0) {
            out.intAttribute(RTA_OIF, interfaceIndex);
        }
        @Nullable IpAddress source = route.source();
        if (source != null) {
            out.addressAttribute(RTA_PREFSRC, source);
        }
        if (route.metric() != 0) {
            out.intAttribute(RTA_PRIORITY, (int) route.metric());
        }
        if (route.mtu() != 0) {
            out.attributeHeader(RTA_METRICS, ATTRIBUTE_HEADER_SIZE + 4)
                    .intAttribute(RTAX_MTU, route.mtu());
        }
        out.intAttribute(RTA_TABLE, route.table());
        out.end();
    }

    /**
     * RTM_GETROUTE for all routes of a family; a kernel that looks at more than the family leaves out the others.
     *
     * @param table the table to list, 0 for all
     * @param protocol the protocol of the routes to list, 0 for any
     */
    static void encodeDump(NetlinkWriter out, int sequence, boolean ipv4, int table, int protocol) {
        header(
                out,
                RTM_GETROUTE,
                NLM_F_REQUEST | Netlink.NLM_F_DUMP,
                sequence,
                ipv4,
                0,
                table,
                protocol,
                0,
                0,
                0);
        if (table != 0) {
            out.intAttribute(RTA_TABLE, table);
        }
        out.end();
    }

    private static void header(
            NetlinkWriter out,
            int type,
            int flags,
            int sequence,
            boolean ipv4,
            int length,
            int table,
            int protocol,
            int scope,
            int kind,
            int routeFlags) {
        out.message(type, flags, sequence)
                .putByte(ipv4 ? AF_INET : AF_INET6)
                .putByte(length)
                .putByte(0)
                .putByte(0)
                .putByte(table <= MAX_HEADER_TABLE ? table : RT_TABLE_COMPAT)
                .putByte(protocol)
                .putByte(scope)
                .putByte(kind)
                .putInt(routeFlags);
    }

    /** RTN_UNICAST and so on. */
    static int kind(VirtualRoute.Type type) {
        return switch (type) {
            case UNICAST -> 1;
            case BLACKHOLE -> 6;
            case UNREACHABLE -> 7;
            case PROHIBIT -> 8;
            case THROW -> 9;
        };
    }
}

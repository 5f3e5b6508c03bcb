package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.IFF_UP;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_ADDRESS;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_AF_SPEC;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_IFALIAS;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_IFNAME;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_INET6_ADDR_GEN_MODE;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_INET_CONF;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_INFO_DATA;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_INFO_KIND;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_LINK;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_LINKINFO;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_MACVLAN_MODE;
import static io.evenkeel.vrrp.netlink.Netlink.IN6_ADDR_GEN_MODE_NONE;
import static io.evenkeel.vrrp.netlink.Netlink.MACVLAN_MODE_BRIDGE;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_ACK;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_CREATE;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_EXCL;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_REQUEST;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_DELLINK;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_NEWLINK;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_SETLINK;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET6;

import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes the requests that make a macvlan interface, change an interface and remove it. */
final class LinkRequest {
    private LinkRequest() {}

    /**
     * RTM_NEWLINK of a macvlan in bridge mode, which leaves it to the parent to hear what comes with the macvlan's own address as its
     * source: another router with the same virtual MAC address.
     */
    static void encodeMacvlan(
            NetlinkWriter out, int sequence, String name, int parentIndex, long mac) {
        header(out, RTM_NEWLINK, NLM_F_CREATE | NLM_F_EXCL, sequence, 0, 0, 0);
        out.stringAttribute(IFLA_IFNAME, name)
                .intAttribute(IFLA_LINK, parentIndex)
                .macAttribute(IFLA_ADDRESS, mac);
        int info = out.beginNest(IFLA_LINKINFO);
        out.stringAttribute(IFLA_INFO_KIND, LinkSettings.MACVLAN);
        int data = out.beginNest(IFLA_INFO_DATA);
        out.intAttribute(IFLA_MACVLAN_MODE, MACVLAN_MODE_BRIDGE);
        out.endNest(data).endNest(info).end();
    }

    /** RTM_SETLINK. */
    static void encodeChange(
            NetlinkWriter out, int sequence, int interfaceIndex, LinkChange change) {
        header(out, RTM_SETLINK, 0, sequence, interfaceIndex, 0, 0);
        @Nullable String alias = change.alias();
        if (alias != null) {
            out.stringAttribute(IFLA_IFALIAS, alias);
        }
        int families = out.beginNest(IFLA_AF_SPEC);
        if (!change.ipv4().isEmpty()) {
            int ipv4 = out.beginNest(AF_INET);
            int settings = out.beginNest(IFLA_INET_CONF);
            new TreeMap<>(change.ipv4()).forEach(out::intAttribute);
            out.endNest(settings).endNest(ipv4);
        }
        if (change.withoutLinkLocal()) {
            int ipv6 = out.beginNest(AF_INET6);
            out.byteAttribute(IFLA_INET6_ADDR_GEN_MODE, IN6_ADDR_GEN_MODE_NONE);
            out.endNest(ipv6);
        }
        out.endNest(families).end();
    }

    /** RTM_SETLINK that touches nothing but whether the interface is switched on. */
    static void encodeSwitch(NetlinkWriter out, int sequence, int interfaceIndex, boolean on) {
        header(out, RTM_SETLINK, 0, sequence, interfaceIndex, on ? IFF_UP : 0, IFF_UP);
        out.end();
    }

    /** RTM_DELLINK. */
    static void encodeRemove(NetlinkWriter out, int sequence, int interfaceIndex) {
        header(out, RTM_DELLINK, 0, sequence, interfaceIndex, 0, 0);
        out.end();
    }

    private static void header(
            NetlinkWriter out,
            int type,
            int flags,
            int sequence,
            int interfaceIndex,
            int interfaceFlags,
            int changed) {
        out.message(type, NLM_F_REQUEST | NLM_F_ACK | flags, sequence)
                .putInt(0)
                .putInt(interfaceIndex)
                .putInt(interfaceFlags)
                .putInt(changed);
    }
}

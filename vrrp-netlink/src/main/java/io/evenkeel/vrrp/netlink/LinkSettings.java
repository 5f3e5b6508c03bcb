package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.IFINFOMSG_SIZE;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_ADDRESS;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_AF_SPEC;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_IFALIAS;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_IFNAME;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_INET_CONF;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_INFO_DATA;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_INFO_KIND;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_LINK;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_LINKINFO;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_MACVLAN_MODE;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET6;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an interface is and how it is set, as rtnetlink describes it.
 *
 * @param flags the IFF_ bits
 * @param mac the hardware address in the lower 48 bits, 0 if it has none of that length
 * @param parentIndex the interface that it is on top of, 0 if none
 * @param kind {@link #MACVLAN} or another kind of the kernel's, empty for hardware
 * @param macvlanMode the mode of a macvlan, else 0
 * @param alias the text that somebody gave it, or empty
 * @param hasIpv6 whether the kernel speaks IPv6 on it
 * @param ipv4 the values of its settings below {@code net.ipv4.conf}, of which that with number 1 is the first
 */
record LinkSettings(
        int index,
        String name,
        int flags,
        long mac,
        int parentIndex,
        String kind,
        int macvlanMode,
        String alias,
        boolean hasIpv6,
        List<Integer> ipv4) {
    static final String MACVLAN = "macvlan";

    LinkSettings {
        ipv4 = List.copyOf(ipv4);
    }

    /** The value of the setting with that number in {@link Ipv4Settings}; 0 on a kernel that does not have it. */
    int ipv4(int setting) {
        return setting <= ipv4.size() ? ipv4.get(setting - 1) : 0;
    }

    boolean isMacvlan() {
        return kind.equals(MACVLAN);
    }

    boolean isSwitchedOn() {
        return (flags & Netlink.IFF_UP) != 0;
    }

    /** Whether a macvlan is on top of that interface, or on what that one is on top of, as the kernel puts it if that is a macvlan too. */
    boolean isOn(LinkSettings parent) {
        return parentIndex == parent.index
                || parent.isMacvlan() && parentIndex == parent.parentIndex;
    }

    static @Nullable LinkSettings find(List<LinkSettings> links, String name) {
        for (LinkSettings link : links) {
            if (link.name.equals(name)) {
                return link;
            }
        }
        return null;
    }

    /** Reads the RTM_NEWLINK at which the reader stands. */
    static LinkSettings decode(NetlinkReader message) {
        int index = message.payloadInt(4);
        int flags = message.payloadInt(8);
        String name = "";
        String alias = "";
        String kind = "";
        int mode = 0;
        long mac = 0;
        int parent = 0;
        boolean hasIpv6 = false;
        List<Integer> ipv4 = new ArrayList<>();
        message.rewindAttributes(IFINFOMSG_SIZE);
        while (message.nextAttribute()) {
            switch (message.attributeType()) {
                case IFLA_IFNAME -> name = message.attributeString();
                case IFLA_ADDRESS -> mac = message.attributeMac();
                case IFLA_LINK -> parent = message.attributeInt(0);
                case IFLA_IFALIAS -> alias = message.attributeString();
                case IFLA_LINKINFO -> {
                    NetlinkReader info = message.nested();
                    while (info.nextAttribute()) {
                        switch (info.attributeType()) {
                            case IFLA_INFO_KIND -> kind = info.attributeString();
                            case IFLA_INFO_DATA -> mode = mode(info.nested());
                            default -> {}
                        }
                    }
                }
                case IFLA_AF_SPEC -> {
                    NetlinkReader families = message.nested();
                    while (families.nextAttribute()) {
                        hasIpv6 |= families.attributeType() == AF_INET6;
                        if (families.attributeType() == AF_INET) {
                            readIpv4(families.nested(), ipv4);
                        }
                    }
                }
                default -> {}
            }
        }
        boolean isMacvlan = kind.equals(MACVLAN);
        return new LinkSettings(
                index, name, flags, mac, parent, kind, isMacvlan ? mode : 0, alias, hasIpv6, ipv4);
    }

    private static int mode(NetlinkReader data) {
        while (data.nextAttribute()) {
            if (data.attributeType() == IFLA_MACVLAN_MODE && data.attributeLength() >= 4) {
                return data.attributeInt(0);
            }
        }
        return 0;
    }

    private static void readIpv4(NetlinkReader family, List<Integer> into) {
        while (family.nextAttribute()) {
            if (family.attributeType() == IFLA_INET_CONF) {
                for (int offset = 0; offset + 4 <= family.attributeLength(); offset += 4) {
                    into.add(family.attributeInt(offset));
                }
            }
        }
    }
}

package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.IFF_LOOPBACK;
import static io.evenkeel.vrrp.netlink.Netlink.IFF_RUNNING;
import static io.evenkeel.vrrp.netlink.Netlink.IFF_UP;
import static io.evenkeel.vrrp.netlink.Netlink.IFINFOMSG_SIZE;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_ADDRESS;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_AF_SPEC;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_IFNAME;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_INET6_CONF;
import static io.evenkeel.vrrp.netlink.Netlink.IFLA_MTU;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_DUMP;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_REQUEST;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_GETLINK;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET6;

import java.nio.ByteBuffer;

/**
 * A network interface as rtnetlink describes it.
 *
 * @param mac the hardware address in the lower 48 bits, 0 if it has none of that length
 * @param forwarding whether the host forwards IPv6 packets that arrive on it
 */
record Link(int index, String name, int flags, long mac, int mtu, boolean forwarding) {

    /** True if the interface is switched on and has a carrier. */
    boolean isUp() {
        return isUp(flags);
    }

    boolean isLoopback() {
        return (flags & IFF_LOOPBACK) != 0;
    }

    static boolean isUp(int flags) {
        return (flags & IFF_UP) != 0 && (flags & IFF_RUNNING) != 0;
    }

    /** Writes the request for all interfaces. */
    static void encodeDump(ByteBuffer out, int sequence) {
        NetlinkWriter writer =
                new NetlinkWriter(out).message(RTM_GETLINK, NLM_F_REQUEST | NLM_F_DUMP, sequence);
        for (int i = 0; i < IFINFOMSG_SIZE; i += 4) {
            writer.putInt(0);
        }
        writer.end();
    }

    /** Reads the RTM_NEWLINK or RTM_DELLINK at which the reader stands. */
    static Link decode(NetlinkReader message) {
        int index = message.payloadInt(4);
        int flags = message.payloadInt(8);
        String name = "";
        long mac = 0;
        int mtu = 0;
        boolean forwarding = false;
        message.rewindAttributes(IFINFOMSG_SIZE);
        while (message.nextAttribute()) {
            switch (message.attributeType()) {
                case IFLA_IFNAME -> name = message.attributeString();
                case IFLA_ADDRESS -> mac = message.attributeMac();
                case IFLA_MTU -> mtu = message.attributeInt(0);
                case IFLA_AF_SPEC -> forwarding = isForwarding(message.nested());
                default -> {}
            }
        }
        return new Link(index, name, flags, mac, mtu, forwarding);
    }

    /** The first number of the IPv6 settings is {@code net.ipv6.conf.IF.forwarding}. */
    private static boolean isForwarding(NetlinkReader families) {
        while (families.nextAttribute()) {
            if (families.attributeType() != AF_INET6) {
                continue;
            }
            NetlinkReader settings = families.nested();
            while (settings.nextAttribute()) {
                if (settings.attributeType() == IFLA_INET6_CONF
                        && settings.attributeLength() >= 4) {
                    return settings.attributeInt(0) != 0;
                }
            }
        }
        return false;
    }
}

package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.FIB_RULE_HDR_SIZE;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_PRIORITY;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_PROTOCOL;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_TABLE;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;

import org.jspecify.annotations.Nullable;

/**
 * A routing rule of the host as rtnetlink describes it.
 *
 * @param protocol who put it there
 * @param table where it looks, 0 if it does not
 * @param message what the kernel said, which removes the rule when it is said back
 */
record HostRule(boolean ipv4, long priority, int protocol, int table, byte[] message) {

    /** Reads the RTM_NEWRULE or RTM_DELRULE at which the reader stands. */
    static @Nullable HostRule decode(NetlinkReader in) {
        long priority = 0;
        int protocol = 0;
        int table = in.payloadByte(4);
        in.rewindAttributes(FIB_RULE_HDR_SIZE);
        while (in.nextAttribute()) {
            switch (in.attributeType()) {
                case FRA_PRIORITY -> priority = Integer.toUnsignedLong(in.attributeInt(0));
                case FRA_PROTOCOL -> protocol = in.attributeByte();
                case FRA_TABLE -> table = in.attributeInt(0);
                default -> {}
            }
        }
        return new HostRule(in.payloadByte(0) == AF_INET, priority, protocol, table, in.payload());
    }

    /** As {@code ip rule} writes it, so that it can be removed with it. */
    @Override
    public String toString() {
        return "priority " + priority + (table == 0 ? "" : " table " + table);
    }
}

package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.FIB_RULE_INVERT;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_DST;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_FWMARK;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_FWMASK;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_IIFNAME;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_OIFNAME;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_PRIORITY;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_PROTOCOL;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_SRC;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_SUPPRESS_PREFIXLEN;
import static io.evenkeel.vrrp.netlink.Netlink.FRA_TABLE;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_ACK;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_REQUEST;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_GETRULE;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET6;

import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRule;
import org.jspecify.annotations.Nullable;

/** Writes the requests that add a routing rule, remove it and list rules. Allocates nothing. */
final class RuleRequest {
    private RuleRequest() {}

    /**
     * RTM_NEWRULE or RTM_DELRULE, marked as ours, with everything by which the kernel tells rules apart.
     *
     * @param flags how to add it; 0 to remove it
     */
    static void encode(NetlinkWriter out, int type, int flags, int sequence, VirtualRule rule) {
        out.message(type, NLM_F_REQUEST | NLM_F_ACK | flags, sequence)
                .putByte(rule.isIpv4() ? AF_INET : AF_INET6)
                .putByte(rule.to().length())
                .putByte(rule.from().length())
                .putByte(rule.tos())
                // The table is in an attribute, which has room for every number.
                .putByte(0)
                .putByte(0)
                .putByte(0)
                .putByte(kind(rule.action()))
                .putInt(rule.inverted() ? FIB_RULE_INVERT : 0);
        if (!rule.to().isAll()) {
            out.addressAttribute(FRA_DST, rule.to().address());
        }
        if (!rule.from().isAll()) {
            out.addressAttribute(FRA_SRC, rule.from().address());
        }
        @Nullable String input = rule.inputInterface();
        if (input != null) {
            out.stringAttribute(FRA_IIFNAME, input);
        }
        @Nullable String output = rule.outputInterface();
        if (output != null) {
            out.stringAttribute(FRA_OIFNAME, output);
        }
        out.intAttribute(FRA_PRIORITY, (int) rule.priority());
        if (rule.markMask() != 0) {
            out.intAttribute(FRA_FWMARK, rule.mark()).intAttribute(FRA_FWMASK, rule.markMask());
        }
        if (rule.table() != 0) {
            out.intAttribute(FRA_TABLE, rule.table());
        }
        if (rule.suppressPrefixLength() >= 0) {
            out.intAttribute(FRA_SUPPRESS_PREFIXLEN, rule.suppressPrefixLength());
        }
        out.byteAttribute(FRA_PROTOCOL, VirtualRoute.EVENKEEL_PROTOCOL);
        out.end();
    }

    /** RTM_GETRULE for all rules of a family. */
    static void encodeDump(NetlinkWriter out, int sequence, boolean ipv4) {
        out.message(RTM_GETRULE, NLM_F_REQUEST | Netlink.NLM_F_DUMP, sequence)
                .putByte(ipv4 ? AF_INET : AF_INET6)
                .putByte(0)
                .putShort(0)
                .putInt(0)
                .putInt(0)
                .end();
    }

    /** FR_ACT_TO_TBL and so on. */
    private static int kind(VirtualRule.Action action) {
        return switch (action) {
            case LOOKUP -> 1;
            case BLACKHOLE -> 6;
            case UNREACHABLE -> 7;
            case PROHIBIT -> 8;
        };
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualRule;
import org.jspecify.annotations.Nullable;

/** A routing rule of one owner. */
final class RuleEntry extends HostEntry {
    private final VirtualRule rule;
    private final NetlinkConnection netlink;

    RuleEntry(VirtualRule rule, NetlinkConnection netlink) {
        this.rule = rule;
        this.netlink = netlink;
    }

    @Override
    VirtualRule value() {
        return rule;
    }

    @Override
    int add(boolean exclusive) {
        return netlink.addRule(rule);
    }

    @Override
    int remove() {
        return netlink.removeRule(rule);
    }

    /** The kernel tells rules apart by who put them there, so that one like it is ours. */
    @Override
    @Nullable String conflict() {
        return null;
    }

    @Override
    String advice(int errno) {
        return switch (errno) {
            case Errno.EPERM, Errno.EACCES -> "Give the process CAP_NET_ADMIN.";
            case Errno.EAFNOSUPPORT ->
                    "Use a kernel with policy routing (CONFIG_IP_MULTIPLE_TABLES).";
            default -> "See with `ip rule add` what the kernel says of it.";
        };
    }

    @Override
    public String toString() {
        return "the rule " + rule;
    }
}

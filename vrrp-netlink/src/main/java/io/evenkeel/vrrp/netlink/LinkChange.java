package io.evenkeel.vrrp.netlink;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to become different about an interface.
 *
 * @param alias the text that {@code ip link} shows with it, or null to leave it
 * @param ipv4 values of settings by their number in {@link Ipv4Settings}
 * @param withoutLinkLocal whether the kernel is to make no link-local IPv6 address
 */
record LinkChange(@Nullable String alias, Map<Integer, Integer> ipv4, boolean withoutLinkLocal) {
    LinkChange {
        ipv4 = Map.copyOf(ipv4);
    }

    static LinkChange ofIpv4(Map<Integer, Integer> ipv4) {
        return new LinkChange(null, ipv4, false);
    }
}

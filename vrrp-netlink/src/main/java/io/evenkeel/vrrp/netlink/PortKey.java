package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import org.jspecify.annotations.Nullable;

/**
 * By what a socket is shared: routers for which all of this is the same have one socket.
 *
 * @param interfaceName the interface
 * @param ipv4 the family, IPv6 if false
 * @param group the multicast group, null for unicast
 * @param source the configured address to send from, null for the interface's own
 */
record PortKey(
        String interfaceName, boolean ipv4, @Nullable IpAddress group, @Nullable IpAddress source) {

    static PortKey of(VirtualRouterConfig router) {
        Destinations destinations = router.destinations();
        return new PortKey(
                router.interfaceName(),
                router.isIpv4(),
                destinations.isUnicast() ? null : destinations.group(router.isIpv4()),
                router.sourceAddress());
    }
}

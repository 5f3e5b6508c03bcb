package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An address to which the host is to accept no packets.
 *
 * @param interfaceName where it is this address, if it is a link-local one; else empty
 */
record FilterEntry(IpAddress address, String interfaceName) {
    static FilterEntry of(VirtualRouterConfig router, VirtualAddress virtual) {
        IpAddress address = virtual.address();
        boolean everywhere = address.isIpv4() || !address.isLinkLocal();
        return new FilterEntry(address, everywhere ? "" : HostView.deviceOf(router, virtual));
    }

    /**
     * The addresses of the routers that are not to accept packets to them, each with the name of its router. Left out is what another
     * of the routers does accept: it would be cut off by what the one asks for.
     */
    static Map<FilterEntry, String> of(List<VirtualRouterConfig> routers) {
        Map<FilterEntry, String> entries = new LinkedHashMap<>();
        for (VirtualRouterConfig router : routers) {
            if (!router.acceptMode()) {
                HostView.allAddresses(router)
                        .forEach(a -> entries.putIfAbsent(of(router, a), router.name()));
            }
        }
        for (VirtualRouterConfig router : routers) {
            if (router.acceptMode()) {
                HostView.allAddresses(router).forEach(a -> entries.remove(of(router, a)));
            }
        }
        return entries;
    }

    @Override
    public String toString() {
        return interfaceName.isEmpty() ? address.toString() : address + " on " + interfaceName;
    }
}

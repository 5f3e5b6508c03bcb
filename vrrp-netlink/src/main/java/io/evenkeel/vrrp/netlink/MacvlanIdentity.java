package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the interface with a virtual MAC address has to be.
 *
 * @param name its name
 * @param parent the name of the router's own interface, which it is on top of
 * @param mac the virtual router's MAC address in the lower 48 bits
 */
record MacvlanIdentity(String name, String parent, long mac) {

    /** The interface of a router, null if it wants none. */
    static @Nullable MacvlanIdentity of(VirtualRouterConfig router) {
        VirtualMac virtual = router.host().virtualMac();
        return virtual == null
                ? null
                : new MacvlanIdentity(
                        virtual.interfaceName(),
                        router.interfaceName(),
                        VirtualMac.address(router.virtualRouterId(), router.isIpv4()));
    }

    /** Whether an interface of this name was made for a router of Evenkeel, by this process or one that was killed. */
    boolean isLeftBehind(LinkSettings link, LinkSettings onTopOf) {
        if (MacvlanMark.of(link) != null) {
            return true;
        }
        // Killed before it could be marked. One that another program uses is switched on.
        return link.isMacvlan()
                && link.alias().isEmpty()
                && link.mac() == mac
                && !link.isSwitchedOn()
                && link.isOn(onTopOf);
    }

    /** An interface of another name on the same parent that has the address, null if there is none. */
    @Nullable LinkSettings rival(List<LinkSettings> links, LinkSettings onTopOf) {
        for (LinkSettings link : links) {
            boolean same = link.isMacvlan() && link.mac() == mac && link.isOn(onTopOf);
            if (same && !link.name().equals(name)) {
                return link;
            }
        }
        return null;
    }
}

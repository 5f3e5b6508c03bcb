package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses that the routers of a session have on the host now. A kernel before 5.18 does not say who put an address there, so what
 * is known here is said in its place. Used by any thread.
 */
final class HeldAddresses {
    /** By how many routers: two have it for a moment when it moves from one to the other. */
    private final Map<Place, Integer> holders = new ConcurrentHashMap<>();

    /** An address on an interface. */
    record Place(String interfaceName, IpAddress address) {}

    void add(Place place) {
        holders.merge(place, 1, Integer::sum);
    }

    void remove(Place place) {
        holders.computeIfPresent(place, (key, count) -> count == 1 ? null : count - 1);
    }

    /** The same host, with the origin of every address that is held. */
    HostView mark(HostView view) {
        if (holders.isEmpty()) {
            return view;
        }
        List<InterfaceAddress> marked = new ArrayList<>(view.addresses());
        marked.replaceAll(
                address ->
                        isUnmarkedLease(address) && isHeld(view, address)
                                ? address.withOrigin(Netlink.EVENKEEL_ORIGIN)
                                : address);
        return new HostView(view.links(), marked);
    }

    private static boolean isUnmarkedLease(InterfaceAddress address) {
        return address.origin() == 0 && address.validSeconds() != Netlink.FOREVER;
    }

    private boolean isHeld(HostView view, InterfaceAddress address) {
        return holders.containsKey(
                new Place(view.linkName(address.interfaceIndex()), address.local()));
    }
}

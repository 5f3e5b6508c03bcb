package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_EXCL;

import io.evenkeel.vrrp.VirtualAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Addresses that are on the host while the service runs, whatever its routers do. */
final class StaticAddresses {
    private static final Logger LOG = LoggerFactory.getLogger(StaticAddresses.class);

    private final NetlinkConnection netlink;
    private final Map<VirtualAddress, Integer> added = new LinkedHashMap<>();

    StaticAddresses(NetlinkConnection netlink) {
        this.netlink = netlink;
    }

    /** Adds them; one that the host has already stays the host's, but for one that an earlier process left behind. */
    void add(List<VirtualAddress> addresses) {
        if (addresses.isEmpty()) {
            return;
        }
        HostView view = HostView.of(netlink);
        for (VirtualAddress address : addresses) {
            String device = String.valueOf(address.device());
            Link link = view.link(device);
            if (link == null) {
                LOG.warn(
                        "The static address {} is not added: the interface {} does not exist here, which has {}.",
                        address.address(),
                        device,
                        view.linkNames());
                continue;
            }
            int result = netlink.addAddress(link.index(), address, Netlink.FOREVER, NLM_F_EXCL);
            if (result == 0 || result == -Errno.EEXIST && isLeftBehind(view, link, address)) {
                added.put(address, link.index());
            } else if (result != -Errno.EEXIST) {
                LOG.warn(
                        "The static address {} cannot be added to {}: {}. {}",
                        address.address(),
                        device,
                        Errno.describe(-result),
                        netlink.explanation());
            }
        }
    }

    /** Whether Evenkeel put it there; a kernel that keeps no origins (before 5.18) does not tell. */
    private static boolean isLeftBehind(HostView view, Link link, VirtualAddress address) {
        return view.addresses().stream()
                .anyMatch(
                        a ->
                                a.interfaceIndex() == link.index()
                                        && a.local().equals(address.address())
                                        && a.prefixLength() == address.prefixLength()
                                        && a.origin() == Netlink.EVENKEEL_STATIC_ORIGIN);
    }

    void remove() {
        added.forEach((address, index) -> netlink.removeAddress(index, address));
        added.clear();
    }
}

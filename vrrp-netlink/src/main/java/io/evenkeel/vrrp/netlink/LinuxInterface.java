package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of one interface of the host now. Changed by the monitor, on the VRRP thread. */
final class LinuxInterface {
    private final String name;
    private int index;
    private long mac;
    private boolean up;
    private @Nullable IpAddress localAddress;

    LinuxInterface(Link link) {
        name = link.name();
        take(link);
    }

    String name() {
        return name;
    }

    int index() {
        return index;
    }

    /** The hardware address in the lower 48 bits, 0 if it has none. */
    long mac() {
        return mac;
    }

    boolean isUp() {
        return up;
    }

    /** The primary IPv4 address, null if the interface has none. */
    @Nullable IpAddress localAddress() {
        return localAddress;
    }

    void take(Link link) {
        index = link.index();
        mac = link.mac();
        up = link.isUp();
    }

    void takeGone() {
        up = false;
    }

    void takeAddresses(List<InterfaceAddress> addresses) {
        localAddress = primary(addresses, index);
    }

    /**
     * The address from which the interface sends: the first one that is not secondary, of the widest scope. One that Evenkeel added is
     * none of the host's.
     */
    static @Nullable IpAddress primary(List<InterfaceAddress> addresses, int index) {
        return addresses.stream()
                .filter(a -> a.interfaceIndex() == index && a.local().isIpv4())
                .filter(a -> !a.isSecondary() && a.origin() != Netlink.EVENKEEL_ORIGIN)
                .min(Comparator.comparingInt(InterfaceAddress::scope))
                .map(InterfaceAddress::local)
                .orElse(null);
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The address that a socket sends from: the configured one, or else the primary IPv4 address of its interface or the link-local
 * IPv6 address (RFC 9568, sections 5.1.1.1 and 5.1.2.1). Addresses that Evenkeel leased are none of the host's; its static ones are.
 */
final class SendAddress {
    private final boolean ipv4;
    private final @Nullable IpAddress configured;
    private IpAddress address;
    private @Nullable InterfaceAddress found;

    /**
     * @param configured the only one that may be, or null for the interface's own
     */
    SendAddress(boolean ipv4, @Nullable IpAddress configured) {
        this.ipv4 = ipv4;
        this.configured = configured;
        IpAddress unspecified = ipv4 ? IpAddress.ofIpv4(0) : IpAddress.ofIpv6(0, 0);
        address = configured == null ? unspecified : configured;
    }

    /** Looks among all addresses of the host. */
    void take(List<InterfaceAddress> addresses, int interfaceIndex) {
        found = find(addresses, interfaceIndex);
        if (found != null) {
            address = found.local();
        }
    }

    /** The address, or the last one if there is none now; unspecified if there never was one. */
    IpAddress address() {
        return address;
    }

    /** Whether the host has it. */
    boolean isPresent() {
        return found != null;
    }

    /** Whether packets can be sent from it. */
    boolean isUsable() {
        return found != null && found.isUsable();
    }

    /** Whether another host has it too. */
    boolean isDuplicate() {
        return found != null && found.isDuplicate();
    }

    private @Nullable InterfaceAddress find(List<InterfaceAddress> addresses, int interfaceIndex) {
        if (configured != null) {
            return addresses.stream()
                    .filter(a -> a.local().equals(configured))
                    .filter(a -> a.interfaceIndex() == interfaceIndex || !configured.isLinkLocal())
                    .findFirst()
                    .orElse(null);
        }
        return ipv4 ? primary(addresses, interfaceIndex) : linkLocal(addresses, interfaceIndex);
    }

    /** The first IPv4 address that is not secondary, of the widest scope. */
    private static @Nullable InterfaceAddress primary(
            List<InterfaceAddress> addresses, int interfaceIndex) {
        return addresses.stream()
                .filter(a -> a.interfaceIndex() == interfaceIndex && a.local().isIpv4())
                .filter(a -> !a.isSecondary() && a.origin() != Netlink.EVENKEEL_ORIGIN)
                .min(Comparator.comparingInt(InterfaceAddress::scope))
                .orElse(null);
    }

    /**
     * The link-local address: one that can be used before one that cannot, and the current one before others, because peers know a
     * router by its address. What expires is no address of the host, also on a kernel that keeps no origins.
     */
    private @Nullable InterfaceAddress linkLocal(
            List<InterfaceAddress> addresses, int interfaceIndex) {
        return addresses.stream()
                .filter(a -> a.interfaceIndex() == interfaceIndex)
                .filter(a -> !a.local().isIpv4() && a.local().isLinkLocal())
                .filter(a -> a.origin() != Netlink.EVENKEEL_ORIGIN)
                .filter(a -> a.validSeconds() == Netlink.FOREVER)
                .min(
                        Comparator.comparing(InterfaceAddress::isDuplicate)
                                .thenComparing(a -> !a.local().equals(address)))
                .orElse(null);
    }
}

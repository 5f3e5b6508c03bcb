package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The interfaces and addresses of this host at one moment.
 *
 * @param links its interfaces
 * @param addresses the addresses of all of them, of both families
 */
record HostView(List<Link> links, List<InterfaceAddress> addresses) {
    HostView {
        links = List.copyOf(links);
        addresses = List.copyOf(addresses);
    }

    static HostView of(NetlinkConnection netlink) {
        return new HostView(netlink.links(), netlink.addresses());
    }

    /** The same host with static addresses that are not there yet. */
    HostView with(List<VirtualAddress> staticAddresses) {
        List<InterfaceAddress> all = new ArrayList<>(addresses);
        for (VirtualAddress address : staticAddresses) {
            Link link = link(String.valueOf(address.device()));
            if (link != null && !has(link.index(), address.address())) {
                all.add(
                        new InterfaceAddress(
                                link.index(),
                                address.address(),
                                address.prefixLength(),
                                address.options().scope(),
                                0,
                                address.label(),
                                Netlink.EVENKEEL_STATIC_ORIGIN,
                                Netlink.FOREVER));
            }
        }
        return new HostView(links, all);
    }

    @Nullable Link link(String name) {
        for (Link link : links) {
            if (link.name().equals(name)) {
                return link;
            }
        }
        return null;
    }

    boolean has(int interfaceIndex, IpAddress address) {
        return addresses.stream()
                .anyMatch(a -> a.interfaceIndex() == interfaceIndex && a.local().equals(address));
    }

    /** The names of the interfaces that carry packets. */
    Set<String> linksUp() {
        return links.stream().filter(Link::isUp).map(Link::name).collect(Collectors.toSet());
    }

    String linkNames() {
        return links.stream().map(Link::name).collect(Collectors.joining(", "));
    }

    /** The name of the interface with that index, for people. */
    String linkName(int index) {
        return links.stream()
                .filter(link -> link.index() == index)
                .map(Link::name)
                .findFirst()
                .orElse("interface " + index);
    }

    /** An address of the host's own that is the same as the virtual one; null if there is none. */
    @Nullable InterfaceAddress hostAddress(VirtualRouterConfig router, VirtualAddress virtual) {
        int lease = AddressLeases.leaseSeconds(router);
        return addresses.stream()
                .filter(a -> a.local().equals(virtual.address()) && !a.isLeased(lease))
                .findFirst()
                .orElse(null);
    }

    /** Addresses of the router that Evenkeel, this process or another one, has put on the host. */
    List<InterfaceAddress> leased(VirtualRouterConfig router) {
        int lease = AddressLeases.leaseSeconds(router);
        return allAddresses(router).stream()
                .flatMap(v -> addresses.stream().filter(a -> a.local().equals(v.address())))
                .filter(a -> a.isLeased(lease))
                .toList();
    }

    /** All addresses that move with the router. */
    static List<VirtualAddress> allAddresses(VirtualRouterConfig router) {
        return Stream.concat(router.addresses().stream(), router.excludedAddresses().stream())
                .toList();
    }

    /** The interface that carries one of the router's addresses. */
    static String deviceOf(VirtualRouterConfig router, VirtualAddress address) {
        if (isOnMacvlan(router, address)) {
            return Objects.requireNonNull(router.host().virtualMac()).interfaceName();
        }
        String device = address.device();
        return device != null ? device : router.interfaceName();
    }

    /** Every interface that one of these routes names. */
    static List<String> devicesOf(List<VirtualRoute> routes) {
        return routes.stream()
                .flatMap(route -> Stream.ofNullable(route.device()))
                .distinct()
                .toList();
    }

    /** Where each of the router's addresses goes, in words. */
    static List<String> placesOf(VirtualRouterConfig router) {
        return allAddresses(router).stream()
                .map(a -> a.address() + " on " + deviceOf(router, a))
                .toList();
    }

    /** Whether the address is on the interface with the virtual MAC address, which is made for the router. */
    static boolean isOnMacvlan(VirtualRouterConfig router, VirtualAddress address) {
        return address.device() == null && router.host().virtualMac() != null;
    }

    /** Every interface that has to be there for the router or one of its addresses. */
    static List<String> interfaceNames(VirtualRouterConfig router) {
        return Stream.concat(
                        Stream.of(router.interfaceName()),
                        allAddresses(router).stream()
                                .filter(a -> !isOnMacvlan(router, a))
                                .map(a -> deviceOf(router, a)))
                .distinct()
                .toList();
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;

/** One virtual address of one router, and whether it is on its interface on our account. */
final class AddressLease {
    /** RFC 4291, section 2.5.6. */
    private static final int LINK_LOCAL_PREFIX = 64;

    /** Worse than those of the interfaces of a host, whoever configures them. */
    private static final int MACVLAN_METRIC = 1_000_000;

    private final VirtualAddress address;
    private final LinuxInterface network;
    private final HeldAddresses all;
    private final HeldAddresses.Place place;
    private final boolean hostOwned;
    private final VirtualAddress placed;
    private final int metric;
    private boolean wanted;
    private boolean held;
    private int lastFailure;
    private long mac;

    /**
     * @param hostOwned the host has the address anyway (the router is its owner): it is neither added nor removed
     * @param all is told when it is held and when no longer
     */
    AddressLease(
            VirtualAddress address, LinuxInterface network, boolean hostOwned, HeldAddresses all) {
        this(address, network, hostOwned, all, address, 0);
    }

    private AddressLease(
            VirtualAddress address,
            LinuxInterface network,
            boolean hostOwned,
            HeldAddresses all,
            VirtualAddress placed,
            int metric) {
        this.address = address;
        this.network = network;
        this.all = all;
        place = new HeldAddresses.Place(network.name(), address.address());
        this.hostOwned = hostOwned;
        mac = network.mac();
        this.placed = placed;
        this.metric = metric;
    }

    /**
     * A lease on a macvlan, which has no address of its own. The way to the network of the address stays the parent's, and who knows the
     * router by a link-local address is answered by the macvlan, to which the kernel then needs a route.
     */
    static AddressLease onMacvlan(
            VirtualAddress address, LinuxInterface network, HeldAddresses all) {
        VirtualAddress placed = address;
        if (address.address().isLinkLocal()
                && !address.address().isIpv4()
                && address.prefixLength() > LINK_LOCAL_PREFIX) {
            placed =
                    new VirtualAddress(
                            address.address(),
                            LINK_LOCAL_PREFIX,
                            address.device(),
                            address.label(),
                            address.broadcast(),
                            address.options());
        }
        return new AddressLease(address, network, false, all, placed, MACVLAN_METRIC);
    }

    VirtualAddress address() {
        return address;
    }

    /** The address as it is put on the interface. */
    VirtualAddress placed() {
        return placed;
    }

    /** Of the route to the network of the address, 0 for the kernel's. */
    int metric() {
        return metric;
    }

    LinuxInterface network() {
        return network;
    }

    boolean isHostOwned() {
        return hostOwned;
    }

    /** Whether the router is to have it, held by us or by the host. */
    boolean isWanted() {
        return wanted;
    }

    void setWanted(boolean wanted) {
        this.wanted = wanted;
    }

    boolean isHeld() {
        return held;
    }

    /** Whether the kernel has taken it, so that it is only missing if somebody else removed it or it expired. */
    boolean isGranted() {
        return held && lastFailure >= 0;
    }

    void setHeld(boolean held) {
        if (held != this.held) {
            if (held) {
                all.add(place);
            } else {
                all.remove(place);
            }
        }
        this.held = held;
        lastFailure = 0;
    }

    /** Whether the interface has another hardware address than when this was asked before. */
    boolean takeMoved() {
        boolean moved = mac != network.mac();
        mac = network.mac();
        return moved;
    }

    /** Notes the outcome of a request; true if it is a failure that is not known yet. */
    boolean isNewFailure(int result) {
        boolean isNew = result < 0 && result != lastFailure;
        lastFailure = result;
        return isNew;
    }
}

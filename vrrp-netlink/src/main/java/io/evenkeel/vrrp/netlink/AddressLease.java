package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;

/** One virtual address of one router, and whether it is on its interface on our account. */
final class AddressLease {
    private final VirtualAddress address;
    private final LinuxInterface network;
    private final boolean hostOwned;
    private boolean wanted;
    private boolean held;
    private int lastFailure;
    private long mac;

    /**
     * @param hostOwned the host has the address anyway (the router is its owner): it is neither added nor removed
     */
    AddressLease(VirtualAddress address, LinuxInterface network, boolean hostOwned) {
        this.address = address;
        this.network = network;
        this.hostOwned = hostOwned;
        mac = network.mac();
    }

    VirtualAddress address() {
        return address;
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

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;

/**
 * Stands in for the kernel on a network where addresses are not put on an interface: it is told when this node comes to own an
 * address and when it no longer does. The calls come one at a time and in order, on a thread of the service's own, never on the
 * VRRP thread. An exception is logged and changes nothing.
 */
public interface AddressHolder {
    /**
     * This node owns the address from now on. The node that owned it before may need a moment longer to let it go: who binds the
     * address here should try again for a while.
     *
     * @param address the virtual address
     */
    void acquire(VirtualAddress address);

    /**
     * This node no longer owns the address.
     *
     * @param address an address that was acquired
     */
    void release(VirtualAddress address);
}

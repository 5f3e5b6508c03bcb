package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.List;

/**
 * Puts the addresses of one router on the host and takes them off, and with them its routes and rules. Used by the VRRP thread. Never
 * throws: it reports.
 */
interface AddressKeeper {
    void add(List<VirtualAddress> addresses, long nowNanos);

    void remove(List<VirtualAddress> addresses);

    /** Tells the neighbours, this many times for each address. */
    void announce(List<VirtualAddress> addresses, int repeat);

    /** When {@link #handleDeadline} wants to be called, {@code VirtualRouter.NO_DEADLINE} for never. */
    long nextDeadlineNanos();

    /** Makes sure that what is held is on the host; may be called earlier. */
    void handleDeadline(long nowNanos);

    /** From now on it may be asked for the addresses of this configuration too; {@link #retain} follows. */
    void extend(VirtualRouterConfig next);

    /**
     * Forgets the addresses that this configuration does not have, and takes off those of them that are still held. Its routes and
     * rules are those of this configuration from now on.
     */
    void retain(VirtualRouterConfig current);

    /**
     * The addresses that are held and not on the host any more; from now on they are not held.
     *
     * @param view of the host after something changed
     */
    List<VirtualAddress> takeLost(HostView view);

    /** The addresses whose interface has another hardware address than when this was asked before. */
    default List<VirtualAddress> takeMoved() {
        return List.of();
    }

    /** Takes off whatever is still held. */
    void removeAll();
}

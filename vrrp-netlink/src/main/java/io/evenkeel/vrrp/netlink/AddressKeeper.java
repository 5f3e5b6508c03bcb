package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;
import java.util.List;

/** Puts the addresses of one router on the host and takes them off. Used by the VRRP thread. Never throws: it reports. */
interface AddressKeeper {
    void add(List<VirtualAddress> addresses, long nowNanos);

    void remove(List<VirtualAddress> addresses);

    /** Tells the neighbours, this many times for each address. */
    void announce(List<VirtualAddress> addresses, int repeat);

    /** When {@link #handleDeadline} wants to be called, {@code VirtualRouter.NO_DEADLINE} for never. */
    long nextDeadlineNanos();

    void handleDeadline(long nowNanos);

    /** Takes off whatever is still held. */
    void removeAll();
}

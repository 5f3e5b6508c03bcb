package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.List;

/** Has the macvlan of a router switched on while there are addresses, and off when the last one is gone. */
final class MacvlanKeeper implements AddressKeeper {
    private final AddressLeases leases;
    private final Macvlan macvlan;

    MacvlanKeeper(AddressLeases leases, Macvlan macvlan) {
        this.leases = leases;
        this.macvlan = macvlan;
    }

    @Override
    public void add(List<VirtualAddress> addresses, long nowNanos) {
        macvlan.raise();
        leases.add(addresses, nowNanos);
    }

    @Override
    public void remove(List<VirtualAddress> addresses) {
        leases.remove(addresses);
        lowerIfEmpty();
    }

    @Override
    public void announce(List<VirtualAddress> addresses, int repeat) {
        leases.announce(addresses, repeat);
    }

    @Override
    public long nextDeadlineNanos() {
        return leases.nextDeadlineNanos();
    }

    @Override
    public void handleDeadline(long nowNanos) {
        leases.handleDeadline(nowNanos);
    }

    @Override
    public void extend(VirtualRouterConfig next) {
        leases.extend(next);
    }

    @Override
    public void retain(VirtualRouterConfig current) {
        leases.retain(current);
    }

    @Override
    public List<VirtualAddress> takeLost(HostView view) {
        return leases.takeLost(view);
    }

    @Override
    public List<VirtualAddress> takeMoved() {
        return leases.takeMoved();
    }

    @Override
    public void removeAll() {
        leases.removeAll();
        macvlan.lower();
    }

    private void lowerIfEmpty() {
        if (!leases.isHolding()) {
            macvlan.lower();
        }
    }
}

package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_EXCL;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_REPLACE;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases the addresses of one router from the kernel: each is added with a lifetime and renewed at a third of it. When this process
 * dies or hangs, the kernel removes them by itself, about when a peer takes over. The router's routes and rules come after the first
 * address and go before the last one.
 */
final class AddressLeases implements AddressKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(AddressLeases.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    private static final int MIN_LEASE_SECONDS = 2;

    private final String router;
    private final List<AddressLease> leases = new ArrayList<>();
    private final Lessor lessor;
    private final NetlinkConnection netlink;
    private final Announcer announcer;
    private final RouteKeeper routes;
    private final Executor background;
    private int leaseSeconds;
    private long nextRenewalNanos = VirtualRouter.NO_DEADLINE;

    /** Between {@link #extend} and {@link #retain} the routes stay: the addresses may be exchanged for others. */
    private boolean changing;

    /** Knows where an address goes and whether the host has it anyway. */
    interface Lessor {
        AddressLease lease(VirtualRouterConfig router, VirtualAddress address);
    }

    /** Sends announcements; returns 0 or a negated errno. */
    interface Announcer {
        int announce(LinuxInterface network, IpAddress address, int repeat);
    }

    /**
     * @param routes puts the router's routes and rules on the host, behind the addresses
     * @param background runs what must not hold up the caller, such as the log
     */
    AddressLeases(
            VirtualRouterConfig config,
            Lessor lessor,
            NetlinkConnection netlink,
            Announcer announcer,
            RouteKeeper routes,
            Executor background) {
        router = config.name();
        this.lessor = lessor;
        this.netlink = netlink;
        this.announcer = announcer;
        this.routes = routes;
        this.background = background;
        extend(config);
        retain(config);
    }

    /**
     * The lease: this router's own Active_Down_Interval (RFC 9568, section 6.1) in whole seconds, rounded down, at least 2. A peer takes
     * over at about that time after the last advertisement.
     */
    static int leaseSeconds(VirtualRouterConfig config) {
        long interval = config.advertisementIntervalNanos();
        long skewBase = config.version() == VrrpVersion.V2 ? NANOS_PER_SECOND : interval;
        long activeDown =
                config.downTimerAdverts() * interval + (256 - config.priority()) * skewBase / 256;
        return (int) Math.max(MIN_LEASE_SECONDS, activeDown / NANOS_PER_SECOND);
    }

    @Override
    public void add(List<VirtualAddress> addresses, long nowNanos) {
        for (VirtualAddress address : addresses) {
            AddressLease lease = find(address);
            lease.setWanted(true);
            if (lease.isHeld()) {
                renew(lease);
            } else if (!lease.isHostOwned()) {
                take(lease);
            }
        }
        routes.putOn();
        scheduleRenewal(nowNanos);
    }

    @Override
    public void remove(List<VirtualAddress> addresses) {
        for (VirtualAddress address : addresses) {
            find(address).setWanted(false);
        }
        takeOffRoutesWithTheLastAddress();
        for (VirtualAddress address : addresses) {
            release(find(address));
        }
    }

    @Override
    public void removeAll() {
        routes.takeOff();
        leases.forEach(lease -> lease.setWanted(false));
        leases.forEach(this::release);
        nextRenewalNanos = VirtualRouter.NO_DEADLINE;
    }

    @Override
    public void announce(List<VirtualAddress> addresses, int repeat) {
        for (VirtualAddress address : addresses) {
            AddressLease lease = find(address);
            // Who has no hardware address is not looked for by ARP or neighbour discovery.
            if (lease.network().mac() != 0) {
                int result = announcer.announce(lease.network(), address.address(), repeat);
                if (result < 0) {
                    warn("could not announce", lease, result);
                }
            }
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return nextRenewalNanos;
    }

    /** Renews every lease. One that was lost, by whatever cause, is taken again that way. */
    @Override
    public void handleDeadline(long nowNanos) {
        for (int i = 0; i < leases.size(); i++) {
            AddressLease lease = leases.get(i);
            if (lease.isHeld()) {
                renew(lease);
            }
        }
        routes.renew();
        scheduleRenewal(nowNanos);
    }

    @Override
    public void extend(VirtualRouterConfig next) {
        changing = true;
        leaseSeconds = leaseSeconds(next);
        for (VirtualAddress address : HostView.allAddresses(next)) {
            if (leases.stream().noneMatch(lease -> lease.address().equals(address))) {
                leases.add(lessor.lease(next, address));
            }
        }
    }

    @Override
    public void retain(VirtualRouterConfig current) {
        List<VirtualAddress> kept = HostView.allAddresses(current);
        for (AddressLease lease : List.copyOf(leases)) {
            if (!kept.contains(lease.address())) {
                release(lease);
                leases.remove(lease);
            }
        }
        changing = false;
        takeOffRoutesWithTheLastAddress();
        routes.change(current.host().routes(), current.host().rules());
    }

    @Override
    public List<VirtualAddress> takeLost(HostView view) {
        if (leases.stream().allMatch(lease -> isWhereItShouldBe(lease, view))) {
            // What changed may have been the link that a route was on.
            routes.renew();
            return List.of();
        }
        HostView latest;
        try {
            // The view may be from before an address was added.
            latest = HostView.of(netlink);
        } catch (NativeCallException e) {
            // The next renewal puts back what is missing.
            return List.of();
        }
        List<VirtualAddress> lost = new ArrayList<>();
        for (AddressLease lease : leases) {
            if (!isWhereItShouldBe(lease, latest)) {
                lease.setHeld(false);
                lost.add(lease.address());
            }
        }
        return lost;
    }

    @Override
    public List<VirtualAddress> takeMoved() {
        // Asked after every renewal, of which the kernel tells too.
        List<VirtualAddress> moved = List.of();
        for (int i = 0; i < leases.size(); i++) {
            if (leases.get(i).takeMoved()) {
                moved = moved.isEmpty() ? new ArrayList<>() : moved;
                moved.add(leases.get(i).address());
            }
        }
        return moved;
    }

    private static boolean isWhereItShouldBe(AddressLease lease, HostView view) {
        return !lease.isGranted() || view.has(lease.network().index(), lease.address().address());
    }

    private void takeOffRoutesWithTheLastAddress() {
        if (!changing && leases.stream().noneMatch(AddressLease::isWanted)) {
            routes.takeOff();
        }
    }

    private void take(AddressLease lease) {
        int result = request(lease, NLM_F_EXCL);
        if (result == -Errno.EEXIST && !isOurs(lease)) {
            // Renewing would give the host's own address a lifetime; removing would take it away.
            String where = lease.address() + " on " + lease.network().name();
            background.execute(
                    () ->
                            LOG.error(
                                    "Virtual router {} leaves {} alone: somebody else has put this address on the host since the start. Remove it or take it out of the configuration.",
                                    router,
                                    where));
            return;
        }
        lease.setHeld(true);
        if (result == -Errno.EEXIST) {
            result = request(lease, NLM_F_REPLACE);
        }
        if (lease.isNewFailure(result)) {
            warn("could not add", lease, result);
        }
    }

    private void renew(AddressLease lease) {
        int result = request(lease, NLM_F_REPLACE);
        if (lease.isNewFailure(result)) {
            warn("could not renew", lease, result);
        }
    }

    private void release(AddressLease lease) {
        if (!lease.isHeld()) {
            return;
        }
        lease.setHeld(false);
        int result;
        try {
            result = netlink.removeAddress(lease.network().index(), lease.placed());
        } catch (NativeCallException e) {
            result = -e.errno();
        }
        // Expired, removed by somebody or gone with its interface: the address is off the host, as
        // it should be.
        if (result < 0 && result != -Errno.EADDRNOTAVAIL && result != -Errno.ENODEV) {
            warn("could not remove", lease, result);
        }
    }

    private int request(AddressLease lease, int mode) {
        try {
            return netlink.addAddress(
                    lease.network().index(), lease.placed(), leaseSeconds, mode, lease.metric());
        } catch (NativeCallException e) {
            return -e.errno();
        }
    }

    private boolean isOurs(AddressLease lease) {
        try {
            return netlink.addresses().stream()
                    .filter(a -> a.interfaceIndex() == lease.network().index())
                    .filter(a -> a.local().equals(lease.address().address()))
                    .allMatch(a -> a.isLeased(leaseSeconds));
        } catch (NativeCallException e) {
            return false;
        }
    }

    /** Whether any address is held. */
    boolean isHolding() {
        for (int i = 0; i < leases.size(); i++) {
            if (leases.get(i).isHeld()) {
                return true;
            }
        }
        return false;
    }

    private void scheduleRenewal(long nowNanos) {
        nextRenewalNanos =
                isHolding() || routes.isBusy()
                        ? nowNanos + leaseSeconds * NANOS_PER_SECOND / 3
                        : VirtualRouter.NO_DEADLINE;
    }

    private AddressLease find(VirtualAddress address) {
        for (int i = 0; i < leases.size(); i++) {
            if (leases.get(i).address().equals(address)) {
                return leases.get(i);
            }
        }
        throw new IllegalArgumentException(
                "Virtual router " + router + " has no address " + address + ".");
    }

    private void warn(String what, AddressLease lease, int result) {
        String where = lease.address() + " on " + lease.network().name();
        NativeCallException failure =
                Errno.failure(
                        -result,
                        "Virtual router " + router + " " + what + " " + where + ": it",
                        netlink.explanation());
        background.execute(() -> LOG.warn("{}", failure.getMessage()));
    }
}

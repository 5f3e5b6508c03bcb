package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouter;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The session of a {@link LoopbackNetwork}: all routers share one socket, and the addresses go to the holder. */
final class LoopbackSession implements NetworkSession {
    private static final Logger LOG = LoggerFactory.getLogger(LoopbackSession.class);

    private final LoopbackPort port;
    private final AddressHolder holder;
    private final EventDispatcher dispatcher;

    /** How many routers hold an address; two do for a moment when it moves from one to the other. */
    private final Map<VirtualAddress, Integer> holders = new HashMap<>();

    LoopbackSession(LoopbackPort port, AddressHolder holder, List<VirtualAddress> staticAddresses) {
        this.port = port;
        this.holder = holder;
        // A thread of its own: a slow listener must not hold up an address.
        dispatcher = new EventDispatcher("evenkeel-addresses-" + port.localAddress());
        dispatcher.start();
        staticAddresses.forEach(address -> dispatcher.execute(new Acquisition(holder, address)));
    }

    @Override
    public HostView inspect(List<VirtualRouterConfig> routers) throws VrrpStartException {
        LoopbackNetwork.requireMulticast(routers);
        return new HostView(List.of(), List.of());
    }

    @Override
    public void open(List<VirtualRouterConfig> routers, HostView view) {}

    @Override
    public void closeAllBut(Collection<VrrpPort> used) {}

    @Override
    public VrrpPort port(VirtualRouterConfig router) {
        return port;
    }

    @Override
    public AddressKeeper keeper(VirtualRouterConfig router) {
        if (!router.host().routes().isEmpty() || !router.host().rules().isEmpty()) {
            LOG.warn(
                    "The routes and rules of virtual router {} are left out: a loopback network has none.",
                    router.name());
        }
        return new HolderKeeper();
    }

    /** No interface means anything here. */
    @Override
    public boolean isLinkUp(String interfaceName) {
        return true;
    }

    @Override
    public void addStaticRoutes(HostStatics statics) {
        if (!statics.routes().isEmpty() || !statics.rules().isEmpty()) {
            LOG.warn("Static routes and rules are left out: a loopback network has none.");
        }
    }

    @Override
    public int monitorFd() {
        return NO_MONITOR;
    }

    @Override
    public @Nullable HostView drainMonitor() {
        return null;
    }

    @Override
    public void close() {
        port.close();
        dispatcher.close();
    }

    // Named classes, because a lambda is linked on its first use, which would be in the middle of a
    // takeover.

    private record Acquisition(AddressHolder holder, VirtualAddress address) implements Runnable {
        @Override
        public void run() {
            holder.acquire(address);
        }
    }

    private record Release(AddressHolder holder, VirtualAddress address) implements Runnable {
        @Override
        public void run() {
            holder.release(address);
        }
    }

    /** Hands the addresses of one router to the holder, on the dispatcher's thread. */
    private final class HolderKeeper implements AddressKeeper {
        private final Set<VirtualAddress> held = new LinkedHashSet<>();

        @Override
        public void add(List<VirtualAddress> addresses, long nowNanos) {
            for (VirtualAddress address : addresses) {
                if (held.add(address)) {
                    int others = holders.getOrDefault(address, 0);
                    holders.put(address, others + 1);
                    if (others == 0) {
                        dispatcher.execute(new Acquisition(holder, address));
                    }
                }
            }
        }

        @Override
        public void remove(List<VirtualAddress> addresses) {
            for (VirtualAddress address : addresses) {
                if (held.remove(address)) {
                    int others = holders.getOrDefault(address, 1) - 1;
                    holders.put(address, others);
                    if (others == 0) {
                        dispatcher.execute(new Release(holder, address));
                    }
                }
            }
        }

        @Override
        public void announce(List<VirtualAddress> addresses, int repeat) {
            // On loopback there is no neighbour whose ARP cache could be wrong.
        }

        @Override
        public long nextDeadlineNanos() {
            return VirtualRouter.NO_DEADLINE;
        }

        @Override
        public void handleDeadline(long nowNanos) {}

        @Override
        public void extend(VirtualRouterConfig next) {}

        @Override
        public void retain(VirtualRouterConfig current) {
            Set<VirtualAddress> gone = new LinkedHashSet<>(held);
            gone.removeAll(HostView.allAddresses(current));
            remove(List.copyOf(gone));
        }

        @Override
        public List<VirtualAddress> takeLost(HostView view) {
            return List.of();
        }

        @Override
        public void removeAll() {
            remove(List.copyOf(held));
        }
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a session has open for virtual MAC addresses: nothing, and no thread, until a router wants one. */
final class VirtualMacs {
    private static final Logger LOG = LoggerFactory.getLogger(VirtualMacs.class);

    private final Libc libc;
    private final Executor background;
    private final Map<PortId, MacvlanPort> ports = new LinkedHashMap<>();
    private @Nullable Macvlans macvlans;
    private volatile @Nullable EventDispatcher switcher;

    /** By what a router is told from one that needs another port. */
    private record PortId(PortKey key, VirtualMac mac) {}

    /**
     * @param background runs what must not hold up the VRRP thread, such as the log
     */
    VirtualMacs(Libc libc, Executor background) {
        this.libc = libc;
        this.background = background;
    }

    /**
     * Makes the interfaces of these routers that are not there yet; true if there was one.
     *
     * @throws NativeCallException if one cannot be made; then none is there that was not before
     */
    boolean open(List<VirtualRouterConfig> routers) {
        if (macvlans == null) {
            if (routers.stream().allMatch(router -> router.host().virtualMac() == null)) {
                return false;
            }
            EventDispatcher thread = new EventDispatcher("evenkeel-macvlans");
            NetlinkConnection netlink = new NetlinkConnection(new LibcNetlink(libc));
            thread.start();
            switcher = thread;
            macvlans = new Macvlans(netlink, Sysctls.ofKernel(), thread, background);
        }
        return macvlans.open(routers);
    }

    /** The names of the interfaces that there are. */
    Set<String> names() {
        return macvlans == null ? Set.of() : macvlans.names();
    }

    /** Has the interfaces removed soon that have none of these names. */
    void retain(Set<String> names) {
        if (macvlans != null) {
            macvlans.retain(names);
        }
    }

    /** The port of a router that hears by the given one. */
    VrrpPort port(VirtualRouterConfig router, RawPort parent) {
        VirtualMac mac = router.host().virtualMac();
        if (mac == null) {
            return parent;
        }
        return ports.computeIfAbsent(
                new PortId(PortKey.of(router), mac),
                id -> {
                    Macvlan macvlan = macvlan(mac);
                    MacvlanSocket socket =
                            mac.sendsFromParent()
                                    ? null
                                    : new MacvlanSocket(libc, macvlan, id.key().ipv4());
                    return new MacvlanPort(parent, macvlan, socket);
                });
    }

    /** Who keeps the addresses of a router whose leases these are. */
    AddressKeeper keeper(VirtualRouterConfig router, AddressLeases leases) {
        VirtualMac mac = router.host().virtualMac();
        return mac == null ? leases : new MacvlanKeeper(leases, macvlan(mac));
    }

    /** Waits until the interfaces that were to be removed are, but not longer than that. Not for the VRRP thread. */
    void awaitRemovals(long timeoutMillis) {
        EventDispatcher thread = switcher;
        if (thread == null) {
            return;
        }
        CountDownLatch removed = new CountDownLatch(1);
        thread.execute(removed::countDown);
        try {
            if (!removed.await(timeoutMillis, TimeUnit.MILLISECONDS)) {
                LOG.warn(
                        "The kernel takes longer than {} ms to remove interfaces with virtual MAC addresses; it goes on.",
                        timeoutMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes what is not among these, with the interfaces. */
    void closeAllBut(Collection<VrrpPort> used) {
        ports.values()
                .removeIf(
                        port -> {
                            boolean unused = !used.contains(port);
                            if (unused) {
                                port.close();
                            }
                            return unused;
                        });
        retain(
                ports.keySet().stream()
                        .map(id -> id.mac().interfaceName())
                        .collect(Collectors.toSet()));
    }

    /** Follows what became of the interfaces; true if one was made anew. */
    boolean follow(HostView now) {
        return macvlans != null && macvlans.follow(now);
    }

    void close() {
        ports.values().forEach(MacvlanPort::close);
        if (macvlans != null) {
            macvlans.close();
        }
        EventDispatcher thread = switcher;
        if (thread != null) {
            thread.close();
        }
    }

    private Macvlan macvlan(VirtualMac mac) {
        if (macvlans == null) {
            throw new IllegalStateException(
                    "The interface " + mac.interfaceName() + " was not made.");
        }
        return macvlans.of(mac.interfaceName());
    }
}

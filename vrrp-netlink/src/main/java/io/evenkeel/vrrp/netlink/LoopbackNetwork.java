package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.InterfaceDelays;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** VRRP between processes of one machine, over UDP on loopback addresses. */
final class LoopbackNetwork extends VrrpNetwork {
    private final InetSocketAddress local;
    private final List<InetSocketAddress> peers;
    private final AddressHolder holder;

    LoopbackNetwork(InetSocketAddress local, List<InetSocketAddress> peers, AddressHolder holder) {
        this.local = local;
        this.peers = List.copyOf(peers);
        this.holder = Objects.requireNonNull(holder, "holder");
        Set<InetAddress> seen = new HashSet<>();
        requireOwnLoopback(local, seen);
        for (InetSocketAddress peer : this.peers) {
            requireOwnLoopback(peer, seen);
        }
    }

    @Override
    NetworkSession open(
            Libc libc,
            List<VirtualRouterConfig> routers,
            List<VirtualAddress> staticAddresses,
            List<InterfaceDelays> delays,
            EventDispatcher dispatcher)
            throws VrrpStartException {
        requireMulticast(routers);
        LoopbackPort port;
        try {
            port = new LoopbackPort(libc, local, peers);
        } catch (NativeCallException e) {
            throw new VrrpStartException(
                    null,
                    "The loopback network cannot listen on " + text(local) + ": " + e.getMessage(),
                    e);
        }
        return new LoopbackSession(port, holder, staticAddresses);
    }

    /** The messages travel as IPv4 multicast would; a router that wants another way would talk to nobody. */
    static void requireMulticast(List<VirtualRouterConfig> routers) throws VrrpStartException {
        for (VirtualRouterConfig router : routers) {
            boolean multicast =
                    router.isIpv4() && router.destinations().equals(Destinations.MULTICAST);
            if (!multicast || router.sourceAddress() != null) {
                throw new VrrpStartException(
                        router.name(),
                        "Virtual router "
                                + router.name()
                                + " cannot start because the loopback network carries IPv4 multicast to "
                                + Destinations.MULTICAST.group(true)
                                + " from the node's own address alone: leave peers, another group, a source address and IPv6 out of its configuration.");
            }
        }
    }

    /** The bits of an IPv4 address. */
    static int ipv4(InetSocketAddress address) {
        return ByteBuffer.wrap(address.getAddress().getAddress()).getInt();
    }

    private static void requireOwnLoopback(InetSocketAddress address, Set<InetAddress> seen) {
        InetAddress ip = address.getAddress();
        if (!(ip instanceof Inet4Address) || !ip.isLoopbackAddress() || address.getPort() == 0) {
            throw new IllegalArgumentException(
                    "The loopback network needs IPv4 loopback addresses with a port, such as 127.0.0.2:7112; "
                            + text(address)
                            + " is none.");
        }
        if (!seen.add(ip)) {
            throw new IllegalArgumentException(
                    "Two nodes of the loopback network have the address "
                            + ip.getHostAddress()
                            + "; routers tell each other apart by address, so give each its own of 127.0.0.0/8.");
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + ":" + address.getPort();
    }
}

package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.InterfaceDelays;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import java.net.InetSocketAddress;
import java.util.List;

/** The kind of network on which a {@link VrrpService} meets the other routers. */
public abstract sealed class VrrpNetwork permits LinuxNetwork, LoopbackNetwork {
    VrrpNetwork() {}

    /**
     * The LANs of this Linux host: VRRP over IPv4 and IPv6, multicast and unicast, on the routers' interfaces, virtual addresses
     * through netlink, gratuitous ARP and neighbour advertisements.
     * Needs CAP_NET_RAW and CAP_NET_ADMIN.
     *
     * @return the network of {@link VrrpService} unless another is given
     */
    public static VrrpNetwork linux() {
        return new LinuxNetwork();
    }

    /**
     * A network of processes on one machine, without privileges: the VRRP messages travel as UDP between 127/8 addresses, and the
     * routers see them as IPv4 multicast with TTL 255, so routers of IPv6 or with unicast peers are refused. The interface names and virtual MAC addresses of the routers mean nothing here. Nothing is changed on
     * the host: who owns an address is told to the holder.
     *
     * @param local where this node hears the others: an IPv4 loopback address that no other node has, and a port
     * @param peers where the other nodes hear; it does no harm if one of them does not run
     * @param holder is told which addresses this node owns
     * @return the network
     * @throws IllegalArgumentException if an address is not IPv4 loopback or has the same IP as another
     */
    public static VrrpNetwork loopback(
            InetSocketAddress local, List<InetSocketAddress> peers, AddressHolder holder) {
        return new LoopbackNetwork(local, peers, holder);
    }

    /**
     * Opens what the routers need, after the static addresses, from which they may send. If it fails, nothing stays open and nothing
     * was changed on the host.
     */
    abstract NetworkSession open(
            Libc libc,
            List<VirtualRouterConfig> routers,
            List<VirtualAddress> staticAddresses,
            List<InterfaceDelays> delays,
            EventDispatcher dispatcher)
            throws VrrpStartException;
}

package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.IPV6_MREQ_SIZE;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_IPV6;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import java.nio.ByteBuffer;

/**
 * A raw socket for VRRP over IPv6. It reads messages without their header, of which the kernel tells the destination and the hop
 * limit beside them. IPV6_CHECKSUM stays off, as it is for this protocol: the kernel would drop what the receive checks are to
 * count.
 */
final class Ipv6Port extends RawPort {
    Ipv6Port(Libc libc, PortKey key, LinuxInterface network) {
        super(libc, key, network, Sockets.AF_INET6, Sockets.SOCKADDR_IN6_SIZE);
    }

    @Override
    void configure() {
        option(SOL_IPV6, Sockets.IPV6_UNICAST_HOPS, MAX_TTL, "IPV6_UNICAST_HOPS");
        option(SOL_IPV6, Sockets.IPV6_MULTICAST_HOPS, MAX_TTL, "IPV6_MULTICAST_HOPS");
        option(SOL_IPV6, Sockets.IPV6_MULTICAST_LOOP, 0, "IPV6_MULTICAST_LOOP");
        option(SOL_IPV6, Sockets.IPV6_TCLASS, TRAFFIC_CLASS, "IPV6_TCLASS");
        option(SOL_IPV6, Sockets.IPV6_RECVPKTINFO, 1, "IPV6_RECVPKTINFO");
        option(SOL_IPV6, Sockets.IPV6_RECVHOPLIMIT, 1, "IPV6_RECVHOPLIMIT");
        // Since Linux 4.20; without it groups of other sockets are heard, and dropped by the
        // receive checks.
        SocketOptions.wish(libc, fd, SOL_IPV6, Sockets.IPV6_MULTICAST_ALL, 0);
    }

    @Override
    void join(IpAddress joined, int leftIndex) {
        if (leftIndex != 0) {
            try (NativeBuffer left = new NativeBuffer(IPV6_MREQ_SIZE)) {
                Sockets.putMulticast6Request(left.bytes(), joined, leftIndex);
                libc.setsockopt(
                        fd, SOL_IPV6, Sockets.IPV6_DROP_MEMBERSHIP, left.address(), IPV6_MREQ_SIZE);
            }
        }
        SocketOptions.set(
                libc,
                fd,
                SOL_IPV6,
                Sockets.IPV6_ADD_MEMBERSHIP,
                IPV6_MREQ_SIZE,
                bytes -> Sockets.putMulticast6Request(bytes, joined, network.index()),
                "IPV6_ADD_MEMBERSHIP " + joined + " on " + network.name());
        option(SOL_IPV6, Sockets.IPV6_MULTICAST_IF, network.index(), "IPV6_MULTICAST_IF");
    }

    /**
     * Binds, so that the kernel does not choose a virtual address of the interface as the source. A bound IPv6 socket hears its group
     * all the same.
     */
    @Override
    int sendFrom(IpAddress address) {
        return bind(address);
    }

    @Override
    int take(ReceivedPacket packet, int length, long arrivalNanos) {
        ByteBuffer data = reader.data();
        long sourceHigh = reader.sourceHigh();
        long sourceLow = reader.sourceLow();
        packet.setIpv6(
                data,
                0,
                length,
                sourceHigh,
                sourceLow,
                reader.destinationHigh(),
                reader.destinationLow(),
                reader.hopLimit(),
                arrivalNanos);
        boolean own = sourceLow == source.address().low() && sourceHigh == source.address().high();
        return length < MIN_MESSAGE || own ? IGNORED : data.get(1) & 0xff;
    }

    @Override
    void putAddress(ByteBuffer out, IpAddress address) {
        boolean scoped = address.isLinkLocal() || address.isMulticast();
        Sockets.putInternet6Address(out, address, scoped ? network.index() : 0);
    }

    @Override
    int ttlLevel() {
        return SOL_IPV6;
    }

    @Override
    int ttlOption() {
        return Sockets.IPV6_UNICAST_HOPS;
    }

    @Override
    int ttlControl() {
        return Sockets.IPV6_HOPLIMIT;
    }

    @Override
    int sendFlags() {
        return 0;
    }
}

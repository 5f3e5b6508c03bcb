package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.IP_MREQN_SIZE;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_IP;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import java.nio.ByteBuffer;

/** A raw socket for VRRP over IPv4. It reads datagrams with their IP header. */
final class Ipv4Port extends RawPort {
    private static final int SOURCE_OFFSET = 12;

    Ipv4Port(Libc libc, PortKey key, LinuxInterface network) {
        super(libc, key, network, Sockets.AF_INET, Sockets.SOCKADDR_IN_SIZE);
    }

    @Override
    void configure() {
        option(SOL_IP, Sockets.IP_TTL, MAX_TTL, "IP_TTL");
        option(SOL_IP, Sockets.IP_MULTICAST_TTL, MAX_TTL, "IP_MULTICAST_TTL");
        option(SOL_IP, Sockets.IP_MULTICAST_LOOP, 0, "IP_MULTICAST_LOOP");
        option(SOL_IP, Sockets.IP_MULTICAST_ALL, 0, "IP_MULTICAST_ALL");
        option(SOL_IP, Sockets.IP_TOS, TRAFFIC_CLASS, "IP_TOS");
    }

    @Override
    void join(IpAddress joined, int leftIndex) {
        if (leftIndex != 0) {
            // The kernel counts a membership of an interface that is gone; there are 20 for a
            // socket.
            try (NativeBuffer left = new NativeBuffer(IP_MREQN_SIZE)) {
                Sockets.putMulticastRequest(left.bytes(), joined.ipv4Bits(), 0, leftIndex);
                libc.setsockopt(
                        fd, SOL_IP, Sockets.IP_DROP_MEMBERSHIP, left.address(), IP_MREQN_SIZE);
            }
        }
        SocketOptions.set(
                libc,
                fd,
                SOL_IP,
                Sockets.IP_ADD_MEMBERSHIP,
                IP_MREQN_SIZE,
                bytes -> Sockets.putMulticastRequest(bytes, joined.ipv4Bits(), 0, network.index()),
                "IP_ADD_MEMBERSHIP " + joined + " on " + network.name());
    }

    /** Unicast is bound to the address; multicast is not, since then the socket would not hear its group. */
    @Override
    int sendFrom(IpAddress address) {
        if (group == null) {
            return bind(address);
        }
        try (NativeBuffer request = new NativeBuffer(IP_MREQN_SIZE)) {
            Sockets.putMulticastRequest(request.bytes(), 0, address.ipv4Bits(), network.index());
            return libc.setsockopt(
                    fd, SOL_IP, Sockets.IP_MULTICAST_IF, request.address(), IP_MREQN_SIZE);
        }
    }

    @Override
    int take(ReceivedPacket packet, int length, long arrivalNanos) {
        ByteBuffer data = reader.data();
        packet.setIpv4Datagram(data, 0, length, arrivalNanos);
        int headerLength = length == 0 ? 0 : (data.get(0) & 0x0f) * 4;
        if (headerLength <= SOURCE_OFFSET
                || length < headerLength + MIN_MESSAGE
                || data.getInt(SOURCE_OFFSET) == source.address().ipv4Bits()) {
            return IGNORED;
        }
        return data.get(headerLength + 1) & 0xff;
    }

    @Override
    void putAddress(ByteBuffer out, IpAddress address) {
        Sockets.putInternetAddress(out, address.ipv4Bits(), 0);
    }

    @Override
    int ttlLevel() {
        return SOL_IP;
    }

    @Override
    int ttlOption() {
        return Sockets.IP_TTL;
    }

    @Override
    int ttlControl() {
        return Sockets.IP_TTL;
    }

    /** A group is on the LAN whatever the routes say; a peer may be behind a router. */
    @Override
    int sendFlags() {
        return group == null ? 0 : Sockets.MSG_DONTROUTE;
    }
}

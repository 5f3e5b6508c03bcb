package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.AF_PACKET;
import static io.evenkeel.vrrp.netlink.Sockets.ETH_P_ARP;
import static io.evenkeel.vrrp.netlink.Sockets.ETH_P_IPV6;
import static io.evenkeel.vrrp.netlink.Sockets.SOCKADDR_LL_SIZE;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_CLOEXEC;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_NONBLOCK;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_RAW;

import io.evenkeel.vrrp.GratuitousArp;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.NeighborAdvertisement;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A packet socket that sends gratuitous ARPs and unsolicited neighbour advertisements, and hears nothing. */
final class AnnouncementSocket implements AutoCloseable {
    private final Libc libc;
    private final int fd;
    private final NativeBuffer destination = new NativeBuffer(SOCKADDR_LL_SIZE);
    private final NativeBuffer frame = new NativeBuffer(NeighborAdvertisement.FRAME_LENGTH);
    private final ByteBuffer frameBytes = frame.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);

    AnnouncementSocket(Libc libc) {
        this.libc = libc;
        fd =
                Errno.check(
                        libc.socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
                        "socket(AF_PACKET, SOCK_RAW)");
    }

    /** Sends this many announcements of the address; returns 0 or the last negated errno. */
    int announce(LinuxInterface network, IpAddress address, int repeat) {
        int protocol = address.isIpv4() ? ETH_P_ARP : ETH_P_IPV6;
        Sockets.putLinkAddress(destination.bytes(), protocol, network.index());
        frameBytes.clear();
        int length =
                address.isIpv4()
                        ? GratuitousArp.encode(address, network.mac(), frameBytes)
                        : NeighborAdvertisement.encode(
                                address, network.mac(), network.isForwarding(), frameBytes);
        int failure = 0;
        for (int i = 0; i < repeat; i++) {
            long sent =
                    libc.sendto(
                            fd,
                            frame.address(),
                            length,
                            0,
                            destination.address(),
                            SOCKADDR_LL_SIZE);
            if (sent < 0) {
                failure = (int) sent;
            }
        }
        return failure;
    }

    @Override
    public void close() {
        libc.close(fd);
        destination.close();
        frame.close();
    }
}

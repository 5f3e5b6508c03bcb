package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.IP_ADD_MEMBERSHIP;
import static io.evenkeel.vrrp.netlink.Sockets.IP_MREQN_SIZE;
import static io.evenkeel.vrrp.netlink.Sockets.IP_MULTICAST_IF;
import static io.evenkeel.vrrp.netlink.Sockets.SOCKADDR_IN_SIZE;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_CLOEXEC;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_NONBLOCK;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_RAW;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_IP;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_SOCKET;

import io.evenkeel.vrrp.AdvertisementCodec;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A raw socket for VRRP multicast on one interface (RFC 9568, section 5.1). */
final class RawPort implements VrrpPort {
    static final int PROTOCOL_VRRP = 112;

    private static final int GROUP = AdvertisementCodec.IPV4_GROUP.ipv4Bits();
    private static final int TTL = 255;

    /** DSCP CS6, network control: congested switches drop it last. */
    private static final int TOS = 0xc0;

    private static final int RECEIVE_BUFFER = 1 << 20;
    private static final int MAX_MESSAGE = 2048;
    private static final int MIN_MESSAGE = 8;
    private static final int SOURCE_OFFSET = 12;

    private final Libc libc;
    private final LinuxInterface network;
    private final int fd;
    private final DatagramReader reader;
    private final NativeBuffer group = new NativeBuffer(SOCKADDR_IN_SIZE);
    private final NativeBuffer outgoing = new NativeBuffer(MAX_MESSAGE);
    private final ByteBuffer message = outgoing.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);
    private IpAddress localAddress;
    private int attachedIndex;
    private long emptyNanos = System.nanoTime();
    private long sendFailures;

    /**
     * @param localAddress the interface's primary address
     */
    RawPort(Libc libc, LinuxInterface network, IpAddress localAddress) {
        this.libc = libc;
        this.network = network;
        this.localAddress = localAddress;
        fd =
                Errno.check(
                        libc.socket(
                                AF_INET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, PROTOCOL_VRRP),
                        "socket(AF_INET, SOCK_RAW, 112)");
        try {
            option(SOL_SOCKET, Sockets.SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
            SocketOptions.wishReceiveBuffer(libc, fd, RECEIVE_BUFFER);
            option(SOL_IP, Sockets.IP_TTL, TTL, "IP_TTL");
            option(SOL_IP, Sockets.IP_MULTICAST_TTL, TTL, "IP_MULTICAST_TTL");
            option(SOL_IP, Sockets.IP_MULTICAST_LOOP, 0, "IP_MULTICAST_LOOP");
            option(SOL_IP, Sockets.IP_MULTICAST_ALL, 0, "IP_MULTICAST_ALL");
            option(SOL_IP, Sockets.IP_TOS, TOS, "IP_TOS");
            attach();
        } catch (NativeCallException e) {
            libc.close(fd);
            throw e;
        }
        Sockets.putInternetAddress(group.bytes(), GROUP, 0);
        reader = new DatagramReader(libc);
        discardQueued();
    }

    /** Follows the interface: to its new index if it was made anew, to its new primary address. */
    void follow() {
        IpAddress current = network.localAddress();
        boolean moved = current != null && !current.equals(localAddress);
        if (moved) {
            localAddress = current;
        }
        if (moved || network.index() != attachedIndex) {
            attach();
        }
    }

    @Override
    public int fd() {
        return fd;
    }

    @Override
    public IpAddress localAddress() {
        return localAddress;
    }

    @Override
    public boolean isUp() {
        return network.isUp() && network.localAddress() != null;
    }

    @Override
    public int receive(ReceivedPacket packet) {
        int length = reader.read(fd);
        long nowNanos = System.nanoTime();
        if (length < 0) {
            emptyNanos = nowNanos;
            return EMPTY;
        }
        ByteBuffer data = reader.data();
        packet.setIpv4Datagram(data, 0, length, reader.arrivalNanos(emptyNanos, nowNanos));
        int headerLength = length == 0 ? 0 : (data.get(0) & 0x0f) * 4;
        if (headerLength <= SOURCE_OFFSET
                || length < headerLength + MIN_MESSAGE
                || data.getInt(SOURCE_OFFSET) == localAddress.ipv4Bits()) {
            return IGNORED;
        }
        return data.get(headerLength + 1) & 0xff;
    }

    @Override
    public ByteBuffer outgoing() {
        return message;
    }

    @Override
    public int send(int length) {
        long sent =
                libc.sendto(
                        fd,
                        outgoing.address(),
                        length,
                        Sockets.MSG_DONTROUTE,
                        group.address(),
                        SOCKADDR_IN_SIZE);
        if (sent < 0) {
            sendFailures++;
            return (int) sent;
        }
        return 0;
    }

    @Override
    public long sendFailures() {
        return sendFailures;
    }

    @Override
    public void close() {
        libc.close(fd);
        reader.close();
        group.close();
        outgoing.close();
    }

    /** Binds to the interface, joins the group there and sends from its primary address. */
    private void attach() {
        SocketOptions.set(
                libc, fd, SOL_SOCKET, Sockets.SO_BINDTODEVICE, network.name(), "SO_BINDTODEVICE");
        if (network.index() != attachedIndex) {
            multicast(IP_ADD_MEMBERSHIP, GROUP, "IP_ADD_MEMBERSHIP");
        }
        multicast(IP_MULTICAST_IF, 0, "IP_MULTICAST_IF");
        attachedIndex = network.index();
    }

    private void multicast(int option, int address, String name) {
        SocketOptions.set(
                libc,
                fd,
                SOL_IP,
                option,
                IP_MREQN_SIZE,
                bytes ->
                        Sockets.putMulticastRequest(
                                bytes, address, localAddress.ipv4Bits(), network.index()),
                name + " on " + network.name());
    }

    private void option(int level, int option, int value, String name) {
        SocketOptions.set(libc, fd, level, option, value, name);
    }

    /** What came before the socket was bound to its interface may be from another one. */
    private void discardQueued() {
        while (reader.read(fd) >= 0) {
            emptyNanos = System.nanoTime();
        }
    }
}

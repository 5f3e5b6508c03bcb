package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET6;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_CLOEXEC;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_NONBLOCK;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_RAW;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_IP;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_IPV6;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_SOCKET;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * A raw socket that sends VRRP to a group by a macvlan, with its MAC address and the IP address of its parent, and hears nothing: it
 * joins no group, so that no membership is reported with the virtual MAC address.
 */
final class MacvlanSocket implements AutoCloseable {
    private static final int NONE = -1;

    private final Libc libc;
    private final Macvlan macvlan;
    private final boolean ipv4;
    private final int addressSize;
    private final NativeBuffer destination;
    private final NativeBuffer outgoing = new NativeBuffer(VrrpPort.MAX_MESSAGE);
    private final ByteBuffer message = outgoing.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);
    private int fd = NONE;
    private int attachments;
    private int attachedIndex;
    private @Nullable IpAddress attachedSource;

    MacvlanSocket(Libc libc, Macvlan macvlan, boolean ipv4) {
        this.libc = libc;
        this.macvlan = macvlan;
        this.ipv4 = ipv4;
        addressSize = ipv4 ? Sockets.SOCKADDR_IN_SIZE : Sockets.SOCKADDR_IN6_SIZE;
        destination = new NativeBuffer(addressSize);
    }

    /** Where the next message is written, in network byte order. */
    ByteBuffer outgoing() {
        return message;
    }

    /**
     * Sends the first bytes of {@link #outgoing()}; returns 0 or a negated errno.
     *
     * @param source an address of the parent
     */
    int send(int length, IpAddress group, IpAddress source) {
        int result = follow(source);
        if (result < 0) {
            return result;
        }
        putAddress(destination.bytes(), group);
        int flags = ipv4 ? Sockets.MSG_DONTROUTE : 0;
        long sent =
                libc.sendto(
                        fd, outgoing.address(), length, flags, destination.address(), addressSize);
        return sent < 0 ? (int) sent : 0;
    }

    private boolean isAttached(IpAddress source) {
        return fd != NONE && attachedIndex == macvlan.index() && source.equals(attachedSource);
    }

    /** Attaches to the interface as it is now, unless it is already; returns 0 or a negated errno. Nothing is queued at that time. */
    private int follow(IpAddress source) {
        if (isAttached(source)) {
            return 0;
        }
        try {
            attach(source);
            return 0;
        } catch (NativeCallException e) {
            detach();
            return -e.errno();
        }
    }

    private void attach(IpAddress source) {
        detach();
        fd =
                Errno.check(
                        libc.socket(
                                ipv4 ? AF_INET : AF_INET6,
                                SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC,
                                RawPort.PROTOCOL_VRRP),
                        "socket(" + (ipv4 ? "AF_INET" : "AF_INET6") + ", SOCK_RAW, 112)");
        SocketOptions.set(
                libc, fd, SOL_SOCKET, Sockets.SO_BINDTODEVICE, macvlan.name(), "SO_BINDTODEVICE");
        if (ipv4) {
            configureIpv4(source);
        } else {
            configureIpv6(source);
        }
        attachedIndex = macvlan.index();
        attachedSource = source;
        attachments++;
    }

    private void configureIpv4(IpAddress source) {
        option(SOL_IP, Sockets.IP_MULTICAST_TTL, RawPort.MAX_TTL, "IP_MULTICAST_TTL");
        option(SOL_IP, Sockets.IP_MULTICAST_LOOP, 0, "IP_MULTICAST_LOOP");
        option(SOL_IP, Sockets.IP_MULTICAST_ALL, 0, "IP_MULTICAST_ALL");
        option(SOL_IP, Sockets.IP_TOS, RawPort.TRAFFIC_CLASS, "IP_TOS");
        SocketOptions.set(
                libc,
                fd,
                SOL_IP,
                Sockets.IP_MULTICAST_IF,
                Sockets.IP_MREQN_SIZE,
                bytes -> Sockets.putMulticastRequest(bytes, 0, source.ipv4Bits(), macvlan.index()),
                "IP_MULTICAST_IF " + source + " on " + macvlan.name());
    }

    private void configureIpv6(IpAddress source) {
        option(SOL_IPV6, Sockets.IPV6_MULTICAST_HOPS, RawPort.MAX_TTL, "IPV6_MULTICAST_HOPS");
        option(SOL_IPV6, Sockets.IPV6_MULTICAST_LOOP, 0, "IPV6_MULTICAST_LOOP");
        option(SOL_IPV6, Sockets.IPV6_TCLASS, RawPort.TRAFFIC_CLASS, "IPV6_TCLASS");
        SocketOptions.wish(libc, fd, SOL_IPV6, Sockets.IPV6_MULTICAST_ALL, 0);
        // The address is the parent's and stays on it alone: on two interfaces it would be asked
        // for on both, and neighbours would find it at one MAC address or the other.
        option(SOL_IPV6, Sockets.IPV6_FREEBIND, 1, "IPV6_FREEBIND");
        try (NativeBuffer name = new NativeBuffer(addressSize)) {
            putAddress(name.bytes(), source);
            Errno.check(
                    libc.bind(fd, name.address(), addressSize),
                    "bind to " + source + " on " + macvlan.name());
        }
        option(SOL_IPV6, Sockets.IPV6_MULTICAST_IF, macvlan.index(), "IPV6_MULTICAST_IF");
    }

    private void putAddress(ByteBuffer out, IpAddress address) {
        if (ipv4) {
            Sockets.putInternetAddress(out, address.ipv4Bits(), 0);
        } else {
            boolean scoped = address.isLinkLocal() || address.isMulticast();
            Sockets.putInternet6Address(out, address, scoped ? macvlan.index() : 0);
        }
    }

    private void option(int level, int option, int value, String name) {
        SocketOptions.set(libc, fd, level, option, value, name);
    }

    /**
     * How the kernel sends by this socket.
     *
     * @param parent whose address it sends from
     * @param failure called for each message that could not be sent
     */
    LaterSends laterSends(VrrpPort parent, Runnable failure) {
        return new Later(parent, failure);
    }

    private final class Later implements LaterSends {
        private final VrrpPort parent;
        private final Runnable failure;

        Later(VrrpPort parent, Runnable failure) {
            this.parent = parent;
            this.failure = failure;
        }

        @Override
        public int open() {
            int result = follow(parent.localAddress());
            return result < 0 ? result : attachments;
        }

        @Override
        public boolean isCurrent(int opening) {
            return opening == attachments && isAttached(parent.localAddress());
        }

        @Override
        public int fd() {
            return fd;
        }

        @Override
        public int flags() {
            return ipv4 ? Sockets.MSG_DONTROUTE : 0;
        }

        @Override
        public int addressSize() {
            return addressSize;
        }

        @Override
        public int count(Destinations destinations) {
            return 1;
        }

        @Override
        public IpAddress destination(Destinations destinations, int index) {
            return destinations.group(ipv4);
        }

        @Override
        public void putAddress(ByteBuffer out, Destinations destinations, int index) {
            MacvlanSocket.this.putAddress(out, destination(destinations, index));
        }

        @Override
        public int putControl(ByteBuffer out, Destinations destinations) {
            return 0;
        }

        @Override
        public void failed() {
            failure.run();
        }
    }

    private void detach() {
        if (fd != NONE) {
            libc.close(fd);
            fd = NONE;
        }
    }

    @Override
    public void close() {
        detach();
        destination.close();
        outgoing.close();
    }
}

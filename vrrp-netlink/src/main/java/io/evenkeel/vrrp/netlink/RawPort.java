package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.SOCK_CLOEXEC;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_NONBLOCK;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_RAW;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_SOCKET;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A raw socket for VRRP on one interface: to a multicast group (RFC 9568, sections 5.1.1.2 and 5.1.2.2) or to unicast peers. What
 * differs between the families is in the two subclasses.
 */
abstract class RawPort implements VrrpPort {
    static final int PROTOCOL_VRRP = 112;

    /** The TTL and hop limit to a group. */
    static final int MAX_TTL = 255;

    /** DSCP CS6, network control: congested switches drop it last. */
    static final int TRAFFIC_CLASS = 0xc0;

    static final int MIN_MESSAGE = 8;

    /** With an IPv4 header, which only one of the families reads. */
    private static final int MIN_DATAGRAM = 20 + MIN_MESSAGE;

    private static final int RECEIVE_BUFFER = 1 << 20;

    final Libc libc;
    final LinuxInterface network;
    final @Nullable IpAddress group;
    final int fd;
    final DatagramReader reader;
    final SendAddress source;
    private final int addressSize;
    private final NativeBuffer destination;
    private final NativeBuffer outgoing = new NativeBuffer(MAX_MESSAGE);
    private final ByteBuffer message = outgoing.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);
    private final NativeBuffer ttlValue = new NativeBuffer(4);
    private final LaterSends laterSends = new Later();
    private int attachedIndex;
    private int attachments;
    private boolean sourceSet;
    private int peerTtl = MAX_TTL;
    private long emptyNanos = System.nanoTime();
    private long sendFailures;

    /**
     * @param addressSize bytes of a socket address of the family
     */
    RawPort(Libc libc, PortKey key, LinuxInterface network, int domain, int addressSize) {
        this.libc = libc;
        this.network = network;
        this.addressSize = addressSize;
        group = key.group();
        source = new SendAddress(key.ipv4(), key.source());
        fd =
                Errno.check(
                        libc.socket(domain, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, PROTOCOL_VRRP),
                        "socket(" + (key.ipv4() ? "AF_INET" : "AF_INET6") + ", SOCK_RAW, 112)");
        destination = new NativeBuffer(addressSize);
        reader = new DatagramReader(libc);
    }

    /**
     * Opens the socket.
     *
     * @param addresses all addresses of the host
     */
    static RawPort open(
            Libc libc, PortKey key, LinuxInterface network, List<InterfaceAddress> addresses) {
        RawPort port =
                key.ipv4() ? new Ipv4Port(libc, key, network) : new Ipv6Port(libc, key, network);
        try {
            port.option(SOL_SOCKET, Sockets.SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
            SocketOptions.wishReceiveBuffer(libc, port.fd, RECEIVE_BUFFER);
            port.configure();
            port.follow(addresses);
            port.discardQueued();
        } catch (NativeCallException e) {
            port.close();
            throw e;
        }
        return port;
    }

    /** Sets the options of the family. */
    abstract void configure();

    /** Joins the group on the interface, and leaves it where the interface was before. */
    abstract void join(IpAddress joined, int leftIndex);

    /** Sends from the address from now on; returns 0 or a negated errno. */
    abstract int sendFrom(IpAddress address);

    /** Takes what was read into the packet; returns the VRID or {@link #IGNORED}. */
    abstract int take(ReceivedPacket packet, int length, long arrivalNanos);

    abstract void putAddress(ByteBuffer out, IpAddress address);

    abstract int ttlLevel();

    abstract int ttlOption();

    /** The type of the control message that says the TTL of one message. */
    abstract int ttlControl();

    abstract int sendFlags();

    /** Follows the interface: to its new index if it was made anew, to its new address. */
    void follow(List<InterfaceAddress> addresses) {
        IpAddress before = source.address();
        boolean wasUsable = source.isUsable();
        source.take(addresses, network.index());
        boolean isAnew = network.isPresent() && network.attachments() != attachments;
        if (isAnew) {
            SocketOptions.set(
                    libc,
                    fd,
                    SOL_SOCKET,
                    Sockets.SO_BINDTODEVICE,
                    network.name(),
                    "SO_BINDTODEVICE");
            if (group != null) {
                join(group, attachedIndex);
            }
            attachedIndex = network.index();
            attachments = network.attachments();
        }
        boolean moved = !source.address().equals(before) || !wasUsable;
        if (source.isUsable() && (isAnew || moved || !sourceSet)) {
            int result = sendFrom(source.address());
            // Gone again since the kernel was asked for its addresses: it will tell.
            sourceSet = result == 0;
            if (!sourceSet && result != -Errno.EADDRNOTAVAIL) {
                throw Errno.failure(
                        -result, "Sending VRRP from " + source.address() + " on " + network.name());
            }
        }
    }

    @Override
    public final int fd() {
        return fd;
    }

    @Override
    public final IpAddress localAddress() {
        return source.address();
    }

    @Override
    public final boolean isAddressUsable() {
        return source.isUsable() && sourceSet;
    }

    @Override
    public final boolean hasAddress() {
        return source.isPresent();
    }

    @Override
    public final boolean isUp() {
        return network.isUp();
    }

    @Override
    public final int receive(ReceivedPacket packet) {
        return receive(fd, packet);
    }

    @Override
    public final void rehearse(ReceivedPacket packet) {
        try (PracticeSocket practice = new PracticeSocket(libc)) {
            Rehearsal.untilQuick(
                    () -> {
                        practice.say(MIN_DATAGRAM);
                        receive(practice.fd(), packet);
                    });
        }
    }

    private int receive(int from, ReceivedPacket packet) {
        int length = reader.read(from);
        long nowNanos = System.nanoTime();
        if (length < 0) {
            emptyNanos = nowNanos;
            return EMPTY;
        }
        return take(packet, length, reader.arrivalNanos(emptyNanos, nowNanos));
    }

    @Override
    public final ByteBuffer outgoing() {
        return message;
    }

    @Override
    public final int send(int length, IpAddress to, int ttl) {
        if (group == null && ttl != peerTtl) {
            ttlValue.bytes().putInt(0, ttl);
            int set = libc.setsockopt(fd, ttlLevel(), ttlOption(), ttlValue.address(), 4);
            if (set < 0) {
                sendFailures++;
                return set;
            }
            peerTtl = ttl;
        }
        putAddress(destination.bytes(), to);
        long sent =
                libc.sendto(
                        fd,
                        outgoing.address(),
                        length,
                        sendFlags(),
                        destination.address(),
                        addressSize);
        if (sent < 0) {
            sendFailures++;
            return (int) sent;
        }
        return 0;
    }

    @Override
    public final LaterSends laterSends() {
        return laterSends;
    }

    @Override
    public final long sendFailures() {
        return sendFailures;
    }

    @Override
    public final void close() {
        libc.close(fd);
        reader.close();
        destination.close();
        outgoing.close();
        ttlValue.close();
    }

    final void option(int level, int option, int value, String name) {
        SocketOptions.set(libc, fd, level, option, value, name);
    }

    /** Binds to the address; returns 0 or a negated errno. */
    final int bind(IpAddress address) {
        try (NativeBuffer name = new NativeBuffer(addressSize)) {
            putAddress(name.bytes(), address);
            return libc.bind(fd, name.address(), addressSize);
        }
    }

    private final class Later implements LaterSends {
        /** What is queued names the interface by its index. */
        @Override
        public int open() {
            return network.attachments();
        }

        @Override
        public boolean isCurrent(int opening) {
            return opening == network.attachments();
        }

        @Override
        public int fd() {
            return fd;
        }

        @Override
        public int flags() {
            return sendFlags();
        }

        @Override
        public int addressSize() {
            return addressSize;
        }

        @Override
        public int count(Destinations destinations) {
            return destinations.isUnicast() ? destinations.peers().size() : 1;
        }

        @Override
        public IpAddress destination(Destinations destinations, int index) {
            IpAddress to = group;
            return to == null ? destinations.peers().get(index).address() : to;
        }

        @Override
        public void putAddress(ByteBuffer out, Destinations destinations, int index) {
            RawPort.this.putAddress(out, destination(destinations, index));
        }

        /** To a group the TTL is the socket's, which all routers share; to peers it may differ. */
        @Override
        public int putControl(ByteBuffer out, Destinations destinations) {
            return group == null
                    ? Sockets.putIntControl(out, ttlLevel(), ttlControl(), destinations.ttl())
                    : 0;
        }

        @Override
        public void failed() {
            sendFailures++;
        }
    }

    /** What came before the socket was bound to its interface may be from another one. */
    private void discardQueued() {
        while (reader.read(fd) >= 0) {
            emptyNanos = System.nanoTime();
        }
    }
}

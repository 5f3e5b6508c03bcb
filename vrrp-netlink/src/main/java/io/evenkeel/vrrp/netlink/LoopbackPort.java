package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.SOCKADDR_IN_SIZE;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_CLOEXEC;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_DGRAM;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_NONBLOCK;
import static io.evenkeel.vrrp.netlink.Sockets.SOL_SOCKET;
import static io.evenkeel.vrrp.netlink.Sockets.SO_TIMESTAMPNS;

import io.evenkeel.vrrp.AdvertisementCodec;
import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.ReceivedPacket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A UDP socket that carries VRRP messages to a fixed list of peers. */
final class LoopbackPort implements VrrpPort {
    private static final int MIN_MESSAGE = 8;
    private static final int TTL = 255;

    private final Libc libc;
    private final LaterSends laterSends = new Later();
    private final int fd;
    private final IpAddress local;
    private final int[] peerIps;
    private final NativeBuffer[] peers;
    private final DatagramReader reader;
    private final NativeBuffer outgoing = new NativeBuffer(MAX_MESSAGE);
    private final ByteBuffer message = outgoing.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);
    private long emptyNanos = System.nanoTime();
    private long sendFailures;

    LoopbackPort(Libc libc, InetSocketAddress local, List<InetSocketAddress> peers) {
        this.libc = libc;
        this.local = IpAddress.ofIpv4(LoopbackNetwork.ipv4(local));
        fd =
                Errno.check(
                        libc.socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
                        "socket(AF_INET, SOCK_DGRAM)");
        try (NativeBuffer address = new NativeBuffer(SOCKADDR_IN_SIZE)) {
            SocketOptions.set(libc, fd, SOL_SOCKET, SO_TIMESTAMPNS, 1, "SO_TIMESTAMPNS");
            Sockets.putInternetAddress(
                    address.bytes(), LoopbackNetwork.ipv4(local), local.getPort());
            Errno.check(
                    libc.bind(fd, address.address(), SOCKADDR_IN_SIZE),
                    "bind(" + this.local + ":" + local.getPort() + ")");
        } catch (NativeCallException e) {
            libc.close(fd);
            throw e;
        }
        peerIps = new int[peers.size()];
        this.peers = new NativeBuffer[peers.size()];
        for (int i = 0; i < peers.size(); i++) {
            peerIps[i] = LoopbackNetwork.ipv4(peers.get(i));
            this.peers[i] = new NativeBuffer(SOCKADDR_IN_SIZE);
            Sockets.putInternetAddress(this.peers[i].bytes(), peerIps[i], peers.get(i).getPort());
        }
        reader = new DatagramReader(libc);
    }

    @Override
    public int fd() {
        return fd;
    }

    @Override
    public IpAddress localAddress() {
        return local;
    }

    @Override
    public boolean isAddressUsable() {
        return true;
    }

    @Override
    public boolean hasAddress() {
        return true;
    }

    @Override
    public boolean isUp() {
        return true;
    }

    @Override
    public int receive(ReceivedPacket packet) {
        int length = reader.read(fd);
        long nowNanos = System.nanoTime();
        if (length < 0) {
            emptyNanos = nowNanos;
            return EMPTY;
        }
        int source = reader.sourceAddress();
        packet.setIpv4(
                reader.data(),
                0,
                length,
                source,
                AdvertisementCodec.IPV4_GROUP.ipv4Bits(),
                TTL,
                reader.arrivalNanos(emptyNanos, nowNanos));
        if (length < MIN_MESSAGE || !isPeer(source)) {
            return IGNORED;
        }
        return reader.data().get(1) & 0xff;
    }

    @Override
    public ByteBuffer outgoing() {
        return message;
    }

    /** Sends to every peer; the group stands for them. */
    @Override
    public int send(int length, IpAddress destination, int ttl) {
        int failure = 0;
        for (NativeBuffer peer : peers) {
            long sent =
                    libc.sendto(
                            fd, outgoing.address(), length, 0, peer.address(), SOCKADDR_IN_SIZE);
            if (sent < 0) {
                sendFailures++;
                failure = (int) sent;
            }
        }
        return failure;
    }

    @Override
    public LaterSends laterSends() {
        return laterSends;
    }

    @Override
    public long sendFailures() {
        return sendFailures;
    }

    @Override
    public void close() {
        libc.close(fd);
        reader.close();
        outgoing.close();
        for (NativeBuffer peer : peers) {
            peer.close();
        }
    }

    private final class Later implements LaterSends {
        @Override
        public int fd() {
            return fd;
        }

        @Override
        public int flags() {
            return 0;
        }

        @Override
        public int addressSize() {
            return SOCKADDR_IN_SIZE;
        }

        @Override
        public int count(Destinations destinations) {
            return peers.length;
        }

        @Override
        public IpAddress destination(Destinations destinations, int index) {
            return AdvertisementCodec.IPV4_GROUP;
        }

        @Override
        public void putAddress(ByteBuffer out, Destinations destinations, int index) {
            for (int i = 0; i < SOCKADDR_IN_SIZE; i++) {
                out.put(i, peers[index].bytes().get(i));
            }
        }

        @Override
        public int putControl(ByteBuffer out, Destinations destinations) {
            return 0;
        }

        @Override
        public void failed() {
            sendFailures++;
        }
    }

    private boolean isPeer(int source) {
        for (int peer : peerIps) {
            if (peer == source) {
                return true;
            }
        }
        return false;
    }
}

package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Sockets.AF_PACKET;
import static io.evenkeel.vrrp.netlink.Sockets.ETH_P_ARP;
import static io.evenkeel.vrrp.netlink.Sockets.SOCKADDR_LL_SIZE;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_CLOEXEC;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_NONBLOCK;
import static io.evenkeel.vrrp.netlink.Sockets.SOCK_RAW;

import io.evenkeel.vrrp.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks on one interface who has an IPv4 address, as a host does before it uses one (RFC 5227, section 2.1.1). The question names no
 * sender, so that it changes nobody's table.
 */
final class ArpProbe implements AutoCloseable {
    private static final int ETHERNET_HEADER = 14;
    private static final int FRAME_SIZE = 60;
    private static final int BUFFER_SIZE = 256;
    private static final int SENDER_MAC = ETHERNET_HEADER + 8;
    private static final int SENDER_ADDRESS = ETHERNET_HEADER + 14;
    private static final int TARGET_ADDRESS = ETHERNET_HEADER + 24;

    /** Ethernet and IPv4, 6 and 4 bytes long (RFC 826). */
    private static final long KIND = 0x0001_0800_0604L;

    private static final int REQUEST = 1;
    private static final long BROADCAST = 0xffff_ffff_ffffL;

    private final Libc libc;
    private final Link link;
    private final int fd;
    private final NativeBuffer frame = new NativeBuffer(BUFFER_SIZE);
    private final NativeBuffer address = new NativeBuffer(SOCKADDR_LL_SIZE);
    private final ByteBuffer bytes = frame.bytes().duplicate().order(ByteOrder.BIG_ENDIAN);

    /**
     * @throws NativeCallException if the host does not allow it
     */
    ArpProbe(Libc libc, Link link) {
        this.libc = libc;
        this.link = link;
        fd =
                Errno.check(
                        libc.socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK | SOCK_CLOEXEC, 0),
                        "socket(AF_PACKET, SOCK_RAW)");
        Sockets.putLinkAddress(address.bytes(), ETH_P_ARP, link.index());
        int bound = libc.bind(fd, address.address(), SOCKADDR_LL_SIZE);
        if (bound < 0) {
            close();
            throw Errno.failure(-bound, "bind of a socket for ARP to " + link.name());
        }
    }

    /** Asks who has these addresses and waits for so long; whoever says so is added to the answers. */
    void ask(Set<IpAddress> wanted, long nanos, Map<IpAddress, Set<String>> answers) {
        for (IpAddress each : wanted) {
            encode(bytes, link.mac(), each);
            // A question that cannot be sent is one that nobody answers.
            libc.sendto(fd, frame.address(), FRAME_SIZE, 0, address.address(), SOCKADDR_LL_SIZE);
        }
        long end = System.nanoTime() + nanos;
        try (PollSet poll = new PollSet(libc, fd)) {
            for (long left = nanos; left > 0; left = end - System.nanoTime()) {
                poll.await(left);
                long length = libc.recv(fd, frame.address(), BUFFER_SIZE, 0);
                while (length >= 0) {
                    IpAddress who = sender(bytes, (int) length);
                    if (wanted.contains(who)) {
                        answers.computeIfAbsent(who, key -> new TreeSet<>()).add(mac(bytes));
                    }
                    length = libc.recv(fd, frame.address(), BUFFER_SIZE, 0);
                }
            }
        }
    }

    @Override
    public void close() {
        libc.close(fd);
        frame.close();
        address.close();
    }

    /** Writes the question, from the start of the buffer. */
    static void encode(ByteBuffer out, long mac, IpAddress wanted) {
        for (int i = 0; i < FRAME_SIZE; i++) {
            out.put(i, (byte) 0);
        }
        putMac(out, 0, BROADCAST);
        putMac(out, 6, mac);
        out.putShort(12, (short) ETH_P_ARP);
        putMac(out, ETHERNET_HEADER, KIND);
        out.putShort(ETHERNET_HEADER + 6, (short) REQUEST);
        putMac(out, SENDER_MAC, mac);
        out.putInt(TARGET_ADDRESS, wanted.ipv4Bits());
    }

    /** The address that the sender of this packet has; unspecified if it does not say. */
    static IpAddress sender(ByteBuffer in, int length) {
        boolean sound =
                length >= ETHERNET_HEADER + 28
                        && in.getInt(ETHERNET_HEADER) == (int) (KIND >>> 16)
                        && in.getShort(ETHERNET_HEADER + 4) == (short) KIND;
        return IpAddress.ofIpv4(sound ? in.getInt(SENDER_ADDRESS) : 0);
    }

    /** The hardware address that the sender of this packet gives itself, for people. */
    static String mac(ByteBuffer in) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            text.append(i == 0 ? "" : ":").append(String.format("%02x", in.get(SENDER_MAC + i)));
        }
        return text.toString();
    }

    private static void putMac(ByteBuffer out, int at, long value) {
        out.putShort(at, (short) (value >>> 32));
        out.putInt(at + 2, (int) value);
    }
}

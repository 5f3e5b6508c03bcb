package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Constants of the Linux socket API and the byte layout of its structures, as on 64-bit Linux. */
final class Sockets {
    static final int AF_UNIX = 1;
    static final int AF_INET = 2;
    static final int AF_INET6 = 10;
    static final int AF_NETLINK = 16;
    static final int AF_PACKET = 17;
    static final int SOCK_DGRAM = 2;
    static final int SOCK_RAW = 3;
    static final int SOCK_NONBLOCK = 0x800;
    static final int SOCK_CLOEXEC = 0x80000;
    static final int SOL_IP = 0;
    static final int SOL_SOCKET = 1;
    static final int SOL_IPV6 = 41;
    static final int SOL_NETLINK = 270;
    static final int NETLINK_CAP_ACK = 10;
    static final int NETLINK_EXT_ACK = 11;
    static final int SO_RCVBUF = 8;
    static final int SO_BINDTODEVICE = 25;
    static final int SO_RCVBUFFORCE = 33;
    static final int SO_TIMESTAMPNS = 35;
    static final int IP_TOS = 1;
    static final int IP_TTL = 2;
    static final int IP_MULTICAST_IF = 32;
    static final int IP_MULTICAST_TTL = 33;
    static final int IP_MULTICAST_LOOP = 34;
    static final int IP_ADD_MEMBERSHIP = 35;
    static final int IP_DROP_MEMBERSHIP = 36;
    static final int IP_MULTICAST_ALL = 49;
    static final int IPV6_UNICAST_HOPS = 16;
    static final int IPV6_MULTICAST_IF = 17;
    static final int IPV6_MULTICAST_HOPS = 18;
    static final int IPV6_MULTICAST_LOOP = 19;
    static final int IPV6_ADD_MEMBERSHIP = 20;
    static final int IPV6_DROP_MEMBERSHIP = 21;
    static final int IPV6_MULTICAST_ALL = 29;
    static final int IPV6_RECVPKTINFO = 49;
    static final int IPV6_PKTINFO = 50;
    static final int IPV6_RECVHOPLIMIT = 51;
    static final int IPV6_HOPLIMIT = 52;
    static final int IPV6_TCLASS = 67;
    static final int IPV6_FREEBIND = 78;
    static final int MSG_DONTROUTE = 0x4;
    static final int MSG_TRUNC = 0x20;
    static final int MSG_DONTWAIT = 0x40;
    static final int ETH_P_ARP = 0x0806;
    static final int ETH_P_IPV6 = 0x86dd;

    static final int SOCKADDR_IN_SIZE = 16;
    static final int SOCKADDR_IN6_SIZE = 28;
    static final int SOCKADDR_LL_SIZE = 20;
    static final int SOCKADDR_NL_SIZE = 12;
    static final int IP_MREQN_SIZE = 12;
    static final int IPV6_MREQ_SIZE = 20;

    /** Where the address is in {@code struct sockaddr_in6}. */
    static final int SIN6_ADDR = 8;

    private Sockets() {}

    /** Writes {@code struct sockaddr_in} at the start of the buffer. */
    static void putInternetAddress(ByteBuffer out, int ipv4, int port) {
        out.putShort(0, (short) AF_INET);
        putBigEndianShort(out, 2, port);
        putBigEndianInt(out, 4, ipv4);
        out.putLong(8, 0);
    }

    /** The IPv4 address of a {@code struct sockaddr_in}. */
    static int internetAddress(ByteBuffer in, int offset) {
        int bits = in.getInt(offset + 4);
        return in.order() == ByteOrder.BIG_ENDIAN ? bits : Integer.reverseBytes(bits);
    }

    /** The port of a {@code struct sockaddr_in}. */
    static int internetPort(ByteBuffer in, int offset) {
        return (in.get(offset + 2) & 0xff) << 8 | in.get(offset + 3) & 0xff;
    }

    /**
     * Writes {@code struct sockaddr_in6} at the start of the buffer, port 0.
     *
     * @param scope the interface of a link-local address, 0 for any other
     */
    static void putInternet6Address(ByteBuffer out, IpAddress address, int scope) {
        out.putShort(0, (short) AF_INET6);
        out.putShort(2, (short) 0);
        out.putInt(4, 0);
        putBigEndianLong(out, SIN6_ADDR, address.high());
        putBigEndianLong(out, SIN6_ADDR + 8, address.low());
        out.putInt(24, scope);
    }

    /** Writes {@code struct ipv6_mreq}: a group on the interface with this index. */
    static void putMulticast6Request(ByteBuffer out, IpAddress group, int interfaceIndex) {
        putBigEndianLong(out, 0, group.high());
        putBigEndianLong(out, 8, group.low());
        out.putInt(16, interfaceIndex);
    }

    /** Writes {@code struct sockaddr_ll} for a frame that carries its own Ethernet header. */
    static void putLinkAddress(ByteBuffer out, int protocol, int interfaceIndex) {
        out.putShort(0, (short) AF_PACKET);
        putBigEndianShort(out, 2, protocol);
        out.putInt(4, interfaceIndex);
        out.putLong(8, 0);
        out.putInt(16, 0);
        // The length of the hardware address; the frame says which.
        out.put(11, (byte) 6);
    }

    /** Writes {@code struct sockaddr_nl}; port 0 is the kernel. */
    static void putNetlinkAddress(ByteBuffer out, int groups) {
        out.putShort(0, (short) AF_NETLINK);
        out.putShort(2, (short) 0);
        out.putInt(4, 0);
        out.putInt(8, groups);
    }

    /** Writes {@code struct ip_mreqn}: a group and a local address (0 for none) on the interface with this index. */
    static void putMulticastRequest(
            ByteBuffer out, int group, int localAddress, int interfaceIndex) {
        putBigEndianInt(out, 0, group);
        putBigEndianInt(out, 4, localAddress);
        out.putInt(8, interfaceIndex);
    }

    /** Writes a {@code struct cmsghdr} with a number; returns the bytes it takes, with what follows it up to the next one. */
    static int putIntControl(ByteBuffer out, int level, int type, int value) {
        out.putLong(0, 20);
        out.putInt(8, level);
        out.putInt(12, type);
        out.putInt(16, value);
        return 24;
    }

    private static void putBigEndianLong(ByteBuffer out, int offset, long value) {
        putBigEndianInt(out, offset, (int) (value >>> 32));
        putBigEndianInt(out, offset + 4, (int) value);
    }

    private static void putBigEndianShort(ByteBuffer out, int offset, int value) {
        out.put(offset, (byte) (value >> 8));
        out.put(offset + 1, (byte) value);
    }

    private static void putBigEndianInt(ByteBuffer out, int offset, int value) {
        putBigEndianShort(out, offset, value >>> 16);
        putBigEndianShort(out, offset + 2, value);
    }
}

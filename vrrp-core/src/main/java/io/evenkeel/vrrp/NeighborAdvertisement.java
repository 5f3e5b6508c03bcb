package io.evenkeel.vrrp;

import java.nio.ByteBuffer;

/**
 * The frame that tells the neighbours where an IPv6 address is: an unsolicited neighbour advertisement
 * to all nodes (RFC 4861, section 4.4; RFC 9568, section 6.4.2).
 */
public final class NeighborAdvertisement {

    /** Bytes of the frame, Ethernet header included, without the check sequence. */
    public static final int FRAME_LENGTH = 86;

    private static final int ICMP_LENGTH = 32;
    private static final int ICMP_V6 = 58;
    private static final int TYPE = 136;
    private static final int ROUTER = 0x8000_0000;
    private static final int OVERRIDE = 0x2000_0000;
    private static final int TARGET_LINK_LAYER_ADDRESS = 2;

    /** 33:33:00:00:00:01, the multicast address of all nodes. */
    private static final long ALL_NODES_MAC = 0x3333_0000_0001L;

    /** ff02::1. */
    private static final long ALL_NODES_HIGH = 0xff02L << 48;

    private static final long ALL_NODES_LOW = 1;

    private NeighborAdvertisement() {}

    /**
     * Writes the frame at the buffer's position and moves the position behind it. The Override flag is
     * set, the Solicited flag is not.
     *
     * @param address the IPv6 address to announce: source of the packet and target
     * @param mac the hardware address that has it, in the lower 48 bits: source of the frame too
     * @param router whether the Router flag is set, which says that this host forwards packets
     * @param out big endian, with {@value #FRAME_LENGTH} bytes remaining
     * @return {@value #FRAME_LENGTH}
     * @throws IllegalArgumentException if the address is IPv4
     * @throws java.nio.BufferOverflowException if there is not enough room
     */
    public static int encode(IpAddress address, long mac, boolean router, ByteBuffer out) {
        if (address.isIpv4()) {
            throw new IllegalArgumentException(
                    address + " is an IPv4 address; announce it with GratuitousArp.");
        }
        putMac(out, ALL_NODES_MAC);
        putMac(out, mac);
        out.putShort((short) 0x86dd);
        out.putInt(6 << 28);
        out.putShort((short) ICMP_LENGTH).put((byte) ICMP_V6).put((byte) 255);
        out.putLong(address.high()).putLong(address.low());
        out.putLong(ALL_NODES_HIGH).putLong(ALL_NODES_LOW);
        int icmp = out.position();
        out.put((byte) TYPE).put((byte) 0).putShort((short) 0);
        out.putInt(OVERRIDE | (router ? ROUTER : 0));
        out.putLong(address.high()).putLong(address.low());
        out.put((byte) TARGET_LINK_LAYER_ADDRESS).put((byte) 1);
        putMac(out, mac);
        long sum =
                Checksum.sum(out, icmp, ICMP_LENGTH)
                        + Checksum.pseudoHeader(
                                ICMP_V6,
                                address.high(),
                                address.low(),
                                ALL_NODES_HIGH,
                                ALL_NODES_LOW,
                                ICMP_LENGTH);
        out.putShort(icmp + 2, (short) Checksum.complement(sum));
        return FRAME_LENGTH;
    }

    private static void putMac(ByteBuffer out, long mac) {
        out.putShort((short) (mac >>> 32));
        out.putInt((int) mac);
    }
}

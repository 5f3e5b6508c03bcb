package io.evenkeel.vrrp;

import java.nio.ByteBuffer;

/**
 * The frame that tells the neighbours where an IPv4 address is: an ARP request for the address by the
 * address itself (RFC 5227, section 3; RFC 9568, section 6.4.2).
 */
public final class GratuitousArp {

    /** Bytes of the frame, Ethernet header included, without padding and check sequence. */
    public static final int FRAME_LENGTH = 42;

    private static final long BROADCAST = 0xffff_ffff_ffffL;

    private GratuitousArp() {}

    /**
     * Writes the frame at the buffer's position and moves the position behind it.
     *
     * @param address the IPv4 address to announce: sender and target of the request
     * @param mac the hardware address that has it, in the lower 48 bits: source of the frame too
     * @param out big endian, with {@value #FRAME_LENGTH} bytes remaining
     * @return {@value #FRAME_LENGTH}
     * @throws IllegalStateException if the address is IPv6
     * @throws java.nio.BufferOverflowException if there is not enough room
     */
    public static int encode(IpAddress address, long mac, ByteBuffer out) {
        int ip = address.ipv4Bits();
        putMac(out, BROADCAST);
        putMac(out, mac);
        out.putShort((short) 0x0806);
        out.putShort((short) 1);
        out.putShort((short) 0x0800);
        out.put((byte) 6);
        out.put((byte) 4);
        out.putShort((short) 1);
        putMac(out, mac);
        out.putInt(ip);
        // As keepalived does; receivers of a request do not look at its target hardware address.
        putMac(out, BROADCAST);
        out.putInt(ip);
        return FRAME_LENGTH;
    }

    private static void putMac(ByteBuffer out, long mac) {
        out.putShort((short) (mac >>> 32));
        out.putInt((int) mac);
    }
}

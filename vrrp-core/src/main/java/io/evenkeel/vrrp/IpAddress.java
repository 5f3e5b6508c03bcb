package io.evenkeel.vrrp;

/**
 * An IPv4 or IPv6 address as a value.
 *
 * <p>There is no host name, no zone and no look-up: {@link #parse} takes literals only. The order of
 * {@link #compareTo} is the one that decides between routers of equal priority: unsigned, in network
 * byte order (RFC 9568, section 6.4.3). IPv4 sorts before IPv6.
 */
public final class IpAddress implements Comparable<IpAddress> {

    private final boolean ipv4;
    private final long high;
    private final long low;

    private IpAddress(boolean ipv4, long high, long low) {
        this.ipv4 = ipv4;
        this.high = high;
        this.low = low;
    }

    /**
     * Reads an address literal: dotted decimal for IPv4, RFC 4291 text for IPv6 (no zone, no brackets).
     *
     * @throws IllegalArgumentException if the text is no address; the message says so in a sentence
     */
    public static IpAddress parse(String text) {
        return IpAddressText.parse(text);
    }

    /** The IPv4 address whose first octet is the most significant byte of {@code bits}. */
    public static IpAddress ofIpv4(int bits) {
        return new IpAddress(true, 0, bits & 0xffff_ffffL);
    }

    /** The IPv6 address made of the first eight bytes and the last eight bytes. */
    public static IpAddress ofIpv6(long high, long low) {
        return new IpAddress(false, high, low);
    }

    public boolean isIpv4() {
        return ipv4;
    }

    /**
     * The four octets, the first in the most significant byte.
     *
     * @throws IllegalStateException if this is an IPv6 address
     */
    public int ipv4Bits() {
        if (!ipv4) {
            throw new IllegalStateException(this + " is an IPv6 address and has no IPv4 bits.");
        }
        return (int) low;
    }

    /** The first eight bytes of an IPv6 address; 0 for IPv4. */
    public long high() {
        return high;
    }

    /** The last eight bytes of an IPv6 address; the four octets, unsigned, for IPv4. */
    public long low() {
        return low;
    }

    /** The address in network byte order: 4 or 16 bytes, a new array each time. */
    public byte[] toBytes() {
        byte[] bytes = new byte[ipv4 ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            long half = fromEnd >= 8 ? high : low;
            bytes[i] = (byte) (half >>> (8 * (fromEnd % 8)));
        }
        return bytes;
    }

    /** Whether this is a multicast address: 224.0.0.0/4 or ff00::/8. */
    public boolean isMulticast() {
        return ipv4 ? low >>> 28 == 0xe : high >>> 56 == 0xff;
    }

    /** Whether this is of fe80::/10 or 169.254.0.0/16. */
    public boolean isLinkLocal() {
        return ipv4 ? low >>> 16 == 0xa9fe : high >>> 54 == 0xfe80 >>> 6;
    }

    /** Whether this is 0.0.0.0 or ::. */
    public boolean isUnspecified() {
        return high == 0 && low == 0;
    }

    @Override
    public int compareTo(IpAddress other) {
        if (ipv4 != other.ipv4) {
            return ipv4 ? -1 : 1;
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address
                && ipv4 == address.ipv4
                && high == address.high
                && low == address.low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low) * 2 + (ipv4 ? 1 : 0);
    }

    /** Dotted decimal, or the canonical IPv6 text of RFC 5952. */
    @Override
    public String toString() {
        return IpAddressText.format(this);
    }
}

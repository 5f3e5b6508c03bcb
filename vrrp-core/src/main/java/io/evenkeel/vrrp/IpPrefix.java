package io.evenkeel.vrrp;

import java.util.Objects;

/**
 * The addresses that share their first bits, such as {@code 192.0.2.0/24}.
 *
 * @param address the first of them: the bits behind the prefix are zero
 * @param length the number of bits that they share, 0..32 for IPv4 and 0..128 for IPv6
 */
public record IpPrefix(IpAddress address, int length) {

    /** All IPv4 addresses: {@code 0.0.0.0/0}. */
    public static final IpPrefix ALL_IPV4 = new IpPrefix(IpAddress.ofIpv4(0), 0);

    /** All IPv6 addresses: {@code ::/0}. */
    public static final IpPrefix ALL_IPV6 = new IpPrefix(IpAddress.ofIpv6(0, 0), 0);

    /**
     * @throws IllegalArgumentException if the length is out of range or the address has bits behind the prefix; the
     *     message says what would be right
     */
    public IpPrefix {
        Objects.requireNonNull(address, "address");
        requireLength(address, length);
        IpAddress first = first(address, length);
        if (!first.equals(address)) {
            throw new IllegalArgumentException(
                    "The address of "
                            + address
                            + "/"
                            + length
                            + " has bits behind its prefix; write "
                            + first
                            + "/"
                            + length
                            + ", or "
                            + address
                            + " for this address alone.");
        }
    }

    /** This address alone. */
    public static IpPrefix of(IpAddress address) {
        return new IpPrefix(address, bits(address));
    }

    /**
     * The prefix that holds the address.
     *
     * @throws IllegalArgumentException if the length is out of range
     */
    public static IpPrefix around(IpAddress address, int length) {
        requireLength(address, length);
        return new IpPrefix(first(address, length), length);
    }

    /** All addresses of the family. */
    public static IpPrefix all(boolean ipv4) {
        return ipv4 ? ALL_IPV4 : ALL_IPV6;
    }

    public boolean isIpv4() {
        return address.isIpv4();
    }

    /** Whether these are all addresses of the family. */
    public boolean isAll() {
        return length == 0;
    }

    /** {@code 192.0.2.0/24}, {@code 192.0.2.1} for a single address, {@code default} for all. */
    @Override
    public String toString() {
        if (isAll()) {
            return "default";
        }
        return length == bits(address) ? address.toString() : address + "/" + length;
    }

    private static int bits(IpAddress address) {
        return address.isIpv4() ? 32 : 128;
    }

    private static void requireLength(IpAddress address, int length) {
        if (length < 0 || length > bits(address)) {
            throw new IllegalArgumentException(
                    "The prefix length of "
                            + address
                            + " is "
                            + length
                            + "; it must be 0.."
                            + bits(address)
                            + ".");
        }
    }

    private static IpAddress first(IpAddress address, int length) {
        if (address.isIpv4()) {
            return IpAddress.ofIpv4((int) (address.low() & mask(length + 32)));
        }
        return IpAddress.ofIpv6(
                address.high() & mask(Math.min(length, 64)),
                address.low() & mask(Math.max(length - 64, 0)));
    }

    /** The first bits of 64. */
    private static long mask(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }
}

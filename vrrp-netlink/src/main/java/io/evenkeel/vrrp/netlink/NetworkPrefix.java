package io.evenkeel.vrrp.netlink;

import io.evenkeel.vrrp.IpAddress;

/**
 * A network: the addresses that begin with the same bits.
 *
 * @param address one of them
 * @param length how many bits
 */
record NetworkPrefix(IpAddress address, int length) {
    static NetworkPrefix of(InterfaceAddress address) {
        return new NetworkPrefix(address.local(), address.prefixLength());
    }

    boolean contains(IpAddress other) {
        if (other.isIpv4() != address.isIpv4()) {
            return false;
        }
        if (address.isIpv4()) {
            return length == 0 || (address.ipv4Bits() ^ other.ipv4Bits()) >>> 32 - length == 0;
        }
        long high = address.high() ^ other.high();
        long low = address.low() ^ other.low();
        if (length <= 64) {
            return length == 0 || high >>> 64 - length == 0;
        }
        return high == 0 && low >>> 128 - length == 0;
    }

    /** Whether an address can be in both. */
    boolean overlaps(NetworkPrefix other) {
        return length <= other.length ? contains(other.address) : other.contains(address);
    }
}

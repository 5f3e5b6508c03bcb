package io.evenkeel.vrrp;

/**
 * A router that is spoken to by unicast, where the network carries no multicast.
 *
 * @param address its address
 * @param minTtl the lowest TTL or hop limit that is taken from it, 0..255; 255 keeps out whatever
 *     crossed a router, and is for peers on the same LAN
 * @param maxTtl the highest one, {@code minTtl}..255
 */
public record UnicastPeer(IpAddress address, int minTtl, int maxTtl) {

    /**
     * @throws IllegalArgumentException if the address is multicast or unspecified, or the limits are
     *     out of range
     */
    public UnicastPeer {
        if (address.isMulticast() || address.isUnspecified()) {
            throw new IllegalArgumentException(
                    address + " cannot be a unicast peer: it is multicast or unspecified.");
        }
        if (minTtl < 0 || maxTtl > 255 || minTtl > maxTtl) {
            throw new IllegalArgumentException(
                    "The TTL of peer "
                            + address
                            + " is limited to "
                            + minTtl
                            + ".."
                            + maxTtl
                            + "; it must be a range within 0..255.");
        }
    }

    /** A peer whose packets may have crossed routers: any TTL is taken. */
    public static UnicastPeer of(IpAddress address) {
        return new UnicastPeer(address, 0, 255);
    }
}

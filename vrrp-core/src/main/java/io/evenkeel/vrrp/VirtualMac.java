package io.evenkeel.vrrp;

import java.util.Objects;

/**
 * The interface with the virtual router's MAC address (RFC 9568, section 7.3), which holds the virtual addresses while the router is
 * Active. Neighbours then know the addresses by a MAC address that stays the same whoever is Active.
 *
 * @param interfaceName what the interface is called, at most 15 characters; it is made for the router and removed with it
 * @param sendsFromParent whether the advertisements leave by the router's own interface with that one's MAC address; they must if
 *     they go to unicast peers
 */
public record VirtualMac(String interfaceName, boolean sendsFromParent) {

    private static final long IPV4_PREFIX = 0x00_00_5e_00_01_00L;
    private static final long IPV6_PREFIX = 0x00_00_5e_00_02_00L;

    public VirtualMac {
        Objects.requireNonNull(interfaceName, "interfaceName");
    }

    /** An interface of that name, by which the advertisements leave. */
    public static VirtualMac on(String interfaceName) {
        return new VirtualMac(interfaceName, false);
    }

    /** This interface, with advertisements that leave by the router's own. */
    public VirtualMac sendingFromParent() {
        return new VirtualMac(interfaceName, true);
    }

    /**
     * The virtual router's MAC address, 00-00-5E-00-01-{VRID} for IPv4 and 00-00-5E-00-02-{VRID} for IPv6, in the lower 48 bits.
     *
     * @param virtualRouterId 1..255
     */
    public static long address(int virtualRouterId, boolean ipv4) {
        return (ipv4 ? IPV4_PREFIX : IPV6_PREFIX) | virtualRouterId;
    }
}

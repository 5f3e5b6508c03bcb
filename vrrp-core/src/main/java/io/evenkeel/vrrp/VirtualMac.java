package io.evenkeel.vrrp;

/**
 * The interface with the virtual router's MAC address (RFC 9568, section 7.3), which holds the virtual addresses.
 *
 * @param interfaceName what the interface is called
 * @param sendsFromParent whether the advertisements leave by the parent interface with its own MAC address
 */
public record VirtualMac(String interfaceName, boolean sendsFromParent) {}

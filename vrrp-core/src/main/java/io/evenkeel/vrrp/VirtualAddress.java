package io.evenkeel.vrrp;

import org.jspecify.annotations.Nullable;

/**
 * An address that moves with a virtual router, and how it is put on the interface.
 *
 * @param address the address
 * @param prefixLength bits of the prefix, 1..32 for IPv4 and 1..128 for IPv6
 * @param device the interface that carries it, or null for the router's own
 * @param label the label that {@code ip address} shows for it, at most 15 characters, or null
 * @param broadcast the IPv4 broadcast address, or null
 * @param options how else it is put there
 */
public record VirtualAddress(
        IpAddress address,
        int prefixLength,
        @Nullable String device,
        @Nullable String label,
        @Nullable IpAddress broadcast,
        AddressOptions options) {

    /**
     * @throws IllegalArgumentException if a value is out of range; the message says which and why
     */
    public VirtualAddress {
        int bits = address.isIpv4() ? 32 : 128;
        if (prefixLength < 1 || prefixLength > bits) {
            throw new IllegalArgumentException(
                    "The prefix length of "
                            + address
                            + " is "
                            + prefixLength
                            + "; it must be 1.."
                            + bits
                            + ".");
        }
        if (address.isMulticast() || address.isUnspecified()) {
            throw new IllegalArgumentException(
                    address + " cannot be a virtual address: it is multicast or unspecified.");
        }
        if (device != null) {
            InterfaceNames.require(device);
        }
        if (label != null && (label.isBlank() || label.length() > InterfaceNames.MAX_LENGTH)) {
            throw new IllegalArgumentException(
                    "The label '" + label + "' of " + address + " must have 1..15 characters.");
        }
        if (broadcast != null && !(address.isIpv4() && broadcast.isIpv4())) {
            throw new IllegalArgumentException(
                    "The broadcast address "
                            + broadcast
                            + " of "
                            + address
                            + ": both must be IPv4.");
        }
        IpAddress peer = options.peer();
        if (peer != null && peer.isIpv4() != address.isIpv4()) {
            throw new IllegalArgumentException(
                    "The peer " + peer + " of " + address + ": both must be of one family.");
        }
    }

    /** The address with {@link AddressOptions#DEFAULT}. */
    public VirtualAddress(
            IpAddress address,
            int prefixLength,
            @Nullable String device,
            @Nullable String label,
            @Nullable IpAddress broadcast) {
        this(address, prefixLength, device, label, broadcast, AddressOptions.DEFAULT);
    }

    /** The address alone: /32 or /128 on the router's own interface. */
    public static VirtualAddress of(IpAddress address) {
        return of(address, address.isIpv4() ? 32 : 128);
    }

    /** The address with a prefix length, on the router's own interface. */
    public static VirtualAddress of(IpAddress address, int prefixLength) {
        return new VirtualAddress(address, prefixLength, null, null, null);
    }

    /** The same address on that interface. */
    public VirtualAddress withDevice(String other) {
        return new VirtualAddress(address, prefixLength, other, label, broadcast, options);
    }

    /** The same address with those options. */
    public VirtualAddress withOptions(AddressOptions other) {
        return new VirtualAddress(address, prefixLength, device, label, broadcast, other);
    }

    /** {@code 192.0.2.10/24}, with the device when one is set. */
    @Override
    public String toString() {
        return address + "/" + prefixLength + (device == null ? "" : " dev " + device);
    }
}

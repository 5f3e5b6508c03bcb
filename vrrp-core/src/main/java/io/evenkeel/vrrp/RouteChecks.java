package io.evenkeel.vrrp;

import org.jspecify.annotations.Nullable;

/** What can be wrong with routes and rules. */
final class RouteChecks {

    static final long MAX_UNSIGNED = 0xffff_ffffL;

    private RouteChecks() {}

    static void table(int table) {
        if (table < 1) {
            throw new IllegalArgumentException(
                    "The table is "
                            + table
                            + "; it must be 1..2147483647, and 254 is the main one.");
        }
    }

    static void range(String what, long value, long most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(
                    "The " + what + " is " + value + "; it must be 0.." + most + ".");
        }
    }

    /** An address that a route names must be one of a host, and of the destination's family. */
    static void unicast(String what, @Nullable IpAddress address, IpPrefix destination) {
        if (address == null) {
            return;
        }
        boolean host = !address.isMulticast() && !address.isUnspecified();
        if (!host || address.isIpv4() != destination.isIpv4()) {
            throw new IllegalArgumentException(
                    "The "
                            + what
                            + " of the route to "
                            + destination
                            + " is "
                            + address
                            + "; it must be the "
                            + (destination.isIpv4() ? "IPv4" : "IPv6")
                            + " address of a host.");
        }
    }

    /** How packets leave the host. */
    static void way(
            IpPrefix destination,
            @Nullable IpAddress gateway,
            @Nullable String device,
            boolean onlink) {
        if (gateway == null && device == null) {
            throw new IllegalArgumentException(
                    "The route to "
                            + destination
                            + " leads nowhere; give it a gateway, a device or both.");
        }
        if (onlink && (gateway == null || device == null)) {
            throw new IllegalArgumentException(
                    "The route to "
                            + destination
                            + " is onlink; it needs a gateway and the device that the gateway is on.");
        }
        if (gateway != null && !gateway.isIpv4() && gateway.isLinkLocal() && device == null) {
            throw new IllegalArgumentException(
                    "The gateway of the route to "
                            + destination
                            + " is "
                            + gateway
                            + ", which is link-local; give the route the device that the gateway is on.");
        }
    }
}

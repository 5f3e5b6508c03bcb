package io.evenkeel.vrrp;

/** The protocol version that a virtual router speaks. A router speaks exactly one. */
public enum VrrpVersion {
    /** RFC 3768: IPv4 only, whole-second intervals that are never learned. */
    V2,
    /** RFC 9568 and RFC 5798: IPv4 and IPv6, intervals of 10 ms to 40.95 s that a Backup learns. */
    V3
}

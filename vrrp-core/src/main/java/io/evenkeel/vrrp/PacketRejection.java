package io.evenkeel.vrrp;

/**
 * Why a received packet was dropped: the rungs of the ladder that it has to climb, in their order (RFC
 * 9568, section 7.1; RFC 3768, section 7.1). A packet is dropped at the first rung that it misses.
 */
public enum PacketRejection {
    /** The IPv4 header is cut off or is none, or the protocol is not 112. */
    IP_HEADER,
    /** The IPv4 header promises more bytes than arrived. */
    IP_LENGTH,
    /** Fewer than eight bytes: too short to have a header. */
    HEADER_LENGTH,
    /** Another virtual router's. Usual on a LAN with several; counted and never reported. */
    VIRTUAL_ROUTER_ID,
    /** This router's own, looped back. Counted and never reported. */
    OWN,
    /** The TTL is not 255, so that the packet may have crossed a router. */
    TTL,
    /** The version is not the configured one. */
    VERSION,
    /** The type is not 1, ADVERTISEMENT. */
    TYPE,
    /** The count of addresses is zero (RFC 9568, erratum 8299). */
    ADDRESS_COUNT,
    /** The length is not what the count of addresses asks for. */
    LENGTH,
    /** The checksum is wrong; for version 3 over IPv4, in both of its forms. */
    CHECKSUM,
    /** Version 2: the authentication type is not the configured one. */
    AUTHENTICATION_TYPE,
    /** Version 2: the password is not the configured one. */
    PASSWORD,
    /** Version 3: the interval is zero (erratum 8301). Version 2: it is not the configured one. */
    INTERVAL,
    /** Version 2, strict: other addresses, from a router that does not own them. */
    ADDRESSES
}

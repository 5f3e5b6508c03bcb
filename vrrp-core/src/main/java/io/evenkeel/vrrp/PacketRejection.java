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
    /** It was sent to this host or to another group, and the way is a group; or the other way round. */
    DESTINATION,
    /** The sender is none of the configured peers, and only they are taken. */
    UNKNOWN_PEER,
    /** The TTL or hop limit is not 255, or for a unicast peer not within its limits. */
    TTL,
    /** The version is not the configured one. */
    VERSION,
    /** The type is not 1, ADVERTISEMENT. */
    TYPE,
    /** The count of addresses is zero (RFC 9568, erratum 8299). */
    ADDRESS_COUNT,
    /** The length is not what the count of addresses asks for, with a trailer where one may be. */
    LENGTH,
    /** The checksum is wrong; for version 3 over IPv4, in both of its forms. */
    CHECKSUM,
    /** There is no signed trailer, and one is demanded. */
    HMAC_MISSING,
    /** The signed trailer is of another scheme than HMAC-SHA256. */
    HMAC_FORMAT,
    /** The signed trailer's time differs from the clock by more than the window. */
    HMAC_TIME,
    /** The trailer is signed with a key that this router does not have. */
    HMAC_KEY,
    /** The signature is wrong: another secret under the same id, or a forgery. */
    HMAC,
    /** The sequence number was seen before or is older than one that was. */
    HMAC_REPLAY,
    /** Version 2: the authentication type is not the configured one. */
    AUTHENTICATION_TYPE,
    /** Version 2: the password is not the configured one. */
    PASSWORD,
    /** Version 3: the interval is zero (erratum 8301). Version 2: it is not the configured one. */
    INTERVAL,
    /** IPv6: the first address is not link-local (erratum 8300). */
    FIRST_ADDRESS,
    /** Version 2, strict: other addresses, from a router that does not own them. */
    ADDRESSES;

    /** Whether such a packet named this router's VRID. */
    boolean isFromThisRoutersVrid() {
        return compareTo(OWN) > 0;
    }
}

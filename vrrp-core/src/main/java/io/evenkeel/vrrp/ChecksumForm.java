package io.evenkeel.vrrp;

/** What the checksum of a received advertisement was found to cover. */
public enum ChecksumForm {
    /** The message alone: version 2, and version 3 by RFC 9568, section 5.2.8. */
    MESSAGE_ONLY,
    /** The message and a pseudo-header: version 3 over IPv4 by RFC 5798, and always over IPv6. */
    PSEUDO_HEADER,
    /**
     * As {@link #PSEUDO_HEADER}, but the destination in it is the multicast group although the packet
     * was sent to one peer: keepalived up to 1.3.6.
     */
    OLD_UNICAST
}

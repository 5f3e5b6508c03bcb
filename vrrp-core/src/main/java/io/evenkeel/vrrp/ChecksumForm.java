package io.evenkeel.vrrp;

/**
 * What the checksum of an advertisement covers. For version 3 over IPv4 the RFCs disagree, and so do
 * the implementations: both forms are understood.
 */
public enum ChecksumForm {
    /** The message and a pseudo-header with the addresses: RFC 5798, keepalived, FRR. */
    PSEUDO_HEADER,
    /** The message alone: version 2, and RFC 9568, section 5.2.8, for IPv4. */
    MESSAGE_ONLY
}

package io.evenkeel.vrrp;

/**
 * Which checksum the version 3 advertisements carry that this router sends over IPv4. RFC 5798 was
 * read both ways and RFC 9568, section 5.2.8, settled for the message alone; keepalived, FRR and most
 * others still include a pseudo-header. Every form is understood when it is received.
 */
public enum ChecksumMode {
    /** With a pseudo-header until a peer is heard that uses another form, then that peer's. */
    AUTO,
    /** Over pseudo-header and message, as keepalived and FRR do. */
    PSEUDO_HEADER,
    /** Over the message alone, as RFC 9568 says; keepalived calls it {@code v3_checksum_as_v2}. */
    MESSAGE_ONLY
}

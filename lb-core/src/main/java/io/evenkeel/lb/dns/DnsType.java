package io.evenkeel.lb.dns;

/** What is asked about a name. */
public enum DnsType {
    /** Its addresses of IPv4. */
    A,
    /** Its addresses of IPv6. */
    AAAA,
    /** Its targets, which is for services (RFC 2782). */
    SRV
}

package io.evenkeel.vrrp;

/** What a virtual router is doing (RFC 9568, section 6.4). */
public enum VrrpState {
    /** Not started, or stopped: hears nothing, sends nothing, owns nothing. */
    INITIALIZE,
    /** Listens, and takes over when the Active falls silent. */
    BACKUP,
    /** Owns the addresses and advertises. keepalived and the older RFCs call it MASTER. */
    ACTIVE,
    /** Started, but its interface is down or a fatal tracker failed: owns nothing until that ends. */
    FAULT
}

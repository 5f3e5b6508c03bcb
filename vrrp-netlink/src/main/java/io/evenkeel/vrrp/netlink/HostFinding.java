package io.evenkeel.vrrp.netlink;

/**
 * One thing that was looked at on this host or LAN.
 *
 * @param severity how bad it is
 * @param subject what was looked at, in a few words, such as {@code interface eth0}
 * @param sentence what was found, what it does to virtual routers here, and what to do about it
 */
public record HostFinding(Severity severity, String subject, String sentence) {
    /** How bad a finding is, from best to worst. */
    public enum Severity {
        /** It was looked at and is right. */
        OK,
        /** Good to know, or something that could not be looked at. */
        NOTE,
        /** A virtual router starts, and something will bite it or its peers. */
        WARNING,
        /** A virtual router does not start. */
        ERROR
    }
}

package io.evenkeel.vrrp.netlink;

/** Numbers of the settings below {@code net.ipv4.conf}, as in {@code linux/ip.h}. */
final class Ipv4Settings {
    static final int FORWARDING = 1;
    static final int RP_FILTER = 8;
    static final int ARP_ANNOUNCE = 18;
    static final int ARP_IGNORE = 19;
    static final int PROMOTE_SECONDARIES = 20;

    /** {@code rp_filter}: a packet is taken if its source can be reached by any interface. */
    static final int RP_FILTER_LOOSE = 2;

    /** {@code arp_ignore}: only addresses of the interface on which the request came are answered for. */
    static final int ARP_IGNORE_OTHERS = 1;

    /** {@code arp_announce}: who asks names an address of the interface by which he asks. */
    static final int ARP_ANNOUNCE_BEST = 2;

    private Ipv4Settings() {}

    /** Whether no request is answered for an address of another interface: with 1, 2 and 8. */
    static boolean ignoresOthers(int arpIgnore) {
        return arpIgnore == ARP_IGNORE_OTHERS || arpIgnore == 2 || arpIgnore == 8;
    }
}

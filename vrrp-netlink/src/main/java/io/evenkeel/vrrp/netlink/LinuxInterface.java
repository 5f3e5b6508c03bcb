package io.evenkeel.vrrp.netlink;

/** What is known of one interface of the host now. Changed by the monitor, on the VRRP thread. */
final class LinuxInterface {
    private final String name;
    private int index;
    private long mac;
    private boolean up;
    private boolean forwarding;

    LinuxInterface(Link link) {
        name = link.name();
        take(link);
    }

    String name() {
        return name;
    }

    int index() {
        return index;
    }

    /** The hardware address in the lower 48 bits, 0 if it has none. */
    long mac() {
        return mac;
    }

    boolean isUp() {
        return up;
    }

    /** Whether the host is an IPv6 router on this interface, which its neighbour advertisements say. */
    boolean isForwarding() {
        return forwarding;
    }

    void take(Link link) {
        index = link.index();
        mac = link.mac();
        up = link.isUp();
        forwarding = link.forwarding();
    }

    void takeGone() {
        up = false;
    }
}

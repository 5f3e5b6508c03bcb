package io.evenkeel.vrrp.netlink;

/** What is known of one interface of the host now. Changed by the monitor, on the VRRP thread. */
final class LinuxInterface {
    private final String name;
    private int index;
    private long mac;
    private boolean up;
    private boolean forwarding;
    private int attachments;
    private boolean present;

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

    /**
     * Changes whenever the interface may be another one than before, or may have lost what was set on it: a deleted interface can
     * come back with the index that it had.
     */
    int attachments() {
        return attachments;
    }

    /** The interface may have been deleted and made anew. */
    void takeRenewed() {
        attachments++;
    }

    void take(Link link) {
        present = true;
        if (index != link.index()) {
            attachments++;
        }
        index = link.index();
        mac = link.mac();
        up = link.isUp();
        forwarding = link.forwarding();
    }

    /** Says whether it is to be taken as up, whatever was seen. */
    void setUp(boolean up) {
        this.up = up;
    }

    /** Whether there is an interface of that name. */
    boolean isPresent() {
        return present;
    }

    void takeGone() {
        if (present) {
            attachments++;
        }
        present = false;
        up = false;
    }
}

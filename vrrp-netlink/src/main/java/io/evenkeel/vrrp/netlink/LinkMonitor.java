package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.EVENKEEL_ORIGIN;
import static io.evenkeel.vrrp.netlink.Netlink.IFADDRMSG_SIZE;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_PROTO;
import static io.evenkeel.vrrp.netlink.Netlink.RTMGRP_IPV4_IFADDR;
import static io.evenkeel.vrrp.netlink.Netlink.RTMGRP_IPV6_IFADDR;
import static io.evenkeel.vrrp.netlink.Netlink.RTMGRP_IPV6_NETCONF;
import static io.evenkeel.vrrp.netlink.Netlink.RTMGRP_LINK;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_DELADDR;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_DELLINK;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_NEWADDR;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_NEWLINK;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_NEWNETCONF;

/**
 * Hears from the kernel that an interface, an address or IPv6 forwarding changed. It only says that something did; what is true now is then asked anew,
 * so that a lost notification (ENOBUFS) does the same as any other. The notifications of our own renewals are passed over without
 * allocating.
 */
final class LinkMonitor implements AutoCloseable {
    private static final int BUFFER_SIZE = 64 * 1024;
    private static final int RECEIVE_BUFFER = 1 << 20;

    private static final int GROUPS =
            RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV6_NETCONF;

    private final Libc libc;
    private final int fd;
    private final NativeBuffer buffer = new NativeBuffer(BUFFER_SIZE);
    private final NetlinkReader reader = new NetlinkReader(buffer.bytes(), 0);

    LinkMonitor(Libc libc) {
        this.libc = libc;
        fd = LibcNetlink.open(libc, GROUPS);
        try {
            SocketOptions.wishReceiveBuffer(libc, fd, RECEIVE_BUFFER);
        } catch (NativeCallException e) {
            libc.close(fd);
            throw e;
        }
    }

    int fd() {
        return fd;
    }

    /** Reads all notifications; true if one of them, or one that was lost, may concern us. */
    boolean drain() {
        boolean changed = false;
        while (true) {
            long length = libc.recv(fd, buffer.address(), BUFFER_SIZE, 0);
            if (length == -Errno.ENOBUFS) {
                changed = true;
                continue;
            }
            if (length < 0) {
                return changed;
            }
            reader.reset(buffer.bytes(), (int) length);
            while (reader.nextMessage()) {
                changed |= concerns(reader);
            }
        }
    }

    /** Whether a notification may be about more than a lease that we renewed. Who took one away, it does not say. */
    static boolean concerns(NetlinkReader message) {
        return switch (message.type()) {
            case RTM_NEWLINK, RTM_DELLINK, RTM_NEWNETCONF, RTM_DELADDR -> true;
            case RTM_NEWADDR -> !isOurs(message);
            default -> false;
        };
    }

    @Override
    public void close() {
        libc.close(fd);
        buffer.close();
    }

    private static boolean isOurs(NetlinkReader message) {
        message.rewindAttributes(IFADDRMSG_SIZE);
        while (message.nextAttribute()) {
            if (message.attributeType() == IFA_PROTO) {
                return message.attributeByte() == EVENKEEL_ORIGIN;
            }
        }
        return false;
    }
}

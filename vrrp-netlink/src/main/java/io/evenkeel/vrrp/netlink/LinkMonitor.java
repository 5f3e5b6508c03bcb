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

import java.util.HashSet;
import java.util.Set;

/**
 * Hears from the kernel that an interface, an address or IPv6 forwarding changed. It only says that something did; what is true now is then asked anew,
 * so that a lost notification (ENOBUFS) does the same as any other. The notifications of our own renewals are passed over without
 * allocating.
 */
final class LinkMonitor implements AutoCloseable {
    private static final int BUFFER_SIZE = 64 * 1024;
    private static final int RECEIVE_BUFFER = 1 << 20;

    /** Who reads on while others write never comes to the sockets and timers of the routers. */
    private static final int MOST_AT_ONCE = 256;

    private static final int GROUPS =
            RTMGRP_LINK | RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR | RTMGRP_IPV6_NETCONF;

    private final Libc libc;
    private final int fd;
    private final NativeBuffer buffer = new NativeBuffer(BUFFER_SIZE);
    private final NetlinkReader reader = new NetlinkReader(buffer.bytes(), 0);
    private final Set<Integer> deleted = new HashSet<>();
    private long overruns;
    private boolean overrun;

    LinkMonitor(Libc libc) {
        this(libc, RECEIVE_BUFFER);
    }

    /**
     * @param receiveBuffer the bytes that the kernel may keep for it
     */
    LinkMonitor(Libc libc, int receiveBuffer) {
        this.libc = libc;
        fd = LibcNetlink.open(libc, GROUPS);
        try {
            SocketOptions.wishReceiveBuffer(libc, fd, receiveBuffer);
        } catch (NativeCallException e) {
            libc.close(fd);
            throw e;
        }
    }

    int fd() {
        return fd;
    }

    /** Reads the notifications, or the first of very many; true if one of them, or one that was lost, may concern us. */
    boolean drain() {
        boolean changed = false;
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            long length = libc.recv(fd, buffer.address(), BUFFER_SIZE, Sockets.MSG_TRUNC);
            if (length == -Errno.EINTR) {
                continue;
            }
            if (length == -Errno.ENOBUFS || length > BUFFER_SIZE) {
                overruns++;
                overrun = true;
                changed = true;
                continue;
            }
            if (length < 0) {
                return changed;
            }
            reader.reset(buffer.bytes(), (int) length);
            while (reader.nextMessage()) {
                changed |= concerns(reader);
                noteDeletion();
            }
        }
        return changed;
    }

    /** How often notifications were lost. */
    long overruns() {
        return overruns;
    }

    /** Whether the interface with that index was deleted, or may have been, since {@link #forgetDeletions}. */
    boolean mayHaveDeleted(int interfaceIndex) {
        return overrun || deleted.contains(interfaceIndex);
    }

    void forgetDeletions() {
        overrun = false;
        deleted.clear();
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

    /** A port that leaves its bridge is a deletion too, but of the family of bridges. */
    private void noteDeletion() {
        if (reader.type() == RTM_DELLINK && reader.payloadByte(0) == 0) {
            deleted.add(reader.payloadInt(4));
        }
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

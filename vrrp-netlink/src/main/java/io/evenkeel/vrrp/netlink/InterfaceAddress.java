package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.FOREVER;
import static io.evenkeel.vrrp.netlink.Netlink.IFADDRMSG_SIZE;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_ADDRESS;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_CACHEINFO;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_FLAGS;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_F_DADFAILED;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_F_OPTIMISTIC;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_F_SECONDARY;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_F_TENTATIVE;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_LABEL;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_LOCAL;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_PROTO;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_DUMP;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_REQUEST;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_GETADDR;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET6;

import io.evenkeel.vrrp.IpAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * An address of an interface as rtnetlink describes it.
 *
 * @param interfaceIndex the interface
 * @param local the address of this host (IFA_LOCAL)
 * @param peer the other end of a point-to-point link (IFA_ADDRESS where that is another address), or null
 * @param prefixLength the length of its network prefix, or of the peer's, in bits
 * @param scope 0 for global, larger for narrower scopes
 * @param flags the IFA_F_ bits
 * @param label the label, if it has one
 * @param origin who put it there (IFA_PROTO), 0 if unknown
 * @param validSeconds how long the kernel keeps it, {@link Netlink#FOREVER} if for ever
 */
record InterfaceAddress(
        int interfaceIndex,
        IpAddress local,
        @Nullable IpAddress peer,
        int prefixLength,
        int scope,
        int flags,
        @Nullable String label,
        int origin,
        int validSeconds) {

    /** An address without a peer. */
    InterfaceAddress(
            int interfaceIndex,
            IpAddress local,
            int prefixLength,
            int scope,
            int flags,
            @Nullable String label,
            int origin,
            int validSeconds) {
        this(interfaceIndex, local, null, prefixLength, scope, flags, label, origin, validSeconds);
    }

    InterfaceAddress withOrigin(int newOrigin) {
        return new InterfaceAddress(
                interfaceIndex,
                local,
                peer,
                prefixLength,
                scope,
                flags,
                label,
                newOrigin,
                validSeconds);
    }

    boolean isSecondary() {
        return (flags & IFA_F_SECONDARY) != 0;
    }

    /** Whether packets can be sent from it: IPv6 first looks for another host that has it (RFC 4862, section 5.4). */
    boolean isUsable() {
        boolean waiting = (flags & IFA_F_TENTATIVE) != 0 && (flags & IFA_F_OPTIMISTIC) == 0;
        return !waiting && !isDuplicate();
    }

    /** Whether another host was found to have it. */
    boolean isDuplicate() {
        return (flags & IFA_F_DADFAILED) != 0;
    }

    /**
     * True if Evenkeel put the address there: it carries our origin or, on a kernel that keeps no origin (before 5.18), it expires
     * within the given lease, which no address that an administrator or a DHCP client put there does.
     */
    boolean isLeased(int leaseSeconds) {
        return origin == Netlink.EVENKEEL_ORIGIN
                || origin == 0 && validSeconds != FOREVER && validSeconds <= leaseSeconds;
    }

    /** Writes the request for all addresses of all interfaces. */
    static void encodeDump(ByteBuffer out, int sequence) {
        NetlinkWriter writer =
                new NetlinkWriter(out).message(RTM_GETADDR, NLM_F_REQUEST | NLM_F_DUMP, sequence);
        writer.putInt(0).putInt(0).end();
    }

    /** Reads the RTM_NEWADDR or RTM_DELADDR at which the reader stands; null if it is of another family than IP. */
    static @Nullable InterfaceAddress decode(NetlinkReader message) {
        int family = message.payloadByte(0);
        if (family != AF_INET && family != AF_INET6) {
            return null;
        }
        IpAddress address = null;
        IpAddress local = null;
        String label = null;
        int flags = message.payloadByte(2);
        int origin = 0;
        int validSeconds = FOREVER;
        message.rewindAttributes(IFADDRMSG_SIZE);
        while (message.nextAttribute()) {
            switch (message.attributeType()) {
                case IFA_ADDRESS -> address = ip(message.attributeBytes());
                case IFA_LOCAL -> local = ip(message.attributeBytes());
                case IFA_LABEL -> label = message.attributeString();
                case IFA_FLAGS -> flags = message.attributeInt(0);
                case IFA_PROTO -> origin = message.attributeByte();
                case IFA_CACHEINFO -> validSeconds = message.attributeInt(4);
                default -> {}
            }
        }
        IpAddress own = local != null ? local : address;
        if (own == null) {
            return null;
        }
        return new InterfaceAddress(
                message.payloadInt(4),
                own,
                own.equals(address) ? null : address,
                message.payloadByte(1),
                message.payloadByte(3),
                flags,
                label,
                origin,
                validSeconds);
    }

    /** The address in network byte order; null if it has neither 4 nor 16 bytes. */
    static @Nullable IpAddress ip(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
        return switch (bytes.length) {
            case 4 -> IpAddress.ofIpv4(in.getInt(0));
            case 16 -> IpAddress.ofIpv6(in.getLong(0), in.getLong(8));
            default -> null;
        };
    }
}

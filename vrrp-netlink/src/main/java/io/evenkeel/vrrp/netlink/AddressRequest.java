package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.EVENKEEL_ORIGIN;
import static io.evenkeel.vrrp.netlink.Netlink.EVENKEEL_STATIC_ORIGIN;
import static io.evenkeel.vrrp.netlink.Netlink.FOREVER;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_ADDRESS;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_BROADCAST;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_CACHEINFO;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_CACHEINFO_SIZE;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_FLAGS;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_F_NODAD;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_F_NOPREFIXROUTE;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_LABEL;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_LOCAL;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_PROTO;
import static io.evenkeel.vrrp.netlink.Netlink.IFA_RT_PRIORITY;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_ACK;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_REQUEST;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_DELADDR;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_NEWADDR;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET;
import static io.evenkeel.vrrp.netlink.Sockets.AF_INET6;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import org.jspecify.annotations.Nullable;

/** Writes the requests that add a virtual address to an interface and remove it. */
final class AddressRequest {
    private AddressRequest() {}

    /**
     * RTM_NEWADDR with a lifetime, marked as ours, and as static if that does not end.
     *
     * @param flags NLM_F_CREATE with NLM_F_EXCL or NLM_F_REPLACE
     * @param leaseSeconds after which the kernel removes the address, {@link Netlink#FOREVER} for never
     * @param metric of the route to the prefix of the address, 0 for the kernel's
     */
    static void encodeAdd(
            NetlinkWriter out,
            int sequence,
            int flags,
            int interfaceIndex,
            VirtualAddress virtual,
            int leaseSeconds,
            int metric) {
        header(out, RTM_NEWADDR, flags, sequence, interfaceIndex, virtual);
        @Nullable IpAddress broadcast = virtual.broadcast();
        if (broadcast != null) {
            out.addressAttribute(IFA_BROADCAST, broadcast);
        }
        label(out, virtual);
        if (!virtual.options().prefixRoute()) {
            // It does not fit into the header, whose flags do not count beside it.
            out.attributeHeader(IFA_FLAGS, 4).putInt(flags(virtual) | IFA_F_NOPREFIXROUTE);
        }
        if (metric != 0) {
            out.intAttribute(IFA_RT_PRIORITY, metric);
        }
        out.byteAttribute(
                IFA_PROTO, leaseSeconds == FOREVER ? EVENKEEL_STATIC_ORIGIN : EVENKEEL_ORIGIN);
        out.attributeHeader(IFA_CACHEINFO, IFA_CACHEINFO_SIZE)
                .putInt(virtual.options().deprecated() ? 0 : leaseSeconds)
                .putInt(leaseSeconds)
                .putInt(0)
                .putInt(0);
        out.end();
    }

    /** RTM_DELADDR with everything by which the kernel tells addresses apart, so that no other one is removed. */
    static void encodeRemove(
            NetlinkWriter out, int sequence, int interfaceIndex, VirtualAddress virtual) {
        header(out, RTM_DELADDR, 0, sequence, interfaceIndex, virtual);
        label(out, virtual);
        out.end();
    }

    private static void header(
            NetlinkWriter out,
            int type,
            int flags,
            int sequence,
            int interfaceIndex,
            VirtualAddress virtual) {
        IpAddress address = virtual.address();
        @Nullable IpAddress peer = virtual.options().peer();
        out.message(type, NLM_F_REQUEST | NLM_F_ACK | flags, sequence)
                .putByte(address.isIpv4() ? AF_INET : AF_INET6)
                .putByte(virtual.prefixLength())
                .putByte(flags(virtual))
                .putByte(virtual.options().scope())
                .putInt(interfaceIndex)
                .addressAttribute(IFA_LOCAL, address)
                .addressAttribute(IFA_ADDRESS, peer == null ? address : peer);
    }

    /** A virtual address does not wait for duplicate address detection: the protocol elected one owner. */
    private static int flags(VirtualAddress virtual) {
        return virtual.address().isIpv4() ? 0 : IFA_F_NODAD;
    }

    private static void label(NetlinkWriter out, VirtualAddress virtual) {
        @Nullable String label = virtual.label();
        if (label != null && virtual.address().isIpv4()) {
            out.stringAttribute(IFA_LABEL, label);
        }
    }
}

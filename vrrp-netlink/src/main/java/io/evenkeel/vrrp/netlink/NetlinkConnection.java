package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.NLMSG_DONE;
import static io.evenkeel.vrrp.netlink.Netlink.NLMSG_ERROR;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_CREATE;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_DUMP_INTR;

import io.evenkeel.vrrp.VirtualAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests to rtnetlink, one at a time. Adding, renewing and removing an address allocate nothing. Used by one thread at a time.
 */
final class NetlinkConnection implements AutoCloseable {
    private static final int MAX_DUMP_ATTEMPTS = 5;

    private final NetlinkTransport transport;
    private final NetlinkWriter writer;
    private final NetlinkReader reader;
    private int sequence;

    NetlinkConnection(NetlinkTransport transport) {
        this.transport = transport;
        writer = new NetlinkWriter(transport.request());
        reader = new NetlinkReader(transport.reply(), 0);
    }

    /**
     * Adds an address or renews its lease.
     *
     * @param mode NLM_F_EXCL to fail if the address is there, NLM_F_REPLACE to renew it
     * @return 0 or a negated errno
     */
    int addAddress(int interfaceIndex, VirtualAddress address, int leaseSeconds, int mode) {
        return addAddress(interfaceIndex, address, leaseSeconds, mode, 0);
    }

    /**
     * Adds an address or renews its lease.
     *
     * @param metric of the route to the prefix of the address, 0 for the kernel's
     */
    int addAddress(
            int interfaceIndex, VirtualAddress address, int leaseSeconds, int mode, int metric) {
        transport.request().clear();
        AddressRequest.encodeAdd(
                writer,
                ++sequence,
                NLM_F_CREATE | mode,
                interfaceIndex,
                address,
                leaseSeconds,
                metric);
        return execute();
    }

    /** Removes exactly this address; returns 0 or a negated errno. */
    int removeAddress(int interfaceIndex, VirtualAddress address) {
        transport.request().clear();
        AddressRequest.encodeRemove(writer, ++sequence, interfaceIndex, address);
        return execute();
    }

    /** Makes a macvlan interface, switched off; returns 0 or a negated errno. */
    int createMacvlan(String name, int parentIndex, long mac) {
        transport.request().clear();
        LinkRequest.encodeMacvlan(writer, ++sequence, name, parentIndex, mac);
        return execute();
    }

    /** Changes settings of an interface; returns 0 or a negated errno. */
    int configureLink(int interfaceIndex, LinkChange change) {
        transport.request().clear();
        LinkRequest.encodeChange(writer, ++sequence, interfaceIndex, change);
        return execute();
    }

    /** Switches an interface on or off, without allocating; returns 0 or a negated errno. */
    int switchLink(int interfaceIndex, boolean on) {
        transport.request().clear();
        LinkRequest.encodeSwitch(writer, ++sequence, interfaceIndex, on);
        return execute();
    }

    /** Removes an interface with all that is on it; returns 0 or a negated errno. */
    int removeLink(int interfaceIndex) {
        transport.request().clear();
        LinkRequest.encodeRemove(writer, ++sequence, interfaceIndex);
        return execute();
    }

    List<LinkSettings> linkSettings() {
        return dump(
                Link::encodeDump,
                "interfaces and their settings",
                Netlink.RTM_NEWLINK,
                LinkSettings::decode);
    }

    List<Link> links() {
        return dump(Link::encodeDump, "interfaces", Netlink.RTM_NEWLINK, Link::decode);
    }

    List<InterfaceAddress> addresses() {
        return dump(
                InterfaceAddress::encodeDump,
                "addresses",
                Netlink.RTM_NEWADDR,
                InterfaceAddress::decode);
    }

    @Override
    public void close() {
        transport.close();
    }

    private int execute() {
        transport.send(transport.request().position());
        while (true) {
            reader.reset(transport.reply(), transport.receive());
            while (reader.nextMessage()) {
                if (reader.sequence() == sequence && reader.type() == NLMSG_ERROR) {
                    return reader.payloadInt(0);
                }
            }
        }
    }

    private <T> List<T> dump(DumpRequest request, String what, int type, Decoder<T> decoder) {
        for (int attempt = 0; attempt < MAX_DUMP_ATTEMPTS; attempt++) {
            transport.request().clear();
            request.encode(transport.request(), ++sequence);
            transport.send(transport.request().position());
            List<T> found = new ArrayList<>();
            if (collect(found, what, type, decoder)) {
                return found;
            }
        }
        throw new NativeCallException(
                "The list of the host's "
                        + what
                        + " changed "
                        + MAX_DUMP_ATTEMPTS
                        + " times while it was read. Start again when the network has settled.",
                Errno.EINTR);
    }

    /** Reads a whole dump; false if it was changed meanwhile and cannot be trusted. */
    private <T> boolean collect(List<T> found, String what, int type, Decoder<T> decoder) {
        boolean consistent = true;
        while (true) {
            reader.reset(transport.reply(), transport.receive());
            while (reader.nextMessage()) {
                if (reader.sequence() != sequence) {
                    continue;
                }
                consistent &= (reader.flags() & NLM_F_DUMP_INTR) == 0;
                if (reader.type() == NLMSG_DONE) {
                    return consistent;
                }
                if (reader.type() == NLMSG_ERROR) {
                    throw Errno.failure(-reader.payloadInt(0), "Asking the kernel for its " + what);
                }
                if (reader.type() == type) {
                    T decoded = decoder.decode(reader);
                    if (decoded != null) {
                        found.add(decoded);
                    }
                }
            }
        }
    }

    private interface DumpRequest {
        void encode(ByteBuffer out, int sequence);
    }

    private interface Decoder<T> {
        @Nullable T decode(NetlinkReader message);
    }
}

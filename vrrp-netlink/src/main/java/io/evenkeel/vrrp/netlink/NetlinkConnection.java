package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.NLMSG_DONE;
import static io.evenkeel.vrrp.netlink.Netlink.NLMSG_ERROR;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_CREATE;
import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_DUMP_INTR;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_DELROUTE;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_DELRULE;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_NEWROUTE;
import static io.evenkeel.vrrp.netlink.Netlink.RTM_NEWRULE;

import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRule;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Requests to rtnetlink, one at a time. Adding, renewing and removing an address, a route or a rule allocate nothing. Used by one
 * thread at a time.
 */
final class NetlinkConnection implements AutoCloseable {
    private static final int MAX_DUMP_ATTEMPTS = 5;

    private final NetlinkTransport transport;
    private final NetlinkWriter writer;
    private final NetlinkReader reader;
    private int sequence;
    private boolean refused;

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

    /**
     * Adds a route.
     *
     * @param interfaceIndex of its device, 0 if it has none
     * @param mode NLM_F_EXCL to fail if the kernel has one to the same destination in the same table with the same metric; 0 to put an
     *     IPv4 route before such a one, and to fail only if it is the very same
     * @return 0 or a negated errno
     */
    int addRoute(VirtualRoute route, int interfaceIndex, int mode) {
        transport.request().clear();
        RouteRequest.encode(
                writer, RTM_NEWROUTE, NLM_F_CREATE | mode, ++sequence, route, interfaceIndex);
        return execute();
    }

    /** Removes exactly this route; returns 0 or a negated errno. */
    int removeRoute(VirtualRoute route, int interfaceIndex) {
        transport.request().clear();
        RouteRequest.encode(writer, RTM_DELROUTE, 0, ++sequence, route, interfaceIndex);
        return execute();
    }

    /** Adds a routing rule, and fails if it is there already; returns 0 or a negated errno. */
    int addRule(VirtualRule rule) {
        transport.request().clear();
        RuleRequest.encode(
                writer, RTM_NEWRULE, NLM_F_CREATE | Netlink.NLM_F_EXCL, ++sequence, rule);
        return execute();
    }

    /** Removes exactly this routing rule; returns 0 or a negated errno. */
    int removeRule(VirtualRule rule) {
        transport.request().clear();
        RuleRequest.encode(writer, RTM_DELRULE, 0, ++sequence, rule);
        return execute();
    }

    /** Removes a route of the host's as the kernel described it; returns 0 or a negated errno. */
    int remove(HostRoute route) {
        return sayBack(RTM_DELROUTE, route.message());
    }

    /** Removes a routing rule of the host's as the kernel described it; returns 0 or a negated errno. */
    int remove(HostRule rule) {
        return sayBack(RTM_DELRULE, rule.message());
    }

    private int sayBack(int type, byte[] message) {
        if (Netlink.HEADER_SIZE + message.length > transport.request().capacity()) {
            return -Errno.ENOBUFS;
        }
        transport.request().clear();
        writer.message(type, Netlink.NLM_F_REQUEST | Netlink.NLM_F_ACK, ++sequence)
                .payload(message)
                .end();
        return execute();
    }

    /** The routes of the family in the table; none if there is no such table. */
    List<HostRoute> routesOfTable(boolean ipv4, int table) {
        return routes(ipv4, table, 0).stream().filter(route -> route.table() == table).toList();
    }

    /** The routes of the family that somebody with this number put there. */
    List<HostRoute> routesOfProtocol(boolean ipv4, int protocol) {
        return routes(ipv4, 0, protocol).stream()
                .filter(route -> route.protocol() == protocol)
                .toList();
    }

    private List<HostRoute> routes(boolean ipv4, int table, int protocol) {
        try {
            return dump(
                    (out, number) ->
                            RouteRequest.encodeDump(
                                    new NetlinkWriter(out), number, ipv4, table, protocol),
                    "routes",
                    RTM_NEWROUTE,
                    HostRoute::decode);
        } catch (NativeCallException e) {
            if (e.errno() == Errno.ENOENT) {
                return List.of();
            }
            throw e;
        }
    }

    /** The routing rules of the family. */
    List<HostRule> rules(boolean ipv4) {
        return dump(
                (out, number) -> RuleRequest.encodeDump(new NetlinkWriter(out), number, ipv4),
                "routing rules",
                RTM_NEWRULE,
                HostRule::decode);
    }

    /**
     * What the kernel said about the change that it refused last, besides the errno.
     *
     * @return a sentence, or empty if it said none or has refused nothing since
     */
    String explanation() {
        return refused ? reader.explanation() : "";
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
        refused = false;
        transport.send(transport.request().position());
        while (true) {
            reader.reset(transport.reply(), transport.receive());
            while (reader.nextMessage()) {
                if (reader.sequence() == sequence && reader.type() == NLMSG_ERROR) {
                    int result = reader.payloadInt(0);
                    refused = result < 0;
                    return result;
                }
            }
        }
    }

    private <T> List<T> dump(DumpRequest request, String what, int type, Decoder<T> decoder) {
        for (int attempt = 0; attempt < MAX_DUMP_ATTEMPTS; attempt++) {
            refused = false;
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
                boolean failed = reader.type() == NLMSG_ERROR;
                if (failed || reader.type() == NLMSG_DONE) {
                    int result = reader.payloadLength() < 4 ? 0 : reader.payloadInt(0);
                    if (result < 0) {
                        throw Errno.failure(
                                -result,
                                "Asking the kernel for its " + what,
                                failed ? reader.explanation() : "");
                    }
                    return consistent;
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

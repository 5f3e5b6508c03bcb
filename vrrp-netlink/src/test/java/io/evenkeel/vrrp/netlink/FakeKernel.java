package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_EXCL;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A kernel at the level of netlink messages: it keeps tables of addresses, routes and rules, and answers as Linux does. */
final class FakeKernel implements NetlinkTransport {
    private final ByteBuffer request = Hex.buffer(1024);
    private final ByteBuffer reply = Hex.buffer(4096);
    private final List<InterfaceAddress> addresses = new ArrayList<>();
    private final FakeRoutes routes = new FakeRoutes();
    private final List<String> log = new ArrayList<>();
    private int refusal;

    /** Puts an address on interface 5 as another program would. */
    void put(String address, int origin, int validSeconds) {
        addresses.add(
                new InterfaceAddress(
                        5, IpAddress.parse(address), 32, 0, 0, null, origin, validSeconds));
    }

    /** Has the lifetime of every leased address end. */
    void expireLeases() {
        addresses.removeIf(a -> a.validSeconds() != Netlink.FOREVER);
    }

    /** Refuses changes with this errno, 0 to allow them. */
    void refuse(int errno) {
        refusal = errno;
    }

    /** Its routes and rules. */
    FakeRoutes routes() {
        return routes;
    }

    List<InterfaceAddress> addresses() {
        return addresses;
    }

    /** What was asked since the last call. */
    List<String> takeLog() {
        List<String> taken = List.copyOf(log);
        log.clear();
        return taken;
    }

    @Override
    public ByteBuffer request() {
        return request;
    }

    @Override
    public ByteBuffer reply() {
        return reply;
    }

    @Override
    public void send(int length) {
        NetlinkReader message = new NetlinkReader(request, length);
        if (!message.nextMessage()) {
            throw new AssertionError("Not a netlink message: " + Hex.of(request, length));
        }
        reply.clear();
        switch (message.type()) {
            case Netlink.RTM_NEWADDR -> acknowledge(message, add(message));
            case Netlink.RTM_DELADDR -> acknowledge(message, remove(message));
            case Netlink.RTM_GETADDR -> dump(message.sequence());
            case Netlink.RTM_GETLINK -> endOfDump(message.sequence());
            case Netlink.RTM_GETROUTE, Netlink.RTM_GETRULE -> {
                routes.dump(message, new NetlinkWriter(reply));
                endOfDump(message.sequence());
            }
            case Netlink.RTM_NEWROUTE,
                    Netlink.RTM_DELROUTE,
                    Netlink.RTM_NEWRULE,
                    Netlink.RTM_DELRULE ->
                    acknowledge(message, routes.change(message, log));
            default -> throw new AssertionError("Unexpected request " + message.type());
        }
    }

    @Override
    public int receive() {
        return reply.position();
    }

    @Override
    public void close() {}

    private int add(NetlinkReader message) {
        InterfaceAddress address = decode(message);
        boolean exclusive = (message.flags() & NLM_F_EXCL) != 0;
        log.add(
                (exclusive ? "add " : "renew ")
                        + address.local()
                        + " "
                        + address.validSeconds()
                        + " s");
        if (refusal != 0) {
            return -refusal;
        }
        boolean there = addresses.stream().anyMatch(a -> same(a, address));
        if (there && exclusive) {
            return -Errno.EEXIST;
        }
        addresses.removeIf(a -> same(a, address));
        addresses.add(address);
        return 0;
    }

    private int remove(NetlinkReader message) {
        InterfaceAddress address = decode(message);
        log.add("remove " + address.local());
        if (refusal != 0) {
            return -refusal;
        }
        return addresses.removeIf(a -> same(a, address)) ? 0 : -Errno.EADDRNOTAVAIL;
    }

    private void dump(int sequence) {
        NetlinkWriter writer = new NetlinkWriter(reply);
        for (InterfaceAddress address : addresses) {
            writer.message(Netlink.RTM_NEWADDR, 2, sequence)
                    .putByte(Sockets.AF_INET)
                    .putByte(address.prefixLength())
                    .putByte(address.flags())
                    .putByte(address.scope())
                    .putInt(address.interfaceIndex())
                    .addressAttribute(Netlink.IFA_LOCAL, address.local())
                    .byteAttribute(Netlink.IFA_PROTO, address.origin())
                    .attributeHeader(Netlink.IFA_CACHEINFO, Netlink.IFA_CACHEINFO_SIZE)
                    .putInt(address.validSeconds())
                    .putInt(address.validSeconds())
                    .putInt(0)
                    .putInt(0)
                    .end();
        }
        endOfDump(sequence);
    }

    private void endOfDump(int sequence) {
        new NetlinkWriter(reply).message(Netlink.NLMSG_DONE, 2, sequence).putInt(0).end();
    }

    private void acknowledge(NetlinkReader message, int error) {
        new NetlinkWriter(reply)
                .message(Netlink.NLMSG_ERROR, 0, message.sequence())
                .putInt(error)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .end();
    }

    private static InterfaceAddress decode(NetlinkReader message) {
        InterfaceAddress address = InterfaceAddress.decode(message);
        if (address == null) {
            throw new AssertionError("Not an address");
        }
        return address;
    }

    private static boolean same(InterfaceAddress a, InterfaceAddress b) {
        return a.interfaceIndex() == b.interfaceIndex()
                && a.local().equals(b.local())
                && a.prefixLength() == b.prefixLength();
    }

    /** The virtual address that tests put on interface 5. */
    static VirtualAddress virtual(String address) {
        return VirtualAddress.of(IpAddress.parse(address));
    }
}

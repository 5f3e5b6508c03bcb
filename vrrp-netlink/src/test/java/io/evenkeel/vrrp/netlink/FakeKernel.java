package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_EXCL;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A kernel at the level of netlink messages: it keeps tables of addresses, routes and rules, and answers as Linux does. */
final class FakeKernel implements NetlinkTransport {
    private final ByteBuffer request = Hex.buffer(1024);
    private final ByteBuffer reply = Hex.buffer(4096);
    private final List<InterfaceAddress> addresses = new ArrayList<>();
    private final FakeRoutes routes = new FakeRoutes();
    private final List<String> log = new ArrayList<>();
    private final Deque<byte[]> datagrams = new ArrayDeque<>();
    private int refusal;
    private String explanation = "";
    private int interruptions;
    private int dumpError;
    private boolean sendsSingly;
    private boolean losesEnd;
    private boolean keepsOrigins = true;

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

    /** Refuses changes with this errno and a sentence, as a socket with NETLINK_EXT_ACK is told. */
    void refuse(int errno, String sentence) {
        refusal = errno;
        explanation = sentence;
    }

    /** Has the next dumps interrupted by changes, so that they are incomplete. */
    void interruptDumps(int count) {
        interruptions = count;
    }

    /** Ends dumps with this errno. */
    void failDumps(int errno) {
        dumpError = errno;
    }

    /** Does not send the end of the next dump. */
    void loseEndOfDump() {
        losesEnd = true;
    }

    /** Has each message of a dump come in a datagram of its own. */
    void sendSingly() {
        sendsSingly = true;
    }

    /** Is a kernel before 5.18, which does not know IFA_PROTO. */
    void forgetOrigins() {
        keepsOrigins = false;
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
        endOfDatagram();
    }

    @Override
    public int receive() {
        byte[] datagram = datagrams.poll();
        if (datagram == null) {
            throw Errno.failure(Errno.EAGAIN, "recv");
        }
        reply.clear();
        reply.put(datagram);
        return datagram.length;
    }

    private void endOfDatagram() {
        byte[] datagram = new byte[reply.position()];
        reply.get(0, datagram);
        datagrams.add(datagram);
        reply.clear();
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
        boolean interrupted = interruptions-- > 0;
        int flags = interrupted ? 2 | Netlink.NLM_F_DUMP_INTR : 2;
        for (InterfaceAddress address : addresses) {
            writer.message(Netlink.RTM_NEWADDR, flags, sequence)
                    .putByte(Sockets.AF_INET)
                    .putByte(address.prefixLength())
                    .putByte(address.flags())
                    .putByte(address.scope())
                    .putInt(address.interfaceIndex())
                    .addressAttribute(Netlink.IFA_LOCAL, address.local());
            if (keepsOrigins) {
                writer.byteAttribute(Netlink.IFA_PROTO, address.origin());
            }
            writer.attributeHeader(Netlink.IFA_CACHEINFO, Netlink.IFA_CACHEINFO_SIZE)
                    .putInt(address.validSeconds())
                    .putInt(address.validSeconds())
                    .putInt(0)
                    .putInt(0)
                    .end();
            if (sendsSingly) {
                endOfDatagram();
            }
            if (interrupted) {
                // The rest is missing.
                break;
            }
        }
        endOfDump(sequence);
    }

    private void endOfDump(int sequence) {
        if (losesEnd) {
            losesEnd = false;
            return;
        }
        new NetlinkWriter(reply).message(Netlink.NLMSG_DONE, 2, sequence).putInt(-dumpError).end();
    }

    private void acknowledge(NetlinkReader message, int error) {
        boolean explained = error != 0 && !explanation.isEmpty();
        int flags = explained ? Netlink.NLM_F_CAPPED | Netlink.NLM_F_ACK_TLVS : 0;
        NetlinkWriter writer =
                new NetlinkWriter(reply)
                        .message(Netlink.NLMSG_ERROR, flags, message.sequence())
                        .putInt(error)
                        .putInt(0)
                        .putInt(0)
                        .putInt(0)
                        .putInt(0);
        if (explained) {
            writer.stringAttribute(Netlink.NLMSGERR_ATTR_MSG, explanation);
        }
        writer.end();
    }

    private InterfaceAddress decode(NetlinkReader message) {
        InterfaceAddress address = InterfaceAddress.decode(message);
        if (address == null) {
            throw new AssertionError("Not an address");
        }
        return keepsOrigins
                ? address
                : new InterfaceAddress(
                        address.interfaceIndex(),
                        address.local(),
                        address.prefixLength(),
                        address.scope(),
                        address.flags(),
                        address.label(),
                        0,
                        address.validSeconds());
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

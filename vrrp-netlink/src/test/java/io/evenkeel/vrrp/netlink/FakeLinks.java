package io.evenkeel.vrrp.netlink;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A kernel at the level of netlink messages that has interfaces: makes, changes and removes macvlans, and answers as Linux does. */
final class FakeLinks implements NetlinkTransport {
    private static final int SETTINGS = 32;

    private final ByteBuffer request = Hex.buffer(1024);
    private final ByteBuffer reply = Hex.buffer(16 * 1024);
    private final List<LinkSettings> links = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private String refused = "";
    private int refusal;
    private int nextIndex = 10;

    /** Puts an interface there that is no macvlan. */
    void put(String name, long mac) {
        links.add(link(nextIndex++, name, Netlink.IFF_UP, mac, 0, "", 0, ""));
    }

    void putMacvlan(String name, String parent, long mac, boolean on, String alias) {
        int index = get(parent).index();
        links.add(link(nextIndex++, name, on ? 1 : 0, mac, index, LinkSettings.MACVLAN, 4, alias));
    }

    void setIpv4(String name, int setting, int value) {
        replace(withIpv4(get(name), setting, value));
    }

    /** Takes an interface away as another program would, or the end of its parent. */
    void take(String name) {
        links.remove(get(name));
    }

    /** Refuses requests of a kind, the first word in the log, with this errno. */
    void refuse(String kind, int errno) {
        refused = kind;
        refusal = errno;
    }

    boolean has(String name) {
        return LinkSettings.find(links, name) != null;
    }

    LinkSettings get(String name) {
        LinkSettings link = LinkSettings.find(links, name);
        if (link == null) {
            throw new AssertionError("There is no " + name + " among " + links);
        }
        return link;
    }

    /** The interfaces as the link monitor would hand them on. */
    HostView view() {
        return new HostView(
                links.stream()
                        .map(l -> new Link(l.index(), l.name(), l.flags(), l.mac(), 1500, false))
                        .toList(),
                List.of());
    }

    /** What was asked since the last call, dumps aside. */
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
        if (message.type() == Netlink.RTM_GETLINK) {
            dump(message.sequence());
            return;
        }
        LinkSettings asked = LinkSettings.decode(message);
        int result =
                switch (message.type()) {
                    case Netlink.RTM_NEWLINK -> create(asked);
                    case Netlink.RTM_SETLINK -> change(message, asked);
                    case Netlink.RTM_DELLINK -> remove(asked.index());
                    default -> throw new AssertionError("Unexpected request " + message.type());
                };
        new NetlinkWriter(reply)
                .message(Netlink.NLMSG_ERROR, 0, message.sequence())
                .putInt(result)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .putInt(0)
                .end();
    }

    @Override
    public int receive() {
        return reply.position();
    }

    @Override
    public void close() {}

    private int create(LinkSettings asked) {
        log.add("create " + asked.name());
        if (refused.equals("create")) {
            return -refusal;
        }
        if (has(asked.name())) {
            return -Errno.EEXIST;
        }
        links.add(
                link(
                        nextIndex++,
                        asked.name(),
                        0,
                        asked.mac(),
                        asked.parentIndex(),
                        asked.kind(),
                        asked.macvlanMode(),
                        ""));
        return 0;
    }

    private int change(NetlinkReader message, LinkSettings asked) {
        LinkSettings link = byIndex(asked.index());
        if (link == null) {
            return -Errno.ENODEV;
        }
        boolean switches = message.payloadInt(12) != 0;
        log.add(
                switches
                        ? (asked.isSwitchedOn() ? "on " : "off ") + link.name()
                        : "change " + link.name());
        if (refused.equals("change " + link.name())) {
            return -refusal;
        }
        if (switches) {
            replace(withFlags(link, asked.flags()));
            return 0;
        }
        // The attributes of the settings of IPv4 have the settings' numbers as their types.
        message.rewindAttributes(Netlink.IFINFOMSG_SIZE);
        while (message.nextAttribute()) {
            if (message.attributeType() == Netlink.IFLA_IFALIAS) {
                replace(withAlias(get(link.name()), message.attributeString()));
            } else if (message.attributeType() == Netlink.IFLA_AF_SPEC) {
                changeFamilies(link.name(), message.nested());
            }
        }
        return 0;
    }

    private void changeFamilies(String name, NetlinkReader families) {
        while (families.nextAttribute()) {
            if (families.attributeType() == Sockets.AF_INET) {
                NetlinkReader family = families.nested();
                while (family.nextAttribute()) {
                    NetlinkReader settings = family.nested();
                    while (settings.nextAttribute()) {
                        setIpv4(name, settings.attributeType(), settings.attributeInt(0));
                    }
                }
            }
        }
    }

    private int remove(int index) {
        LinkSettings link = byIndex(index);
        if (link == null) {
            return -Errno.ENODEV;
        }
        log.add("remove " + link.name());
        links.remove(link);
        return 0;
    }

    private void dump(int sequence) {
        NetlinkWriter writer = new NetlinkWriter(reply);
        for (LinkSettings link : links) {
            writer.message(Netlink.RTM_NEWLINK, 2, sequence)
                    .putInt(0)
                    .putInt(link.index())
                    .putInt(link.flags())
                    .putInt(0)
                    .stringAttribute(Netlink.IFLA_IFNAME, link.name())
                    .macAttribute(Netlink.IFLA_ADDRESS, link.mac())
                    .intAttribute(Netlink.IFLA_LINK, link.parentIndex())
                    .stringAttribute(Netlink.IFLA_IFALIAS, link.alias());
            int info = writer.beginNest(Netlink.IFLA_LINKINFO);
            writer.stringAttribute(Netlink.IFLA_INFO_KIND, link.kind());
            int data = writer.beginNest(Netlink.IFLA_INFO_DATA);
            writer.intAttribute(Netlink.IFLA_MACVLAN_MODE, link.macvlanMode());
            writer.endNest(data).endNest(info);
            int families = writer.beginNest(Netlink.IFLA_AF_SPEC);
            int ipv4 = writer.beginNest(Sockets.AF_INET);
            writer.attributeHeader(Netlink.IFLA_INET_CONF, 4 * link.ipv4().size());
            link.ipv4().forEach(writer::putInt);
            writer.endNest(ipv4).endNest(families).end();
        }
        new NetlinkWriter(reply).message(Netlink.NLMSG_DONE, 2, sequence).putInt(0).end();
    }

    private LinkSettings byIndex(int index) {
        return links.stream().filter(l -> l.index() == index).findFirst().orElse(null);
    }

    private void replace(LinkSettings link) {
        links.replaceAll(l -> l.index() == link.index() ? link : l);
    }

    private static LinkSettings link(
            int index,
            String name,
            int flags,
            long mac,
            int parent,
            String kind,
            int mode,
            String alias) {
        List<Integer> ipv4 = Collections.nCopies(SETTINGS, 0);
        return new LinkSettings(index, name, flags, mac, parent, kind, mode, alias, false, ipv4);
    }

    private static LinkSettings withFlags(LinkSettings l, int flags) {
        return copy(l, flags, l.alias(), l.ipv4());
    }

    private static LinkSettings withAlias(LinkSettings l, String alias) {
        return copy(l, l.flags(), alias, l.ipv4());
    }

    private static LinkSettings withIpv4(LinkSettings l, int setting, int value) {
        List<Integer> ipv4 = new ArrayList<>(l.ipv4());
        ipv4.set(setting - 1, value);
        return copy(l, l.flags(), l.alias(), ipv4);
    }

    private static LinkSettings copy(LinkSettings l, int flags, String alias, List<Integer> ipv4) {
        return new LinkSettings(
                l.index(),
                l.name(),
                flags,
                l.mac(),
                l.parentIndex(),
                l.kind(),
                l.macvlanMode(),
                alias,
                l.hasIpv6(),
                ipv4);
    }
}

package io.evenkeel.vrrp.netlink;

import static io.evenkeel.vrrp.netlink.Netlink.NLM_F_EXCL;

import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRule;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The routes and rules of a kernel, which it keeps and compares as Linux does. */
final class FakeRoutes {
    private final List<HostRoute> routes = new ArrayList<>();
    private final List<HostRule> rules = new ArrayList<>();
    private int refusal;

    /** Puts a route there as another program would. */
    void put(VirtualRoute route) {
        ByteBuffer out = Hex.buffer(256);
        RouteRequest.encode(new NetlinkWriter(out), Netlink.RTM_NEWROUTE, NLM_F_EXCL, 1, route, 0);
        NetlinkReader in = new NetlinkReader(out, out.position());
        in.nextMessage();
        change(in, new ArrayList<>());
    }

    /** Puts a rule of Evenkeel's there. */
    void put(VirtualRule rule) {
        ByteBuffer out = Hex.buffer(256);
        RuleRequest.encode(new NetlinkWriter(out), Netlink.RTM_NEWRULE, NLM_F_EXCL, 1, rule);
        NetlinkReader in = new NetlinkReader(out, out.position());
        in.nextMessage();
        change(in, new ArrayList<>());
    }

    /** Refuses changes with this errno, 0 to allow them. */
    void refuse(int errno) {
        refusal = errno;
    }

    void clear() {
        routes.clear();
        rules.clear();
    }

    int size() {
        return routes.size() + rules.size();
    }

    /** The routes, those first that packets take, as {@code destination via gateway proto number}. */
    List<String> shown() {
        return routes.stream().map(r -> name(r) + " proto " + r.protocol()).toList();
    }

    int change(NetlinkReader message, List<String> log) {
        boolean isRoute =
                message.type() == Netlink.RTM_NEWROUTE || message.type() == Netlink.RTM_DELROUTE;
        boolean isNew =
                message.type() == Netlink.RTM_NEWROUTE || message.type() == Netlink.RTM_NEWRULE;
        boolean exclusive = (message.flags() & NLM_F_EXCL) != 0;
        int result;
        String what;
        if (isRoute) {
            HostRoute route = Objects.requireNonNull(HostRoute.decode(message));
            what = "route " + name(route);
            result = refusal != 0 ? -refusal : isNew ? add(route, exclusive) : remove(route);
        } else {
            HostRule rule = Objects.requireNonNull(HostRule.decode(message));
            what = "rule " + rule.priority();
            result = refusal != 0 ? -refusal : isNew ? add(rule) : remove(rule);
        }
        if (result == 0 || result == -refusal) {
            log.add((isNew ? "add " : "remove ") + what);
        }
        return result;
    }

    /** Lists everything of the family. */
    void dump(NetlinkReader message, NetlinkWriter out) {
        int family = message.payloadByte(0);
        if (message.type() == Netlink.RTM_GETROUTE) {
            routes.stream()
                    .map(HostRoute::message)
                    .filter(bytes -> bytes[0] == family)
                    .forEach(bytes -> write(out, Netlink.RTM_NEWROUTE, message, bytes));
        } else {
            rules.stream()
                    .map(HostRule::message)
                    .filter(bytes -> bytes[0] == family)
                    .forEach(bytes -> write(out, Netlink.RTM_NEWRULE, message, bytes));
        }
    }

    private static void write(NetlinkWriter out, int type, NetlinkReader request, byte[] bytes) {
        out.message(type, 2, request.sequence()).payload(bytes).end();
    }

    /** IPv4 routes to one destination stand before each other; an IPv6 route joins the one that is there. */
    private int add(HostRoute route, boolean exclusive) {
        boolean occupied = routes.stream().anyMatch(other -> collide(other, route));
        boolean there = routes.stream().anyMatch(other -> same(other, route));
        if (there || occupied && exclusive) {
            return -Errno.EEXIST;
        }
        routes.add(0, route);
        return 0;
    }

    private int remove(HostRoute route) {
        return routes.removeIf(other -> same(other, route)) ? 0 : -Errno.ESRCH;
    }

    private int add(HostRule rule) {
        if (rules.stream().anyMatch(other -> Arrays.equals(other.message(), rule.message()))) {
            return -Errno.EEXIST;
        }
        rules.add(rule);
        return 0;
    }

    private int remove(HostRule rule) {
        return rules.removeIf(other -> Arrays.equals(other.message(), rule.message()))
                ? 0
                : -Errno.ENOENT;
    }

    private static boolean collide(HostRoute a, HostRoute b) {
        return a.destination().equals(b.destination())
                && a.table() == b.table()
                && a.metric() == b.metric();
    }

    private static boolean same(HostRoute a, HostRoute b) {
        return collide(a, b)
                && a.protocol() == b.protocol()
                && a.kind() == b.kind()
                && Objects.equals(a.gateway(), b.gateway());
    }

    private static String name(HostRoute route) {
        return route.destination() + (route.gateway() == null ? "" : " via " + route.gateway());
    }
}

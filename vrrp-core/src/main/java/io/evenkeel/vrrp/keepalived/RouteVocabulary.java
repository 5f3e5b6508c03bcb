package io.evenkeel.vrrp.keepalived;

/** The words of routes and rules. */
final class RouteVocabulary {
    static final Vocabulary ROUTE =
            Vocabulary.of("a route")
                    .value(
                            "to",
                            "The destination: a prefix, an address, `default` or `default6`. The word itself may be left out.")
                    .value("via", "The gateway, of the destination's family.")
                    .value("gw", "The same as `via`.")
                    .value(
                            "dev",
                            "The interface. Without it the kernel finds that of the gateway; a route with neither is refused, where keepalived fails to add it.")
                    .value("oif", "The same as `dev`.")
                    .value(
                            "src",
                            "The source address of packets that are bound to none, such as a virtual address.")
                    .value("table", "A number, `main`, `local` or `default`; default `main`.")
                    .value("metric", "0 to 4294967295; default 0, which IPv6 takes as 1024.")
                    .value("priority", "The same as `metric`.")
                    .value("preference", "The same as `metric`.")
                    .value(
                            "scope",
                            "`global`, `site`, `link`, `host`, `nowhere` or a number. Default: `link` for IPv4 without a gateway, as with `ip route`, else `global`, which keepalived always has.")
                    .value("mtu", "Bytes, 68 to 65535; `lock` is refused.")
                    .value(
                            "protocol",
                            "1 to 255, `boot` or `static`; default 112, by which Evenkeel knows what a crash left behind.")
                    .flag("onlink", "The gateway is on the device's link though no route says so.")
                    .flag("inet", "The route is IPv4, which `default` is without it.")
                    .flag("inet6", "The route is IPv6.")
                    .flag("unicast", "The default.")
                    .flag("blackhole", "Packets are dropped without a word.")
                    .flag("unreachable", "Packets are dropped, and their sender is told so.")
                    .flag(
                            "prohibit",
                            "Packets are dropped, and their sender is told that it is forbidden.")
                    .flag("throw", "The next rule decides.")
                    .ignored("a route that is missing is put back in any case", "no_track")
                    .refused(
                            "a route has one way here; write one gateway",
                            "nexthop",
                            "or",
                            "weight")
                    .refused("routes are not tracked in groups; remove it", "track_group")
                    .refused(
                            "routes are told apart by table and metric; remove it",
                            "tos",
                            "dsfield")
                    .refused("write the number of the VRF's table behind 'table'", "vrf")
                    .refused(
                            "a route is put before others to the same destination, or has a metric",
                            "append")
                    .refused(
                            "the source of packets is for rules; write a virtual_rules line",
                            "from")
                    .refused(
                            "the kernel's own values of TCP and IP hold; remove it, or add the route with 'ip route' in a notify script",
                            "advmss",
                            "congctl",
                            "cwnd",
                            "fastopen_no_cookie",
                            "features",
                            "hoplimit",
                            "initcwnd",
                            "initrwnd",
                            "quickack",
                            "realms",
                            "reordering",
                            "rto_min",
                            "rtt",
                            "rttvar",
                            "ssthresh",
                            "window")
                    .refused(
                            "such routes are not added; remove it, or add the route with 'ip route' in a notify script",
                            "anycast",
                            "as",
                            "broadcast",
                            "encap",
                            "expires",
                            "local",
                            "multicast",
                            "nat",
                            "pref",
                            "ttl-propagate")
                    .build();

    static final Vocabulary RULE =
            Vocabulary.of("a rule")
                    .value(
                            "from",
                            "The sources: a prefix, an address or `all`, which is the default.")
                    .value("to", "The destinations, as in `from`.")
                    .value("table", "A number, `main`, `local` or `default`.")
                    .value("lookup", "The same as `table`.")
                    .value(
                            "priority",
                            "1 to 4294967295. Without it a rule gets 16384, and the next ones of the file and the family one less each, with a warning, as with keepalived.")
                    .value("preference", "The same as `priority`.")
                    .value("order", "The same as `priority`.")
                    .value("iif", "The interface that packets came in on.")
                    .value("dev", "The same as `iif`.")
                    .value("oif", "The interface that the socket is bound to.")
                    .value(
                            "fwmark",
                            "The mark of the firewall, with a mask behind a slash or all bits.")
                    .value("tos", "The type of service: decimal, or hexadecimal with 0x.")
                    .value("dsfield", "The same as `tos`.")
                    .value(
                            "suppress_prefixlength",
                            "Routes with a prefix of this length or shorter do not count.")
                    .flag("not", "The rule is for packets that do not fit.")
                    .flag("inet", "The rule is IPv4, which it is without an address.")
                    .flag("inet6", "The rule is IPv6.")
                    .flag("blackhole", "Packets are dropped without a word.")
                    .flag("unreachable", "Packets are dropped, and their sender is told so.")
                    .flag(
                            "prohibit",
                            "Packets are dropped, and their sender is told that it is forbidden.")
                    .ignored("a rule that is missing is put back in any case", "no_track")
                    .refused("rules are not tracked in groups; remove it", "track_group")
                    .refused(
                            "rules carry the number 112, by which Evenkeel knows what a crash left behind; remove it",
                            "protocol")
                    .refused(
                            "such rules are not added; remove it, or add the rule with 'ip rule' in a notify script",
                            "dport",
                            "goto",
                            "ip_proto",
                            "ipproto",
                            "l3mdev",
                            "nop",
                            "realms",
                            "sport",
                            "suppress_ifgroup",
                            "tun_id",
                            "type",
                            "uidrange")
                    .build();

    private RouteVocabulary() {}
}

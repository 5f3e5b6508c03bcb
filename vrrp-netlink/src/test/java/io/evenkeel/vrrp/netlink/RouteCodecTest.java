package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.IpPrefix;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRule;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Routes and rules in rtnetlink byte by byte, as a little-endian kernel reads and writes them. */
class RouteCodecTest {
    private static final IpPrefix NET = IpPrefix.around(IpAddress.parse("198.51.100.0"), 24);

    @Test
    void aRouteOfTheMainTableHasDestinationGatewayDeviceAndSource() {
        VirtualRoute route =
                VirtualRoute.to(NET)
                        .via(IpAddress.parse("10.9.0.7"))
                        .device("eth0")
                        .source(IpAddress.parse("10.9.0.100"))
                        .build();
        assertEquals(
                Hex.lines(
                        // length 68, RTM_NEWROUTE, REQUEST|ACK|EXCL|CREATE, sequence 7
                        "44000000 18000506 07000000 00000000",
                        // AF_INET, /24; main table, protocol 112, global, RTN_UNICAST; no flags
                        "02180000 fe700001 00000000",
                        // RTA_DST, RTA_GATEWAY, RTA_OIF, RTA_PREFSRC, RTA_TABLE
                        "08000100 c6336400 08000500 0a090007 08000400 05000000",
                        "08000700 0a090064 08000f00 fe000000"),
                added(route, 5));
    }

    @Test
    void aRouteWithEverythingElse() {
        VirtualRoute route =
                VirtualRoute.to(IpPrefix.ALL_IPV4)
                        .via(IpAddress.parse("10.9.0.7"))
                        .device("eth0")
                        .table(1000)
                        .metric(0xffff_fffeL)
                        .onlink(true)
                        .mtu(1400)
                        .protocol(4)
                        .build();
        assertEquals(
                Hex.lines(
                        "48000000 18000506 07000000 00000000",
                        // the table is in its attribute; RTNH_F_ONLINK; a default route has no
                        // RTA_DST
                        "02000000 fc040001 04000000",
                        "08000500 0a090007 08000400 05000000",
                        // RTA_PRIORITY, RTA_METRICS with RTAX_MTU
                        "08000600 feffffff 0c000800 08000200 78050000",
                        "08000f00 e8030000"),
                added(route, 5));
    }

    @Test
    void aRouteThatDropsAndARouteOnTheLink() {
        VirtualRoute blackhole = VirtualRoute.to(NET).type(VirtualRoute.Type.BLACKHOLE).build();
        assertEquals(
                Hex.lines(
                        "2c000000 18000506 07000000 00000000",
                        // RTN_BLACKHOLE
                        "02180000 fe700006 00000000",
                        "08000100 c6336400 08000f00 fe000000"),
                added(blackhole, 0));
        VirtualRoute link = VirtualRoute.to(NET).device("eth0").build();
        assertTrue(added(link, 5).contains("02180000 fe70fd01"), "scope link");
        assertEquals(1, RouteRequest.kind(VirtualRoute.Type.UNICAST));
        assertEquals(7, RouteRequest.kind(VirtualRoute.Type.UNREACHABLE));
        assertEquals(8, RouteRequest.kind(VirtualRoute.Type.PROHIBIT));
        assertEquals(9, RouteRequest.kind(VirtualRoute.Type.THROW));
    }

    @Test
    void removingAnIpv6RouteNamesExactlyOne() {
        ByteBuffer out = Hex.buffer(128);
        VirtualRoute route =
                VirtualRoute.to(IpPrefix.around(IpAddress.parse("2001:db8::"), 32))
                        .via(IpAddress.parse("fe80::7"))
                        .device("eth0")
                        .build();
        RouteRequest.encode(new NetlinkWriter(out), Netlink.RTM_DELROUTE, 0, 9, route, 5);
        assertEquals(
                Hex.lines(
                        "54000000 19000500 09000000 00000000",
                        "0a200000 fe700001 00000000",
                        "14000100 20010db8 00000000 00000000 00000000",
                        "14000500 fe800000 00000000 00000000 00000007",
                        "08000400 05000000 08000f00 fe000000"),
                Hex.of(out));
    }

    @Test
    void aRuleHasItsTableAndOurNumber() {
        VirtualRule rule = VirtualRule.of(true, 100).from(NET).table(1000).build();
        assertEquals(
                Hex.lines(
                        "3c000000 20000506 07000000 00000000",
                        // AF_INET, to /0, from /24; the table is in its attribute; FR_ACT_TO_TBL
                        "02001800 00000001 00000000",
                        // FRA_SRC, FRA_PRIORITY, FRA_TABLE, FRA_PROTOCOL
                        "08000200 c6336400 08000600 64000000",
                        "08000f00 e8030000 05001500 70000000"),
                added(rule));
    }

    @Test
    void aRuleWithEverythingElse() {
        VirtualRule rule =
                VirtualRule.of(false, 0xffff_ffffL)
                        .to(IpPrefix.around(IpAddress.parse("2001:db8::"), 32))
                        .inverted(true)
                        .inputInterface("eth0")
                        .outputInterface("lo")
                        .mark(0x10, 0xff)
                        .tos(0x10)
                        .table(254)
                        .suppressPrefixLength(0)
                        .build();
        assertEquals(
                Hex.lines(
                        "74000000 20000506 07000000 00000000",
                        // AF_INET6, to /32, tos; FIB_RULE_INVERT
                        "0a200010 00000001 02000000",
                        "14000100 20010db8 00000000 00000000 00000000",
                        // FRA_IIFNAME, FRA_OIFNAME
                        "09000300 65746830 00000000 07001100 6c6f0000",
                        "08000600 ffffffff 08000a00 10000000 08001000 ff000000",
                        // FRA_TABLE, FRA_SUPPRESS_PREFIXLEN, FRA_PROTOCOL
                        "08000f00 fe000000 08000e00 00000000 05001500 70000000"),
                added(rule));
    }

    @Test
    void aRuleThatDropsLooksIntoNoTable() {
        VirtualRule rule = VirtualRule.of(true, 100).action(VirtualRule.Action.PROHIBIT).build();
        assertEquals(
                Hex.lines(
                        "2c000000 20000506 07000000 00000000",
                        "02000000 00000008 00000000",
                        "08000600 64000000 05001500 70000000"),
                added(rule));
    }

    @Test
    void listsAskForOneTableOrOneProtocolOfOneFamily() {
        ByteBuffer routes = Hex.buffer(64);
        RouteRequest.encodeDump(new NetlinkWriter(routes), 3, true, 1000, 0);
        assertEquals(
                "24000000 1a000103 03000000 00000000 02000000 fc000000 00000000 08000f00 e8030000",
                Hex.of(routes));
        ByteBuffer ours = Hex.buffer(64);
        RouteRequest.encodeDump(new NetlinkWriter(ours), 3, false, 0, 112);
        assertEquals(
                "1c000000 1a000103 03000000 00000000 0a000000 00700000 00000000", Hex.of(ours));
        ByteBuffer rules = Hex.buffer(64);
        RuleRequest.encodeDump(new NetlinkWriter(rules), 3, true);
        assertEquals(
                "1c000000 22000103 03000000 00000000 02000000 00000000 00000000", Hex.of(rules));
    }

    @Test
    void whatTheKernelSaysOfARouteIsComparedWithAConfiguredOne() {
        NetlinkReader in =
                read(
                        "4c000000 18000200 07000000 00000000",
                        "02180000 fe040001 00000000",
                        "08000f00 fe000000 08000100 c6336400 08000600 05000000",
                        "08000500 0a090007 08000400 05000000 08000700 0a090064");
        assertTrue(in.nextMessage());
        HostRoute found = HostRoute.decode(in);
        assertNotNull(found);
        assertEquals("198.51.100.0/24 via 10.9.0.7 table 254 metric 5 proto 4", found.toString());
        VirtualRoute.Builder route =
                VirtualRoute.to(NET).via(IpAddress.parse("10.9.0.7")).metric(5);
        assertTrue(found.collidesWith(route.build()));
        assertTrue(found.leadsWhere(route.build(), 0));
        assertTrue(found.leadsWhere(route.build(), 5));
        assertFalse(found.leadsWhere(route.build(), 6));
        assertFalse(found.leadsWhere(route.source(IpAddress.parse("10.9.0.1")).build(), 5));
        assertFalse(found.collidesWith(route.metric(6).build()));
        assertFalse(found.collidesWith(route.metric(5).table(100).build()));
    }

    @Test
    void whatTheKernelSaysOfARuleHasPriorityTableAndProtocol() {
        NetlinkReader in =
                read(
                        "3c000000 20000200 07000000 00000000",
                        "02001800 fc000001 00000000",
                        "08000f00 e8030000 08000200 c6336400",
                        "08000600 64000000 05001500 70000000");
        assertTrue(in.nextMessage());
        HostRule found = HostRule.decode(in);
        assertNotNull(found);
        assertTrue(found.ipv4());
        assertEquals(100, found.priority());
        assertEquals(1000, found.table());
        assertEquals(VirtualRoute.EVENKEEL_PROTOCOL, found.protocol());
        assertEquals(44, found.message().length);
    }

    private static String added(VirtualRoute route, int index) {
        ByteBuffer out = Hex.buffer(256);
        RouteRequest.encode(
                new NetlinkWriter(out),
                Netlink.RTM_NEWROUTE,
                Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL,
                7,
                route,
                index);
        return Hex.of(out);
    }

    private static String added(VirtualRule rule) {
        ByteBuffer out = Hex.buffer(256);
        RuleRequest.encode(
                new NetlinkWriter(out),
                Netlink.RTM_NEWRULE,
                Netlink.NLM_F_CREATE | Netlink.NLM_F_EXCL,
                7,
                rule);
        return Hex.of(out);
    }

    private static NetlinkReader read(String... hex) {
        ByteBuffer bytes = Hex.bytes(Hex.lines(hex));
        return new NetlinkReader(bytes, bytes.capacity());
    }
}

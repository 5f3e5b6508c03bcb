package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.IpPrefix;
import io.evenkeel.vrrp.VirtualRoute;
import io.evenkeel.vrrp.VirtualRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the lines of virtual_routes and virtual_rules mean; refusals and warnings are in the golden tables. */
class RoutesAndRulesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "198.51.100.0/24 via 192.0.2.1 | 198.51.100.0/24 via 192.0.2.1",
                "198.51.100.0/24 gw 192.0.2.1 dev eth1 | 198.51.100.0/24 via 192.0.2.1 dev eth1",
                "src 192.0.2.10 to 198.51.100.0/24 via 192.0.2.1 dev eth0 | 198.51.100.0/24 via 192.0.2.1 dev eth0 src 192.0.2.10",
                "198.51.100.7 dev eth1 | 198.51.100.7 dev eth1",
                "198.51.100.7/32 oif eth1 priority 5 | 198.51.100.7 dev eth1 metric 5",
                "0.0.0.0/0 gw 192.0.2.1 table 100 | default via 192.0.2.1 table 100",
                "default via 192.0.2.1 metric 0x10 | default via 192.0.2.1 metric 16",
                "default via 2001:db8::1 | ::/0 via 2001:db8::1",
                "default6 dev eth1 | ::/0 dev eth1",
                "inet6 default dev eth1 | ::/0 dev eth1",
                "inet default dev eth1 | default dev eth1",
                "2001:db8:1::/64 via fe80::1 dev eth1 | 2001:db8:1::/64 via fe80::1 dev eth1",
                "blackhole 198.51.100.0/24 | blackhole 198.51.100.0/24",
                "unreachable 198.51.100.0/24 table local | unreachable 198.51.100.0/24 table 255",
                "198.51.100.0/24 prohibit preference 4294967295 | prohibit 198.51.100.0/24 metric 4294967295",
                "throw 2001:db8::/32 table default | throw 2001:db8::/32 table 253",
                "198.51.100.0/24 via 203.0.113.1 dev eth1 onlink mtu 1400 | 198.51.100.0/24 via 203.0.113.1 dev eth1 onlink mtu 1400",
                "unicast 198.51.100.0/24 dev eth1 protocol static | 198.51.100.0/24 dev eth1 proto 4",
            })
    void aRouteMeansWhatIpRouteSays(String line, String meaning) {
        assertEquals(List.of(meaning), routes(line).stream().map(VirtualRoute::toString).toList());
    }

    @Test
    void aRouteWithoutAGatewayIsOfTheLinksScopeUnlessItSaysOtherwise() {
        assertEquals(253, routes("198.51.100.0/24 dev eth1").get(0).scope());
        assertEquals(0, routes("198.51.100.0/24 via 192.0.2.1").get(0).scope());
        assertEquals(0, routes("198.51.100.0/24 dev eth1 scope global").get(0).scope());
        assertEquals(200, routes("198.51.100.0/24 dev eth1 scope 200").get(0).scope());
        assertEquals(0, routes("blackhole 198.51.100.0/24").get(0).scope());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from 192.0.2.0/24 table 100 priority 5 | from 192.0.2.0/24 table 100 priority 5",
                "priority 5 from 192.0.2.0/24 lookup main | from 192.0.2.0/24 table 254 priority 5",
                "to 2001:db8::/32 table 0x64 order 5 | inet6 from all to 2001:db8::/32 table 100 priority 5",
                "from all iif eth0 oif eth1 table 100 preference 5 | from all iif eth0 oif eth1 table 100 priority 5",
                "inet6 dev eth0 table 100 priority 5 | inet6 from all iif eth0 table 100 priority 5",
                "not from 192.0.2.7 fwmark 16 prohibit priority 5 | not from 192.0.2.7 fwmark 0x10/0xffffffff prohibit priority 5",
                "fwmark 0x10/0xf0 tos 0x10 blackhole priority 5 | from all tos 0x10 fwmark 0x10/0xf0 blackhole priority 5",
                "table main suppress_prefixlength 0 priority 5 | from all table 254 suppress_prefixlength 0 priority 5",
                "from any unreachable priority 4294967295 | from all unreachable priority 4294967295",
            })
    void aRuleMeansWhatIpRuleSays(String line, String meaning) {
        assertEquals(
                List.of(meaning),
                read("virtual_rules", line).routers().get(0).host().rules().stream()
                        .map(VirtualRule::toString)
                        .toList());
    }

    @Test
    void rulesWithoutAPriorityAreNumberedDownwardsThroughTheFilePerFamily() {
        KeepalivedConfig config =
                KeepalivedConfigReader.read(
                        "keepalived.conf",
                        "static_rules {\nfrom 192.0.2.1 table 1\nfrom 2001:db8::1 table 1\n}\n"
                                + instance("virtual_rules", "from 192.0.2.2 table 1"));
        assertEquals(
                List.of(16_384L, 16_384L),
                config.staticRules().stream().map(VirtualRule::priority).toList());
        assertEquals(16_383, config.routers().get(0).host().rules().get(0).priority());
    }

    @Test
    void staticRoutesAreThoseOfNoRouter() {
        KeepalivedConfig config =
                KeepalivedConfigReader.read(
                        "keepalived.conf",
                        "static_routes {\n198.51.100.0/24 via 192.0.2.1\n}\n"
                                + instance("virtual_routes", "blackhole 198.51.101.0/24"));
        IpPrefix destination = IpPrefix.around(IpAddress.parse("198.51.100.0"), 24);
        VirtualRoute route = VirtualRoute.to(destination).via(IpAddress.parse("192.0.2.1")).build();
        assertEquals(List.of(route), config.staticRoutes());
        assertEquals(1, config.routers().get(0).host().routes().size());
    }

    private static List<VirtualRoute> routes(String line) {
        return read("virtual_routes", line).routers().get(0).host().routes();
    }

    private static KeepalivedConfig read(String block, String line) {
        return KeepalivedConfigReader.read("keepalived.conf", instance(block, line));
    }

    private static String instance(String block, String line) {
        return """
        vrrp_instance A {
            interface eth0
            virtual_router_id 51
            priority 100
            virtual_ipaddress {
                192.0.2.10
            }
            %s {
                %s
            }
        }
        """
                .formatted(block, line);
    }
}

package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prefixes, routes and rules as a program writes them; the golden tables of the reader have what they refuse. */
class RouteValuesTest {
    private static final IpAddress GATEWAY = IpAddress.parse("192.0.2.1");

    @ParameterizedTest
    @CsvSource({
        "198.51.100.77, 24, 198.51.100.0/24",
        "198.51.100.77, 32, 198.51.100.77",
        "198.51.100.77, 1, 128.0.0.0/1",
        "198.51.100.77, 0, default",
        "2001:db8:1:2:3:4:5:6, 48, 2001:db8:1::/48",
        "2001:db8:1:2:3:4:5:6, 64, 2001:db8:1:2::/64",
        "2001:db8:1:2:3:4:5:6, 112, 2001:db8:1:2:3:4:5:0/112",
        "2001:db8:1:2:3:4:5:6, 128, 2001:db8:1:2:3:4:5:6",
    })
    void aPrefixAroundAnAddressHasItsFirstBitsAlone(String address, int length, String prefix) {
        assertEquals(prefix, IpPrefix.around(IpAddress.parse(address), length).toString());
    }

    @Test
    void aPrefixWithBitsBehindItIsRefusedWithWhatWouldBeRight() {
        assertEquals(
                "The address of 198.51.100.7/24 has bits behind its prefix; write 198.51.100.0/24, or 198.51.100.7 for this address alone.",
                problem(() -> new IpPrefix(IpAddress.parse("198.51.100.7"), 24)));
        assertEquals(
                "The prefix length of 198.51.100.7 is 33; it must be 0..32.",
                problem(() -> IpPrefix.around(IpAddress.parse("198.51.100.7"), 33)));
    }

    @Test
    void routesCollideByDestinationTableAndMetric() {
        VirtualRoute route = to("198.51.100.0/24").via(GATEWAY).build();
        assertTrue(route.collidesWith(to("198.51.100.0/24").device("eth1").build()));
        assertFalse(route.collidesWith(to("198.51.100.0/25").via(GATEWAY).build()));
        assertFalse(route.collidesWith(to("198.51.100.0/24").via(GATEWAY).table(5).build()));
        assertFalse(route.collidesWith(to("198.51.100.0/24").via(GATEWAY).metric(1024).build()));
        VirtualRoute ipv6 = to("2001:db8::/32").device("eth1").build();
        assertTrue(ipv6.collidesWith(to("2001:db8::/32").device("eth2").metric(1024).build()));
        assertEquals(1024, ipv6.effectiveMetric());
        assertEquals(0, route.effectiveMetric());
    }

    @Test
    void aRouterHasNoRouteAndNoRuleTwice() {
        VirtualRule rule = VirtualRule.of(true, 5).table(100).build();
        HostSettings host =
                HostSettings.NONE
                        .withRoutes(
                                List.of(
                                        to("198.51.100.0/24").via(GATEWAY).build(),
                                        to("198.51.100.0/24").device("eth1").build()))
                        .withRules(List.of(rule, rule));
        InvalidConfigException refused =
                assertThrows(
                        InvalidConfigException.class,
                        () ->
                                VirtualRouterConfig.builder("VI_1")
                                        .virtualRouterId(51)
                                        .interfaceName("eth0")
                                        .addresses(List.of(VirtualAddress.of(GATEWAY)))
                                        .host(host)
                                        .build());
        assertEquals(
                List.of("host.routes[1]", "host.rules[1]"),
                refused.problems().stream().map(ConfigProblem::path).toList());
    }

    @Test
    void theSameRuleTwiceIsOne() {
        assertEquals(
                VirtualRule.of(true, 5).from(prefix("192.0.2.0/24")).mark(1, 1).table(7).build(),
                VirtualRule.of(true, 5).from(prefix("192.0.2.0/24")).mark(1, 1).table(7).build());
        assertEquals(
                "The priority of the rule is 0; it must be 1..4294967295.",
                problem(() -> VirtualRule.of(true, 0).table(7).build()));
    }

    private static String problem(org.junit.jupiter.api.function.Executable maker) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, maker).getMessage());
    }

    private static VirtualRoute.Builder to(String destination) {
        return VirtualRoute.to(prefix(destination));
    }

    private static IpPrefix prefix(String text) {
        String[] parts = text.split("/");
        return new IpPrefix(IpAddress.parse(parts[0]), Integer.parseInt(parts[1]));
    }
}

package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 9568, section 6.1: the parameters and their ranges. */
class VirtualRouterConfigTest {

    private static VirtualAddress address(String text) {
        return VirtualAddress.of(IpAddress.parse(text));
    }

    private static List<String> paths(VirtualRouterConfig.Builder builder) {
        InvalidConfigException refused = assertThrows(InvalidConfigException.class, builder::build);
        return refused.problems().stream().map(ConfigProblem::path).toList();
    }

    @Test
    void everyProblemIsNamedAtOnce() {
        VirtualRouterConfig.Builder builder =
                VirtualRouterConfig.builder(" ")
                        .virtualRouterId(256)
                        .interfaceName("a name with spaces")
                        .priority(0)
                        .advertisementInterval(Duration.ofMillis(5))
                        .authentication(Authentication.password("42"))
                        .trackers(List.of(new Tracker("a", 1), new Tracker("a", 2)))
                        .startDelay(Duration.ofSeconds(-1));
        assertEquals(
                List.of(
                        "name",
                        "virtualRouterId",
                        "interfaceName",
                        "priority",
                        "advertisementInterval",
                        "addresses",
                        "authentication",
                        "trackers[1]",
                        "startDelay"),
                paths(builder));
    }

    @Test
    void whatHasNoDefaultMustBeGiven() {
        assertEquals(
                List.of("virtualRouterId", "interfaceName", "addresses"),
                paths(VirtualRouterConfig.builder("VI_1")));
    }

    @ParameterizedTest(name = "VRID {0}, priority {1}: {2}")
    @CsvSource({
        "1,   1,   true",
        "255, 255, true",
        "0,   100, false",
        "256, 100, false",
        "-1, 100, false",
        "51,  0,   false",
        "51, 256, false",
        "51, -1, false",
    })
    void identifiersHaveTheirRanges(int virtualRouterId, int priority, boolean valid) {
        // RFC 9568, sections 5.2.3 and 5.2.4.
        VirtualRouterConfig.Builder builder =
                Packets.router().virtualRouterId(virtualRouterId).priority(priority);
        if (valid) {
            assertEquals(priority, builder.build().priority());
        } else {
            assertEquals(1, paths(builder).size());
        }
    }

    @ParameterizedTest(name = "{0}: {1} is valid: {2}")
    @CsvSource({
        "V3, PT0.01S,   true",
        "V3, PT1S,      true",
        "V3, PT40.95S,  true",
        "V3, PT0S,      false",
        "V3, PT0.005S,  false",
        "V3, PT0.015S,  false",
        "V3, PT40.96S,  false",
        "V3, PT-1S,     false",
        "V3, PT9999999999S, false",
        "V2, PT1S,      true",
        "V2, PT255S,    true",
        "V2, PT0.4S,    false",
        "V2, PT0.5S,    false",
        "V2, PT1.5S,    false",
        "V2, PT256S,    false",
        "V2, PT0S,      false",
        "V2, PT-1S,     false",
    })
    void anIntervalThatTheVersionCannotCarryIsRefusedAndNeverRounded(
            VrrpVersion version, Duration interval, boolean valid) {
        VirtualRouterConfig.Builder builder =
                Packets.router().version(version).advertisementInterval(interval);
        if (valid) {
            assertEquals(interval.toNanos(), builder.build().advertisementIntervalNanos());
        } else {
            assertEquals(List.of("advertisementInterval"), paths(builder));
        }
    }

    private static List<VirtualAddress> manyIpv6(int count) {
        return IntStream.range(1, count + 1).mapToObj(i -> address("fe80::" + i)).toList();
    }

    static Stream<Arguments> addressLists() {
        List<VirtualAddress> most =
                IntStream.range(0, 255).mapToObj(i -> address("10.8.0." + i)).toList();
        List<VirtualAddress> more =
                Stream.concat(most.stream(), Stream.of(address("10.8.1.0"))).toList();
        return Stream.of(
                Arguments.of("255 addresses", most, List.of(), List.of()),
                Arguments.of("256 addresses", more, List.of(), List.of("addresses")),
                Arguments.of("none", List.of(), List.of(), List.of("addresses")),
                Arguments.of(
                        "one twice",
                        List.of(address("10.8.0.1"), address("10.8.0.1")),
                        List.of(),
                        List.of("addresses[1]")),
                Arguments.of(
                        "advertised and excluded",
                        List.of(address("10.8.0.1")),
                        List.of(address("10.8.0.1")),
                        List.of("excludedAddresses[0]")),
                Arguments.of(
                        "IPv6",
                        List.of(address("fe80::1"), address("2001:db8::1")),
                        List.of(),
                        List.of()),
                Arguments.of(
                        "IPv6 with no link-local address first (erratum 8300)",
                        List.of(address("2001:db8::1"), address("fe80::1")),
                        List.of(),
                        List.of("addresses[0]")),
                Arguments.of(
                        "two families",
                        List.of(address("10.8.0.1"), address("fe80::1")),
                        List.of(),
                        List.of("addresses[1]")),
                Arguments.of(
                        "another family among the excluded",
                        List.of(address("10.8.0.1")),
                        List.of(address("fe80::1")),
                        List.of()),
                Arguments.of(
                        "90 IPv6 addresses fit 1500 bytes", manyIpv6(90), List.of(), List.of()),
                Arguments.of("91 do not", manyIpv6(91), List.of(), List.of("addresses")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("addressLists")
    void addressesFitIntoAnAdvertisementAndAreUnique(
            String name,
            List<VirtualAddress> addresses,
            List<VirtualAddress> excluded,
            List<String> problems) {
        VirtualRouterConfig.Builder builder =
                Packets.router().addresses(addresses).excludedAddresses(excluded);
        if (problems.isEmpty()) {
            assertEquals(addresses, builder.build().addresses());
        } else {
            assertEquals(problems, paths(builder));
        }
    }

    @Test
    void anOwnerThatWaitsIsAContradiction() {
        assertEquals(
                List.of("preemption"),
                paths(Packets.router().priority(255).preemption(Preemption.NEVER)));
        assertEquals(
                List.of("preemption"),
                paths(
                        Packets.router()
                                .priority(255)
                                .preemption(Preemption.after(Duration.ofSeconds(1)))));
    }

    static Stream<Arguments> contradictions() {
        VirtualAddress ipv6 = address("fe80::100");
        UnicastPeer peer = UnicastPeer.of(IpAddress.parse("10.9.0.2"));
        HmacAuthentication hmac = HmacAuthentication.enforcing(HmacKey.of(1, new byte[32]));
        return Stream.of(
                contradiction(
                        "IPv6 by version 2",
                        b -> b.version(VrrpVersion.V2).addresses(List.of(ipv6)),
                        "version"),
                contradiction(
                        "IPv6 addresses, IPv4 peers",
                        b ->
                                b.addresses(List.of(ipv6))
                                        .destinations(Destinations.unicast(List.of(peer))),
                        "destinations"),
                contradiction(
                        "IPv4 addresses, IPv6 group",
                        b -> b.destinations(Destinations.multicast(IpAddress.parse("ff02::1212"))),
                        "destinations"),
                contradiction(
                        "a source of the other family",
                        b -> b.sourceAddress(IpAddress.parse("fe80::1")),
                        "sourceAddress"),
                contradiction(
                        "a source that is multicast",
                        b -> b.sourceAddress(IpAddress.parse("224.0.0.1")),
                        "sourceAddress"),
                contradiction(
                        "a peer that is the source",
                        b ->
                                b.sourceAddress(peer.address())
                                        .destinations(Destinations.unicast(List.of(peer))),
                        "destinations"),
                contradiction("no silent interval", b -> b.downTimerAdverts(0), "downTimerAdverts"),
                contradiction("101 of them", b -> b.downTimerAdverts(101), "downTimerAdverts"),
                contradiction("a tiny MTU", b -> b.mtu(575), "mtu"),
                contradiction("a huge MTU", b -> b.mtu(65_536), "mtu"),
                contradiction(
                        "a password and a signature",
                        b ->
                                b.version(VrrpVersion.V2)
                                        .authentication(Authentication.password("42"))
                                        .hmac(hmac),
                        "hmac"));
    }

    private static Arguments contradiction(
            String name, UnaryOperator<VirtualRouterConfig.Builder> change, String path) {
        return Arguments.of(name, change, path);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("contradictions")
    void aContradictionIsRefused(
            String name, UnaryOperator<VirtualRouterConfig.Builder> change, String path) {
        assertEquals(List.of(path), paths(change.apply(Packets.router())));
    }

    @Test
    void aSignatureTakesRoomInThePacket() {
        VirtualRouterConfig.Builder builder =
                Packets.router()
                        .addresses(manyIpv6(90))
                        .hmac(HmacAuthentication.enforcing(HmacKey.of(1, new byte[32])));
        assertEquals(List.of("addresses"), paths(builder));
        assertEquals(89, builder.addresses(manyIpv6(89)).build().addresses().size());
    }

    @Test
    void aPasswordNeedsVersion2() {
        VirtualRouterConfig.Builder builder =
                Packets.router().authentication(Authentication.password("42"));
        assertEquals(List.of("authentication"), paths(builder));
        assertEquals(1, builder.version(VrrpVersion.V2).build().authentication().type());
    }

    @Test
    void theMessageSaysWhatIsWrongAndWhatWouldBeRight() {
        InvalidConfigException refused =
                assertThrows(
                        InvalidConfigException.class,
                        () ->
                                Packets.router()
                                        .version(VrrpVersion.V2)
                                        .advertisementInterval(Duration.ofMillis(500))
                                        .build());
        assertEquals(
                "Virtual router 'A': advertisementInterval: The advertisement interval is 0.5 s;"
                        + " version 2 carries whole seconds, 1..255. Version 3 carries 0.01..40.95 s.",
                refused.getMessage());
    }
}

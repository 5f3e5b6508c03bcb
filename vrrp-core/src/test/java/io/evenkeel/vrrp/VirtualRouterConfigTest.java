package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
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
                        "IPv6", List.of(address("fe80::1")), List.of(), List.of("addresses[0]")));
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

    @Test
    void aConfigurationIsAValue() {
        VirtualRouterConfig config =
                Packets.router()
                        .version(VrrpVersion.V2)
                        .priority(150)
                        .advertisementInterval(Duration.ofSeconds(3))
                        .excludedAddresses(List.of(address("10.9.0.101")))
                        .preemption(Preemption.after(Duration.ofSeconds(9)))
                        .authentication(Authentication.password("secret"))
                        .trackers(List.of(new Tracker("check", -2)))
                        .startDelay(Duration.ofSeconds(7))
                        .announcements(
                                AnnouncementPolicy.DEFAULT.withBurst(3, Duration.ofSeconds(1)))
                        .fastHandover(false)
                        .strict(true)
                        .build();
        assertEquals(config, config.toBuilder().build());
        assertEquals(config.hashCode(), config.toBuilder().build().hashCode());
        assertNotEquals(config, config.toBuilder().priority(151).build());
        assertFalse(config.toString().contains("secret"));
        assertFalse(config.authentication().toString().contains("secret"));
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal("empty password", () -> Authentication.password("")),
                refusal("long password", () -> Authentication.password("123456789")),
                refusal("password with NUL", () -> Authentication.password("a\0b")),
                refusal("weight 254", () -> new Tracker("a", 254)),
                refusal("weight -254", () -> new Tracker("a", -254)),
                refusal("nameless tracker", () -> new Tracker("", 0)),
                refusal("negative delay", () -> Preemption.after(Duration.ofNanos(-1))),
                refusal(
                        "endless delay",
                        () -> Preemption.after(Duration.ofSeconds(Long.MAX_VALUE))),
                refusal("/33", () -> VirtualAddress.of(IpAddress.parse("10.0.0.1"), 33)),
                refusal("/0", () -> VirtualAddress.of(IpAddress.parse("10.0.0.1"), 0)),
                refusal("/129", () -> VirtualAddress.of(IpAddress.parse("fe80::1"), 129)),
                refusal("multicast", () -> address("224.0.0.1")),
                refusal("0.0.0.0", () -> address("0.0.0.0")),
                refusal("label", () -> virtualAddress("eth0", "longer than fifteen", null)),
                refusal("device", () -> virtualAddress("eth 0", null, null)),
                refusal("broadcast", () -> virtualAddress("eth0", null, "fe80::1")),
                refusal(
                        "101 announcements",
                        () -> AnnouncementPolicy.DEFAULT.withBurst(101, Duration.ZERO)),
                refusal(
                        "negative refresh",
                        () -> AnnouncementPolicy.DEFAULT.withRefresh(Duration.ofNanos(-1), 1)),
                refusal(
                        "refresh of none",
                        () -> AnnouncementPolicy.DEFAULT.withRefresh(Duration.ofSeconds(1), 0)),
                refusal("script without command", () -> script(List.of(), 1, 1, 0, 1, 1)),
                refusal("script interval 0", () -> script(List.of("true"), 0, 1, 0, 1, 1)),
                refusal("script timeout 0", () -> script(List.of("true"), 1, 0, 0, 1, 1)),
                refusal("script weight", () -> script(List.of("true"), 1, 1, 255, 1, 1)),
                refusal("script rise 0", () -> script(List.of("true"), 1, 1, 0, 0, 1)),
                refusal("script fall 0", () -> script(List.of("true"), 1, 1, 0, 1, 0)));
    }

    private static Arguments refusal(String name, Runnable maker) {
        return Arguments.of(name, maker);
    }

    private static VirtualAddress virtualAddress(String device, String label, String broadcast) {
        return new VirtualAddress(
                IpAddress.parse("10.0.0.1"),
                24,
                device,
                label,
                broadcast == null ? null : IpAddress.parse(broadcast));
    }

    private static VrrpScript script(
            List<String> command, long interval, long timeout, int weight, int rise, int fall) {
        return new VrrpScript("check", command, interval, timeout, weight, rise, fall, false);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusals")
    void aValueOutOfRangeIsRefusedInASentence(String name, Runnable maker) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, maker::run);
        assertTrue(refused.getMessage().endsWith("."), refused.getMessage());
    }

    @Test
    void aDelayOfZeroIsImmediatePreemption() {
        assertEquals(Preemption.IMMEDIATE, Preemption.after(Duration.ZERO));
        assertEquals(5_000_000_000L, Preemption.after(Duration.ofSeconds(5)).delayNanos());
        assertFalse(Preemption.NEVER.isEnabled());
    }
}

package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Configurations and what they are made of are values: compared, copied, and refused when out of range. */
class ConfigValuesTest {

    private static VirtualAddress address(String text) {
        return VirtualAddress.of(IpAddress.parse(text));
    }

    @Test
    void whatAPeerIsKnownByStaysForARoutersLife() {
        VirtualRouterConfig config = Packets.router().build();
        assertTrue(config.sameRouter(config.toBuilder().priority(7).build()));
        assertFalse(config.sameRouter(config.toBuilder().virtualRouterId(7).build()));
        assertFalse(config.sameRouter(config.toBuilder().interfaceName("eth1").build()));
        assertFalse(config.sameRouter(config.toBuilder().version(VrrpVersion.V2).build()));
        assertFalse(
                config.sameRouter(
                        config.toBuilder().addresses(List.of(address("fe80::1"))).build()));
        Destinations group = Destinations.multicast(IpAddress.parse("224.0.0.118"));
        assertFalse(config.sameRouter(config.toBuilder().destinations(group).build()));
        Destinations one =
                Destinations.unicast(List.of(UnicastPeer.of(IpAddress.parse("10.9.0.2"))));
        Destinations two =
                Destinations.unicast(List.of(UnicastPeer.of(IpAddress.parse("10.9.0.3"))));
        VirtualRouterConfig unicast = config.toBuilder().destinations(one).build();
        assertFalse(config.sameRouter(unicast));
        assertTrue(unicast.sameRouter(unicast.toBuilder().destinations(two).build()));
    }

    static Stream<Arguments> properties() {
        return Stream.of(
                property("virtualRouterId", b -> b.virtualRouterId(52)),
                property("interfaceName", b -> b.interfaceName("eth1")),
                property("version", b -> b.version(VrrpVersion.V2)),
                property("priority", b -> b.priority(101)),
                property(
                        "advertisementInterval",
                        b -> b.advertisementInterval(Duration.ofSeconds(2))),
                property("downTimerAdverts", b -> b.downTimerAdverts(4)),
                property("addresses", b -> b.addresses(List.of(address("10.9.0.99")))),
                property(
                        "excludedAddresses",
                        b -> b.excludedAddresses(List.of(address("10.9.0.99")))),
                property(
                        "destinations",
                        b ->
                                b.destinations(
                                        Destinations.multicast(IpAddress.parse("224.0.0.118")))),
                property("sourceAddress", b -> b.sourceAddress(IpAddress.parse("10.9.0.9"))),
                property("preemption", b -> b.preemption(Preemption.NEVER)),
                property(
                        "hmac",
                        b -> b.hmac(HmacAuthentication.enforcing(HmacKey.of(1, new byte[32])))),
                property("trackers", b -> b.trackers(List.of(Tracker.fatal("check")))),
                property("startDelay", b -> b.startDelay(Duration.ofSeconds(1))),
                property(
                        "announcements",
                        b ->
                                b.announcements(
                                        AnnouncementPolicy.DEFAULT.withBurst(1, Duration.ZERO))),
                property("acceptMode", b -> b.acceptMode(false)),
                property("fastHandover", b -> b.fastHandover(false)),
                property("pauseReaction", b -> b.pauseReaction(PauseReaction.YIELD)),
                property("checksumMode", b -> b.checksumMode(ChecksumMode.AUTO)),
                property("answersLower", b -> b.answersLower(false)),
                property("strict", b -> b.strict(true)),
                property("trailerTolerated", b -> b.trailerTolerated(true)),
                property("linkLocalFirst", b -> b.linkLocalFirst(false)),
                property("mtu", b -> b.mtu(9000)));
    }

    private static Arguments property(
            String name, UnaryOperator<VirtualRouterConfig.Builder> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("properties")
    void everyPropertyIsKeptByACopyAndMakesADifference(
            String name, UnaryOperator<VirtualRouterConfig.Builder> change) {
        VirtualRouterConfig usual = Packets.router().build();
        VirtualRouterConfig changed = change.apply(Packets.router()).build();
        assertNotEquals(usual, changed);
        assertEquals(changed, changed.toBuilder().build());
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
                refusal("weight 255", () -> new Tracker("a", 255)),
                refusal("weight -255", () -> new Tracker("a", -255)),
                refusal("nameless tracker", () -> new Tracker("", 0)),
                refusal("negative deadline", () -> new Tracker("a", 1, false, -1)),
                refusal("key id 0", () -> HmacKey.of(0, new byte[32])),
                refusal("key id 256", () -> HmacKey.of(256, new byte[32])),
                refusal("short key", () -> HmacKey.of(1, new byte[31])),
                refusal("long key", () -> HmacKey.of(1, new byte[65])),
                refusal(
                        "no key of the active id",
                        () -> hmac(List.of(HmacKey.of(1, new byte[32])), 2, 0)),
                refusal(
                        "one key id twice",
                        () ->
                                hmac(
                                        List.of(
                                                HmacKey.of(1, new byte[32]),
                                                HmacKey.of(1, new byte[33])),
                                        1,
                                        0)),
                refusal("window 301", () -> hmac(List.of(HmacKey.of(1, new byte[32])), 1, 301)),
                refusal("no peer", () -> Destinations.unicast(List.of())),
                refusal("a peer twice", () -> peers("10.9.0.2", "10.9.0.2")),
                refusal("peers of two families", () -> peers("10.9.0.2", "fe80::2")),
                refusal("a peer that is multicast", () -> peers("224.0.0.18")),
                refusal(
                        "a TTL range that is none",
                        () -> new UnicastPeer(IpAddress.parse("10.9.0.2"), 200, 100)),
                refusal(
                        "a group that is none",
                        () -> Destinations.multicast(IpAddress.parse("10.9.0.2"))),
                refusal("TTL 0", () -> peers("10.9.0.2").withTtl(0)),
                refusal("TTL of multicast", () -> Destinations.MULTICAST.withTtl(64)),
                refusal("a group of one", () -> new SyncGroupConfig("VG", List.of("A"))),
                refusal("a member twice", () -> new SyncGroupConfig("VG", List.of("A", "A"))),
                refusal("a nameless group", () -> new SyncGroupConfig("", List.of("A", "B"))),
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

    private static HmacAuthentication hmac(List<HmacKey> keys, int activeKey, int window) {
        return new HmacAuthentication(
                keys,
                activeKey,
                HmacAuthentication.Mode.ENFORCE,
                HmacAuthentication.ReplayCheck.TIME,
                window);
    }

    private static Destinations peers(String... addresses) {
        return Destinations.unicast(
                Stream.of(addresses).map(IpAddress::parse).map(UnicastPeer::of).toList());
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

package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The small values of a configuration: equal if and only if they say the same, and in their ranges. */
class ValuesTest {

    private static final IpAddress ADDRESS = IpAddress.parse("10.9.0.100");

    private static byte[] secret(int length, int last) {
        byte[] secret = new byte[length];
        secret[length - 1] = (byte) last;
        return secret;
    }

    private static UnicastPeer peer(String address) {
        return UnicastPeer.of(IpAddress.parse(address));
    }

    private static Supplier<Object> value(Supplier<Object> maker) {
        return maker;
    }

    /** Within a row each maker makes another value. */
    static Stream<List<Supplier<Object>>> kinds() {
        return Stream.of(
                List.of(
                        value(() -> HmacKey.of(1, secret(32, 1))),
                        value(() -> HmacKey.of(1, secret(32, 2))),
                        value(() -> HmacKey.of(2, secret(32, 1)))),
                List.of(
                        value(() -> Authentication.NONE),
                        value(() -> Authentication.password("abc")),
                        value(() -> Authentication.password("abd"))),
                List.of(
                        value(() -> Preemption.IMMEDIATE),
                        value(() -> Preemption.NEVER),
                        value(() -> Preemption.after(Duration.ofSeconds(5)))),
                List.of(
                        value(() -> Destinations.MULTICAST),
                        value(() -> Destinations.multicast(IpAddress.parse("224.0.0.19"))),
                        value(() -> Destinations.unicast(List.of(peer("10.9.0.2")))),
                        value(() -> Destinations.unicast(List.of(peer("10.9.0.3")))),
                        value(() -> Destinations.unicast(List.of(peer("10.9.0.2"))).onlyPeers()),
                        value(() -> Destinations.unicast(List.of(peer("10.9.0.2"))).withTtl(9))),
                List.of(
                        value(() -> IpAddress.parse("10.9.0.1")),
                        value(() -> IpAddress.parse("10.9.0.2")),
                        value(() -> IpAddress.parse("::a09:1")),
                        value(() -> IpAddress.parse("1::a09:1"))),
                List.of(
                        value(() -> Packets.router().build()),
                        value(() -> Packets.router().priority(99).build())));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void valuesAreEqualIfTheySayTheSame(List<Supplier<Object>> makers) {
        for (int i = 0; i < makers.size(); i++) {
            Object value = makers.get(i).get();
            assertEquals(value, makers.get(i).get());
            assertEquals(value.hashCode(), makers.get(i).get().hashCode());
            assertNotEquals(value, "another thing");
            for (int j = 0; j < makers.size(); j++) {
                if (i != j) {
                    assertNotEquals(value, makers.get(j).get());
                    assertNotEquals(value.hashCode(), makers.get(j).get().hashCode());
                }
            }
        }
    }

    @Test
    void whatTheySayOfThemselves() {
        assertEquals("NONE", Authentication.NONE.toString());
        assertEquals("PASSWORD", Authentication.password("abc").toString());
        assertEquals("IMMEDIATE", Preemption.IMMEDIATE.toString());
        assertEquals("NEVER", Preemption.NEVER.toString());
        assertEquals("AFTER PT5S", Preemption.after(Duration.ofSeconds(5)).toString());
        assertEquals("10.9.0.100/32", VirtualAddress.of(ADDRESS).toString());
        VirtualAddress elsewhere = new VirtualAddress(ADDRESS, 24, "eth1", null, null);
        assertEquals("10.9.0.100/24 dev eth1", elsewhere.toString());
        Destinations group = Destinations.multicast(IpAddress.parse("224.0.0.19"));
        assertEquals("multicast 224.0.0.19", group.toString());
    }

    @Test
    void whatAConfigurationWasGivenItHas() {
        IpAddress source = IpAddress.parse("10.9.0.7");
        Destinations peers = Destinations.unicast(List.of(peer("10.9.0.2"))).withTtl(9);
        VirtualRouterConfig config =
                Packets.router().sourceAddress(source).mtu(1400).destinations(peers).build();
        assertEquals(source, config.sourceAddress());
        assertEquals(1400, config.mtu());
        assertEquals(9, config.destinations().ttl());
        assertEquals(255, Destinations.MULTICAST.ttl());
        String text = Packets.router().build().toString();
        assertEquals("A (VRID 51 on eth0, V3, priority 100, [10.9.0.100/32])", text);
    }

    private static Supplier<Object> peer(int min, int max) {
        return () -> new UnicastPeer(ADDRESS, min, max);
    }

    private static Supplier<Object> address(String label, String broadcast, String of) {
        IpAddress parsed = broadcast.isEmpty() ? null : IpAddress.parse(broadcast);
        String name = label.isEmpty() ? null : label;
        return () -> new VirtualAddress(IpAddress.parse(of), 24, null, name, parsed);
    }

    private static Supplier<Object> script(long interval, long timeout, int weight, int rise) {
        return () -> new VrrpScript("s", List.of("/x"), interval, timeout, weight, rise, 1, false);
    }

    private static Supplier<Object> window(int seconds) {
        List<HmacKey> keys = List.of(HmacKey.of(1, secret(32, 1)));
        return () ->
                new HmacAuthentication(
                        keys,
                        1,
                        HmacAuthentication.Mode.ENFORCE,
                        HmacAuthentication.ReplayCheck.TIME,
                        seconds);
    }

    private static Supplier<Object> burst(int repeat, Duration delay) {
        return () -> AnnouncementPolicy.DEFAULT.withBurst(repeat, delay);
    }

    private static Supplier<Object> ttl(int ttl) {
        return () -> Destinations.unicast(List.of(peer("10.9.0.2"))).withTtl(ttl);
    }

    static Stream<Supplier<Object>> inRange() {
        return Stream.of(
                peer(0, 255),
                peer(7, 7),
                address("fifteen-letters", "10.9.0.255", "10.9.0.100"),
                script(1, 1, 253, 1),
                script(1, 1, -253, 1),
                window(0),
                window(300),
                burst(0, Duration.ZERO),
                burst(100, Duration.ofSeconds(100_000)),
                ttl(1),
                ttl(255),
                () -> HmacKey.of(255, secret(64, 1)),
                () -> Preemption.after(Duration.ofDays(365)),
                () -> Authentication.password("8 bytes!"));
    }

    static Stream<Supplier<Object>> outOfRange() {
        return Stream.of(
                peer(-1, 255),
                peer(0, 256),
                peer(8, 7),
                () -> UnicastPeer.of(IpAddress.parse("224.0.0.18")),
                () -> UnicastPeer.of(IpAddress.parse("0.0.0.0")),
                address("sixteen-letters-", "", "10.9.0.100"),
                address(" ", "", "10.9.0.100"),
                address("", "10.9.0.255", "fe80::100"),
                address("", "fe80::ff", "10.9.0.100"),
                () -> VirtualAddress.of(ADDRESS, 0),
                () -> VirtualAddress.of(ADDRESS, 33),
                () -> new VrrpScript(" ", List.of("/x"), 1, 1, 0, 1, 1, false),
                () -> new VrrpScript("s", List.of(), 1, 1, 0, 1, 1, false),
                () -> new VrrpScript("s", List.of(" "), 1, 1, 0, 1, 1, false),
                () -> new VrrpScript("s", List.of("/x"), 1, 1, 0, 1, 0, false),
                script(0, 1, 0, 1),
                script(1, 0, 0, 1),
                script(1, 1, 254, 1),
                script(1, 1, -254, 1),
                script(1, 1, 0, 0),
                window(-1),
                window(301),
                burst(-1, Duration.ZERO),
                burst(101, Duration.ZERO),
                burst(1, Duration.ofNanos(-1)),
                burst(1, Duration.ofSeconds(100_000).plusNanos(1)),
                ttl(0),
                ttl(256),
                () -> Destinations.MULTICAST.withTtl(64),
                () -> HmacKey.of(0, secret(32, 1)),
                () -> HmacKey.of(256, secret(32, 1)),
                () -> HmacKey.of(1, secret(31, 1)),
                () -> HmacKey.of(1, secret(65, 1)),
                () -> Preemption.after(Duration.ofDays(365).plusNanos(1)),
                () -> Preemption.after(Duration.ofNanos(-1)),
                () -> Authentication.password(""),
                () -> Authentication.password("nine bytes"),
                () -> Authentication.password("a\0b"));
    }

    @ParameterizedTest
    @MethodSource("inRange")
    void whatIsInRangeIsMade(Supplier<Object> maker) {
        assertEquals(maker.get(), maker.get());
    }

    @ParameterizedTest
    @MethodSource("outOfRange")
    void whatIsOutOfRangeIsRefused(Supplier<Object> maker) {
        assertThrows(IllegalArgumentException.class, maker::get);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "eth0, true",
        "a, true",
        "fifteen-letters, true",
        "sixteen-letters-, false",
        "'', false",
        "a b, false",
        "a/b, false",
        "'a\u007f', false",
        "'a\u0080', true",
        "!, true",
    })
    void interfaceNamesAreThoseOfTheKernel(String name, boolean right) {
        String problem = InterfaceNames.problem(name);
        assertEquals(right, problem == null);
        assertEquals(!right, problem != null && problem.endsWith("."));
    }

    @ParameterizedTest(name = "{0}: link-local {1}")
    @CsvSource({
        "169.254.0.1, true",
        "169.253.255.255, false",
        "169.255.0.0, false",
        "fe80::, true",
        "febf:ffff::, true",
        "fec0::, false",
        "fe7f:ffff::, false",
    })
    void linkLocalAddressesAreKnown(String address, boolean linkLocal) {
        assertEquals(linkLocal, IpAddress.parse(address).isLinkLocal());
    }

    @Test
    void addressesAreOrderedByFamilyAndThenUnsigned() {
        List<String> ordered =
                List.of("0.0.0.1", "10.9.0.1", "200.0.0.1", "::1", "::2", "7fff::", "fe80::");
        List<IpAddress> addresses = ordered.stream().map(IpAddress::parse).toList();
        for (int i = 0; i < addresses.size(); i++) {
            for (int j = 0; j < addresses.size(); j++) {
                int sign = Integer.signum(addresses.get(i).compareTo(addresses.get(j)));
                assertEquals(
                        Integer.compare(i, j), sign, addresses.get(i) + " " + addresses.get(j));
            }
        }
    }

    @Test
    void aTrackerInvertedTwiceIsTheSame() {
        Tracker tracker = new Tracker("check", -2).withDeadline(Duration.ofSeconds(3));
        assertEquals(true, tracker.invert().inverted());
        assertEquals(tracker, tracker.invert().invert());
    }
}

package io.evenkeel.vrrp.keepalived;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.vrrp.AddressOptions;
import io.evenkeel.vrrp.ChecksumMode;
import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.HmacAuthentication;
import io.evenkeel.vrrp.HmacAuthentication.Mode;
import io.evenkeel.vrrp.HmacAuthentication.ReplayCheck;
import io.evenkeel.vrrp.HmacKey;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.PauseReaction;
import io.evenkeel.vrrp.UnicastPeer;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where an instance sends, what it signs, and how it keeps to the protocol. */
class InstanceMeaningTest {
    private static final IpAddress SECOND = IpAddress.parse("192.0.2.2");
    private static final IpAddress THIRD = IpAddress.parse("192.0.2.3");
    private static final String KEY_HEX =
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f";

    @Test
    void peersReplaceTheMulticastGroup() {
        assertEquals(
                Destinations.unicast(List.of(UnicastPeer.of(SECOND), UnicastPeer.of(THIRD))),
                instance("unicast_peer {\n192.0.2.2\n192.0.2.3\n}").destinations());
        assertEquals(
                Destinations.unicast(List.of(UnicastPeer.of(SECOND))).withTtl(64),
                instance("unicast_ttl 64\nunicast_peer {\n192.0.2.2\n}").destinations());
    }

    @Test
    void strangersAreDroppedOnDemandAndWhereATtlIsDemanded() {
        Destinations closed = Destinations.unicast(List.of(UnicastPeer.of(SECOND))).onlyPeers();
        String peer = "unicast_peer {\n192.0.2.2\n}";

        assertEquals(closed, instance("check_unicast_src\n" + peer).destinations());
        assertEquals(
                closed,
                instance("global_defs {\nvrrp_check_unicast_src\n}\n", peer).destinations());
        assertEquals(
                Destinations.unicast(List.of(new UnicastPeer(SECOND, 250, 254))).onlyPeers(),
                instance("unicast_peer {\n192.0.2.2 min_ttl 250 max_ttl 254\n}").destinations());
    }

    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "mcast_src_ip 192.0.2.7, 192.0.2.7",
        "unicast_src_ip 192.0.2.8, 192.0.2.8",
        "'mcast_src_ip 192.0.2.7\nunicast_src_ip 192.0.2.8', 192.0.2.7",
        "'mcast_src_ip 192.0.2.7\nunicast_peer {\n192.0.2.2\n}', 192.0.2.7",
        "'mcast_src_ip 192.0.2.7\nunicast_src_ip 192.0.2.8\nunicast_peer {\n192.0.2.2\n}', 192.0.2.8"
    })
    void sourceAddress(String directives, String source) {
        assertEquals(
                source.isEmpty() ? null : IpAddress.parse(source),
                instance(directives).sourceAddress());
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', multicast",
        "mcast_dst_ip 224.0.0.18, '', multicast",
        "mcast_dst_ip 224.0.0.19, '', multicast 224.0.0.19",
        "'', vrrp_mcast_group4 224.0.0.20, multicast 224.0.0.20",
        "'', vrrp_mcast_group6 ff02::20, multicast",
        "mcast_dst_ip 224.0.0.19, vrrp_mcast_group4 224.0.0.20, multicast 224.0.0.19"
    })
    void group(String directives, String globals, String destinations) {
        assertEquals(
                destinations,
                instance("global_defs {\n" + globals + "\n}\n", directives)
                        .destinations()
                        .toString());
    }

    @ParameterizedTest
    @CsvSource({
        "'', PSEUDO_HEADER",
        "v3_checksum_as_v2, MESSAGE_ONLY",
        "v3_checksum_as_v2 off, PSEUDO_HEADER",
        "'unicast_peer {\n192.0.2.2\n}', AUTO",
        "'unicast_peer {\n192.0.2.2\n}\nold_unicast_checksum', AUTO",
        "'unicast_peer {\n192.0.2.2\n}\nold_unicast_checksum never', PSEUDO_HEADER",
        "'unicast_peer {\n192.0.2.2\n}\nv3_checksum_as_v2', MESSAGE_ONLY"
    })
    void checksum(String directives, ChecksumMode mode) {
        assertEquals(mode, instance("version 3\n" + directives).checksumMode());
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', true, true, 3, false",
        "no_accept, '', false, true, 3, false",
        "'no_accept\npriority 255', '', true, true, 3, false",
        "lower_prio_no_advert, '', true, false, 3, false",
        "'', vrrp_lower_prio_no_advert, true, false, 3, false",
        "lower_prio_no_advert off, vrrp_lower_prio_no_advert, true, true, 3, false",
        "higher_prio_send_advert, vrrp_higher_prio_send_advert on, true, true, 3, false",
        "down_timer_adverts 30, '', true, true, 30, false",
        "'', vrrp_down_timer_adverts 2, true, true, 2, false",
        "down_timer_adverts 4, vrrp_down_timer_adverts 2, true, true, 4, false",
        "strict_mode, '', false, true, 3, true",
        "'strict_mode\nversion 3\naccept', '', true, true, 3, true",
        "'strict_mode\npriority 255', vrrp_version 3, true, true, 3, true",
        "strict_mode off, vrrp_strict, true, true, 3, false"
    })
    void protocol(
            String directives,
            String globals,
            boolean accept,
            boolean answersLower,
            int downTimerAdverts,
            boolean strict) {
        VirtualRouterConfig router = instance("global_defs {\n" + globals + "\n}\n", directives);

        assertEquals(accept, router.acceptMode());
        assertEquals(answersLower, router.answersLower());
        assertEquals(downTimerAdverts, router.downTimerAdverts());
        assertEquals(strict, router.strict());
    }

    @ParameterizedTest
    @CsvSource({
        "'', 5",
        "garp_master_refresh 60, 60",
        "strict_mode, 0",
        "'strict_mode\ngarp_master_refresh 0', 0"
    })
    void strictModeRefreshesNothing(String directives, long seconds) {
        assertEquals(seconds * 1_000_000_000L, instance(directives).announcements().refreshNanos());
    }

    @ParameterizedTest
    @CsvSource({
        "'', BY_PREEMPTION",
        "timer_expired_backup, BY_PREEMPTION",
        "'nopreempt\ntimer_expired_backup', YIELD",
        "'nopreempt\ntimer_expired_backup 200', YIELD"
    })
    void reactionToAPause(String directives, PauseReaction reaction) {
        assertEquals(reaction, instance(directives).pauseReaction());
    }

    @Test
    void addressesOfIpv6MakeVersionThree() {
        VirtualRouterConfig router = ipv6("fe80::10/64\n2001:db8::10 dev eth1", "");

        assertEquals(VrrpVersion.V3, router.version());
        assertEquals(true, router.linkLocalFirst());
        assertEquals(
                List.of(
                        VirtualAddress.of(IpAddress.parse("fe80::10"), 64),
                        new VirtualAddress(
                                IpAddress.parse("2001:db8::10"),
                                128,
                                "eth1",
                                null,
                                null,
                                AddressOptions.DEFAULT.withDeprecated(true))),
                router.addresses());
    }

    @Test
    void anAddressIsPutOnTheInterfaceAsItsLineSays() {
        VirtualRouterConfig router =
                instance(
                        "virtual_ipaddress_excluded {\n192.0.2.21/24 scope link noprefixroute\n"
                                + "192.0.2.22 peer 192.0.2.1/24 preferred_lft 0\n192.0.2.23 scope 77 preferred_lft forever\n"
                                + "2001:db8::1/128 preferred_lft forever\n}");

        AddressOptions usual = AddressOptions.DEFAULT;
        assertEquals(
                List.of(
                        VirtualAddress.of(IpAddress.parse("192.0.2.21"), 24)
                                .withOptions(usual.withScope(253).withoutPrefixRoute()),
                        VirtualAddress.of(IpAddress.parse("192.0.2.22"), 24)
                                .withOptions(
                                        usual.withPeer(IpAddress.parse("192.0.2.1"))
                                                .withDeprecated(true)),
                        VirtualAddress.of(IpAddress.parse("192.0.2.23"))
                                .withOptions(usual.withScope(77)),
                        VirtualAddress.of(IpAddress.parse("2001:db8::1"))),
                router.excludedAddresses());
    }

    @Test
    void theFirstLinkLocalAddressIsAdvertisedFirst() {
        VirtualRouterConfig router =
                ipv6("2001:db8::1\n2001:db8::2\nfe80::1\nfe80::2", "version 3");

        assertEquals(true, router.linkLocalFirst());
        assertEquals(
                List.of("fe80::1/128", "2001:db8::1/128", "2001:db8::2/128", "fe80::2/128"),
                router.addresses().stream().map(VirtualAddress::toString).toList());
    }

    @Test
    void withoutALinkLocalAddressNoneIsDemanded() {
        assertEquals(false, ipv6("2001:db8::1", "native_ipv6").linkLocalFirst());
    }

    @Test
    void excludedAddressesMayBeOfTheOtherFamily() {
        assertEquals(
                List.of(VirtualAddress.of(IpAddress.parse("2001:db8::1"), 64)),
                instance("virtual_ipaddress_excluded {\n2001:db8::1/64\n}").excludedAddresses());
    }

    @Test
    void familiesMayShareAnIdentifier() {
        assertEquals(
                2,
                read(
                                text("A", "192.0.2.10", "")
                                        + text("B", "fe80::10", "")
                                        + text("C", "192.0.2.11", "mcast_dst_ip 224.0.0.19")
                                                .replace("51", "52")
                                        + text("D", "192.0.2.12", "").replace("51", "52"))
                        .routers()
                        .stream()
                        .filter(r -> r.virtualRouterId() == 51)
                        .count());
    }

    @Test
    void aKeySignsAndEnforces() {
        assertEquals(
                HmacAuthentication.enforcing(key(1)),
                instance("auth_hmac {\nkey 1 hex:" + KEY_HEX + "\n}").hmac());
    }

    @Test
    void severalKeysAreTakenAndOneSigns() {
        assertEquals(
                new HmacAuthentication(
                        List.of(
                                key(1),
                                HmacKey.of(
                                        2,
                                        "abcdefghijklmnopqrstuvwxyz012345"
                                                .getBytes(StandardCharsets.US_ASCII)),
                                key(3)),
                        3,
                        Mode.RECEIVE_ONLY,
                        ReplayCheck.TIME,
                        9),
                instance(
                                "auth_hmac {\nkey 1 hex:"
                                        + KEY_HEX.toUpperCase(Locale.ROOT)
                                        + "\nkey 2 abcdefghijklmnopqrstuvwxyz012345\nkey 3 file:vrrp.key\n"
                                        + "active_key 3\nmode receive-only\nanti_replay time\ntime_window 9\n}")
                        .hmac());
    }

    @ParameterizedTest
    @CsvSource({"enforce, ENFORCE", "permissive, PERMISSIVE", "receive-only, RECEIVE_ONLY"})
    void modes(String word, Mode mode) {
        HmacAuthentication hmac =
                instance(
                                "auth_hmac {\nkey 1 hex:"
                                        + KEY_HEX
                                        + "\nanti_replay monotonic\nmode "
                                        + word
                                        + "\n}")
                        .hmac();

        assertEquals(
                new HmacAuthentication(List.of(key(1)), 1, mode, ReplayCheck.MONOTONIC, 0), hmac);
    }

    private static HmacKey key(int id) {
        byte[] secret = new byte[32];
        for (int i = 0; i < secret.length; i++) {
            secret[i] = (byte) i;
        }
        return HmacKey.of(id, secret);
    }

    private static VirtualRouterConfig instance(String directives) {
        return instance("", directives);
    }

    private static VirtualRouterConfig instance(String before, String directives) {
        return read(before + text("A", "192.0.2.10", directives)).routers().get(0);
    }

    private static VirtualRouterConfig ipv6(String addresses, String directives) {
        return read(text("A", addresses, directives)).routers().get(0);
    }

    private static KeepalivedConfig read(String text) {
        ReaderOptions options =
                ReaderOptions.NONE.withIncludes(
                        Golden.resolver(Map.of("vrrp.key", "hex:" + KEY_HEX + "\n")));
        return KeepalivedConfigReader.read(
                "keepalived.conf", text.getBytes(StandardCharsets.UTF_8), options);
    }

    private static String text(String name, String addresses, String directives) {
        return "vrrp_instance "
                + name
                + " {\ninterface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n"
                + addresses
                + "\n}\n"
                + directives
                + "\n}\n";
    }
}

package io.evenkeel.vrrp;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The configurations whose decoders and routers are fuzzed. */
final class FuzzedConfigs {

    private FuzzedConfigs() {}

    static IpAddress local(VirtualRouterConfig config) {
        return IpAddress.parse(config.isIpv4() ? "10.9.0.1" : "fe80::1");
    }

    static Map<String, VirtualRouterConfig> decoders() {
        Map<String, VirtualRouterConfig> configs = new LinkedHashMap<>();
        VirtualRouterConfig v2 = Packets.router().version(VrrpVersion.V2).build();
        VirtualRouterConfig v3 = Packets.router().build();
        VirtualRouterConfig ipv6 = ipv6("fe80::100");
        HmacAuthentication hmac = HmacAuthentication.enforcing(HmacKey.of(1, FuzzedMending.SECRET));
        HmacAuthentication permissive = hmac.withMode(HmacAuthentication.Mode.PERMISSIVE);
        configs.put("v2", v2);
        configs.put("v2 with a password", password(v2));
        configs.put("v2 strict", v2.toBuilder().strict(true).build());
        configs.put("v3", v3);
        configs.put("v3, two addresses", with(v3, "10.9.0.100", "192.0.2.200"));
        configs.put("v3 unicast", unicast(v3, false));
        configs.put("v3 unicast, peers only", unicast(v3, true));
        configs.put("v3 IPv6", ipv6);
        configs.put("v3 IPv6, two addresses", ipv6("2001:db8::100", "fe80::100"));
        configs.put("v3 signed", v3.toBuilder().hmac(hmac).build());
        configs.put("v2 signed, permissive", v2.toBuilder().hmac(permissive).build());
        configs.put("v3 IPv6 signed, monotonic", ipv6.toBuilder().hmac(monotonic(hmac)).build());
        configs.put("v3, trailer tolerated", v3.toBuilder().trailerTolerated(true).build());
        return configs;
    }

    /** Each is fuzzed as a Backup and as the Active. */
    static Map<String, VirtualRouterConfig> routers() {
        Map<String, VirtualRouterConfig> decoders = decoders();
        Map<String, VirtualRouterConfig> configs = new LinkedHashMap<>();
        configs.put("v3", decoders.get("v3"));
        VirtualRouterConfig unicast = decoders.get("v3 unicast");
        configs.put("unicast", unicast.toBuilder().checksumMode(ChecksumMode.AUTO).build());
        VirtualRouterConfig password = decoders.get("v2 with a password");
        configs.put("v2", password.toBuilder().preemption(Preemption.NEVER).build());
        VirtualRouterConfig ipv6 = decoders.get("v3 IPv6");
        configs.put("v3 IPv6", ipv6.toBuilder().pauseReaction(PauseReaction.YIELD).build());
        VirtualRouterConfig signed = decoders.get("v3 signed");
        HmacAuthentication hmac = signed.hmac();
        if (hmac == null) {
            throw new AssertionError("The signed configuration has no signature.");
        }
        configs.put(
                "v3 signed",
                signed.toBuilder()
                        .hmac(hmac.withMode(HmacAuthentication.Mode.PERMISSIVE))
                        .preemption(Preemption.after(Duration.ofSeconds(2)))
                        .build());
        return configs;
    }

    private static HmacAuthentication monotonic(HmacAuthentication hmac) {
        return new HmacAuthentication(
                hmac.keys(), 1, hmac.mode(), HmacAuthentication.ReplayCheck.MONOTONIC, 0);
    }

    private static VirtualRouterConfig password(VirtualRouterConfig config) {
        return config.toBuilder().authentication(Authentication.password("abc")).build();
    }

    private static VirtualRouterConfig unicast(VirtualRouterConfig config, boolean only) {
        UnicastPeer near = new UnicastPeer(IpAddress.parse("10.9.0.2"), 0, 255);
        UnicastPeer far = new UnicastPeer(IpAddress.parse("10.9.0.3"), 250, 254);
        Destinations peers = Destinations.unicast(List.of(near, far));
        return config.toBuilder().destinations(only ? peers.onlyPeers() : peers).build();
    }

    private static VirtualRouterConfig ipv6(String... addresses) {
        return with(Packets.router().linkLocalFirst(addresses.length == 1), addresses);
    }

    private static VirtualRouterConfig with(VirtualRouterConfig config, String... addresses) {
        return with(config.toBuilder(), addresses);
    }

    private static VirtualRouterConfig with(
            VirtualRouterConfig.Builder builder, String... addresses) {
        List<VirtualAddress> all =
                Stream.of(addresses).map(IpAddress::parse).map(VirtualAddress::of).toList();
        return builder.addresses(all).build();
    }
}

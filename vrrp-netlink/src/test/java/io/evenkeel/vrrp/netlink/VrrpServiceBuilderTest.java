package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.UnicastPeer;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpScript;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VrrpServiceBuilderTest {
    private static final AddressHolder NO_HOLDER =
            new AddressHolder() {
                @Override
                public void acquire(VirtualAddress address) {}

                @Override
                public void release(VirtualAddress address) {}
            };

    @Test
    void everyProblemIsNamedAtOnce() {
        VrrpScript script = new VrrpScript("check", List.of("true"), 1, 1, 0, 1, 1, false);
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                VrrpService.builder()
                                        .router(router("VI_1", 51, "eth0"))
                                        .router(router("VI_1", 52, "eth0"))
                                        .router(router("VI_2", 51, "eth0"))
                                        .scripts(List.of(script, script))
                                        .build());
        assertEquals(
                "The VRRP service cannot be built: two virtual routers are named VI_1; the virtual routers VI_1 and VI_2 both have VRID 51 on eth0, choose another VRID for one of them; two scripts are named check.",
                refused.getMessage());
    }

    @Test
    void twoVirtualMacsOnOneInterfaceAreRefused() {
        HostSettings host = HostSettings.NONE.withVirtualMac(VirtualMac.on("vmac0"));
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                VrrpService.builder()
                                        .router(with(host, router("VI_1", 51, "eth0")))
                                        .router(with(host, router("VI_2", 52, "eth0")))
                                        .build());
        assertEquals(
                "The VRRP service cannot be built: the virtual routers VI_1 and VI_2 both have their virtual MAC on vmac0, give the interface of one of them another name.",
                refused.getMessage());
    }

    private static VirtualRouterConfig with(HostSettings host, VirtualRouterConfig router) {
        return router.toBuilder().host(host).build();
    }

    @Test
    void theSameVridOnAnotherInterfaceIsFine() {
        VrrpService.builder()
                .routers(List.of(router("VI_1", 51, "eth0"), router("VI_2", 51, "eth1")))
                .build()
                .close();
    }

    @Test
    void theSameVridByAnotherWayIsFine() {
        VrrpService.builder()
                .router(router("VI_1", 51, "eth0"))
                .router(
                        router("VI_2", 51, "eth0").toBuilder()
                                .destinations(Destinations.multicast(IpAddress.parse("224.0.0.19")))
                                .build())
                .router(unicast("VI_3", "10.9.0.2", "10.9.0.1"))
                .router(unicast("VI_4", "10.9.0.2", "10.9.0.51"))
                .build()
                .close();
    }

    @Test
    void theSameVridThatNothingElseTellsApartIsRefused() {
        HostSettings first = HostSettings.NONE.withVirtualMac(VirtualMac.on("vmac0"));
        HostSettings second =
                HostSettings.NONE.withVirtualMac(VirtualMac.on("vmac1").sendingFromParent());
        VirtualRouterConfig multicast = router("VI_1", 51, "eth0");
        VirtualRouterConfig unicast = unicast("VI_2", "10.9.0.2", null);
        assertRefused(unicast, unicast("VI_3", "10.9.0.3", null));
        assertRefused(unicast, unicast("VI_3", "10.9.0.3", "10.9.0.1"));
        assertRefused(with(first, multicast), with(second, unicast));
    }

    private static void assertRefused(VirtualRouterConfig one, VirtualRouterConfig other) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> VrrpService.builder().router(one).router(other).build());
        assertTrue(
                String.valueOf(refused.getMessage()).contains("both have VRID 51 on eth0"),
                refused.getMessage());
    }

    private static VirtualRouterConfig unicast(String name, String peer, @Nullable String source) {
        return router(name, 51, "eth0").toBuilder()
                .destinations(Destinations.unicast(List.of(UnicastPeer.of(IpAddress.parse(peer)))))
                .sourceAddress(source == null ? null : IpAddress.parse(source))
                .build();
    }

    @Test
    void theSameVridOfTheOtherFamilyIsFine() {
        VirtualRouterConfig ipv6 =
                VirtualRouterConfig.builder("VI_6")
                        .virtualRouterId(51)
                        .interfaceName("eth0")
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse("fe80::100"))))
                        .build();
        VrrpService.builder().router(router("VI_4", 51, "eth0")).router(ipv6).build().close();
    }

    @Test
    void everyProblemOfTheGroupsIsNamedAtOnce() {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                VrrpService.builder()
                                        .router(router("VI_1", 51, "eth0"))
                                        .router(router("VI_2", 52, "eth0"))
                                        .syncGroup(group("G", "VI_1", "VI_3"))
                                        .syncGroup(group("G", "VI_1", "VI_2"))
                                        .build());
        assertEquals(
                "The VRRP service cannot be built: sync group G names the virtual router VI_3, which there is not; two sync groups are named G; the virtual router VI_1 is in the sync groups G and G, leave it in one of them.",
                refused.getMessage());
    }

    private static SyncGroupConfig group(String name, String... members) {
        return new SyncGroupConfig(name, List.of(members));
    }

    @Test
    void aServiceNeedsARouter() {
        assertThrows(IllegalArgumentException.class, () -> VrrpService.builder().build());
    }

    @Test
    void aServiceThatWasNotStartedSaysSo() {
        VrrpService service = VrrpService.builder().router(router("VI_1", 51, "eth0")).build();
        assertThrows(IllegalStateException.class, service::snapshot);
        assertThrows(IllegalStateException.class, service::handover);
        service.close();
        assertThrows(IllegalStateException.class, service::start);
    }

    @Test
    void thisPlatformIsAvailable() {
        assertNull(VrrpService.unavailabilityCause());
        assertTrue(VrrpService.isAvailable());
    }

    @ParameterizedTest(name = "{0} with peer {1}")
    @CsvSource({
        "10.0.0.1, 127.0.0.3, none",
        "127.0.0.2, 10.0.0.1, none",
        "::1, 127.0.0.3, none",
        "127.0.0.2, 127.0.0.2, Two nodes",
    })
    void theLoopbackNetworkTakesDistinctLoopbackAddresses(
            String local, String peer, String reason) {
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () ->
                                VrrpNetwork.loopback(
                                        new InetSocketAddress(local, 7112),
                                        List.of(new InetSocketAddress(peer, 7113)),
                                        NO_HOLDER));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }

    private static VirtualRouterConfig router(String name, int vrid, String interfaceName) {
        return VirtualRouterConfig.builder(name)
                .virtualRouterId(vrid)
                .interfaceName(interfaceName)
                .addresses(List.of(VirtualAddress.of(IpAddress.parse("10.9.0.100"))))
                .build();
    }
}

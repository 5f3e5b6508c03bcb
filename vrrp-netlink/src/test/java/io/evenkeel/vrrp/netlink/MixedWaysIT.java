package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.Authentication;
import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.HmacAuthentication;
import io.evenkeel.vrrp.HmacKey;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.PacketRejection;
import io.evenkeel.vrrp.UnicastPeer;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpState;
import io.evenkeel.vrrp.VrrpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two services whose routers speak in all ways on one interface, so that their sockets hear each other's packets. */
@RootTest
class MixedWaysIT {
    private static final List<String> VIPS =
            List.of(
                    "10.9.0.100",
                    "10.9.0.101",
                    "fe80::100",
                    "fe80::101",
                    "10.9.0.102",
                    "10.9.0.103");

    private static final HmacKey KEY = HmacKey.of(1, new byte[32]);
    private static final int ROUTERS = 6;

    private final List<VrrpService> services = new ArrayList<>();
    private Lan lan;

    @BeforeEach
    void open() throws Exception {
        lan = new Lan(2);
    }

    @AfterEach
    void close() throws Exception {
        services.forEach(VrrpService::close);
        lan.close();
    }

    @Test
    void unicastAndMulticastOfBothFamiliesDoNotDisturbEachOther() throws Exception {
        VrrpService high = start(1, 100);
        VrrpService low = start(2, 90);
        awaitOwner(1);
        Conditions.await(
                "advertisements of every router",
                () ->
                        low.snapshot().routers().stream()
                                .allMatch(r -> r.counters().advertisementsReceived() > 3));
        for (RouterSnapshot router : low.snapshot().routers()) {
            assertEquals(0, router.counters().rejected(PacketRejection.DESTINATION), router.name());
            assertEquals(0, router.counters().rejected(PacketRejection.CHECKSUM), router.name());
            assertEquals(0, router.sendFailures(), router.name());
            assertEquals(1, router.peers().size(), router.name());
        }
        high.close();
        awaitOwner(2);
    }

    /** The kernel sends what the routers would have sent: with the right source, TTL, checksum, password and signature. */
    @Test
    void whatTheKernelSendsIsTakenOnAllWays() throws Exception {
        VrrpService high = start(1, 100);
        VrrpService low = start(2, 90);
        awaitOwner(1);
        long queuedBefore = high.snapshot().heartbeat().queued();
        List<Long> heardBefore = heard(low);
        Conditions.await(
                "queued advertisements",
                () -> high.snapshot().heartbeat().queued() - queuedBefore >= 20L * ROUTERS);
        Conditions.await(
                "several heard of each router",
                () -> {
                    List<Long> heard = heard(low);
                    return IntStream.range(0, ROUTERS)
                            .allMatch(i -> heard.get(i) - heardBefore.get(i) >= 2);
                });
        assertTrue(high.snapshot().heartbeat().inKernel());
        for (RouterSnapshot router : low.snapshot().routers()) {
            assertEquals(1, router.peers().size(), router.name());
            assertEquals(0, router.peers().get(0).rejected(), router.name());
        }
        for (RouterSnapshot router : high.snapshot().routers()) {
            assertEquals(0, router.sendFailures(), router.name());
            assertEquals(0, router.counters().lateWakeUps(), router.name());
        }
    }

    /** Which takes different destinations, or different addresses to send from. */
    @Test
    void oneVridByFourWaysIsFourRoutersThatDoNotDisturbEachOther() throws Exception {
        lan.host(1).ip("addr add 10.9.0.51/24 dev eth0");
        lan.host(2).ip("addr add 10.9.0.52/24 dev eth0");
        List<VrrpEvent> complaints = new CopyOnWriteArrayList<>();
        VrrpService high = startOneVrid(1, 100, complaints);
        VrrpService low = startOneVrid(2, 90, complaints);
        // On a busy machine an Active may be heard late.
        Conditions.await(
                "a Backup of every router, which hears its Active",
                () ->
                        low.snapshot().routers().stream()
                                .allMatch(
                                        r ->
                                                r.state() == VrrpState.BACKUP
                                                        && r.counters().advertisementsReceived()
                                                                > 3));
        for (String address : VIPS.subList(0, 2)) {
            lan.awaitOwner(1, address);
        }
        for (RouterSnapshot router : low.snapshot().routers()) {
            assertEquals(1, router.peers().size(), router.name());
        }
        assertEquals(List.of(), complaints);
        high.close();
    }

    private VrrpService startOneVrid(int host, int priority, List<VrrpEvent> complaints)
            throws Exception {
        int peer = 3 - host;
        VrrpService service =
                VrrpService.builder()
                        .router(router("usual group", 55, priority, VIPS.get(0)).build())
                        .router(
                                router("other group", 55, priority, VIPS.get(1))
                                        .destinations(
                                                Destinations.multicast(
                                                        IpAddress.parse("224.0.0.19")))
                                        .build())
                        .router(
                                router("unicast", 55, priority, VIPS.get(4))
                                        .sourceAddress(IpAddress.parse("10.9.0." + host))
                                        .destinations(to("10.9.0." + peer))
                                        .build())
                        .router(
                                router("unicast too", 55, priority, VIPS.get(5))
                                        .sourceAddress(IpAddress.parse("10.9.0.5" + host))
                                        .destinations(to("10.9.0.5" + peer))
                                        .build())
                        .listener(
                                event -> {
                                    if (event instanceof VrrpEvent.PacketRejected
                                            || event instanceof VrrpEvent.PeerDiffers) {
                                        complaints.add(event);
                                    }
                                })
                        .build();
        services.add(service);
        lan.host(host)
                .call(
                        () -> {
                            service.start();
                            return service;
                        });
        return service;
    }

    private static List<Long> heard(VrrpService service) {
        return service.snapshot().routers().stream()
                .map(router -> router.counters().advertisementsReceived())
                .toList();
    }

    private void awaitOwner(int host) throws Exception {
        for (String address : VIPS) {
            lan.awaitOwner(host, address);
        }
    }

    private VrrpService start(int host, int priority) throws Exception {
        int peer = 3 - host;
        VrrpService service =
                VrrpService.builder()
                        .router(router("multicast 4", 51, priority, VIPS.get(0)).build())
                        .router(
                                router("unicast 4", 52, priority, VIPS.get(1))
                                        .destinations(to("10.9.0." + peer))
                                        .build())
                        .router(router("multicast 6", 51, priority, VIPS.get(2)).build())
                        .router(
                                router("password", 53, priority, VIPS.get(4))
                                        .version(VrrpVersion.V2)
                                        .advertisementInterval(Duration.ofSeconds(1))
                                        .authentication(Authentication.password("secret"))
                                        .build())
                        .router(
                                router("signed", 54, priority, VIPS.get(5))
                                        .hmac(HmacAuthentication.enforcing(KEY))
                                        .build())
                        .router(
                                router("unicast 6", 52, priority, VIPS.get(3))
                                        .destinations(to("fe80::" + peer).withTtl(255))
                                        .build())
                        .build();
        services.add(service);
        lan.host(host)
                .call(
                        () -> {
                            service.start();
                            return service;
                        });
        return service;
    }

    private static Destinations to(String peer) {
        return Destinations.unicast(List.of(UnicastPeer.of(IpAddress.parse(peer)))).onlyPeers();
    }

    private static VirtualRouterConfig.Builder router(
            String name, int vrid, int priority, String address) {
        return VirtualRouterConfig.builder(name)
                .virtualRouterId(vrid)
                .interfaceName("eth0")
                .priority(priority)
                .advertisementInterval(Duration.ofMillis(100))
                .addresses(List.of(VirtualAddress.of(IpAddress.parse(address))));
    }
}

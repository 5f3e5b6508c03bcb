package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.HostSettings;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualMac;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpState;
import java.io.BufferedReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A running service on a LAN is given other routers. */
@RootTest
class ReconfigureIT {
    private static final String FIRST = "10.9.0.100";
    private static final String SECOND = "10.9.0.101";
    private static final String THIRD = "10.9.0.102";

    private final List<VrrpEvent> events = new CopyOnWriteArrayList<>();
    private Lan lan;
    private VrrpService service;

    @BeforeEach
    void open() throws Exception {
        lan = new Lan(1);
        service =
                VrrpService.builder()
                        .router(router(51, FIRST, SECOND).build())
                        .listener(events::add)
                        .build();
        lan.host(1)
                .call(
                        () -> {
                            service.start();
                            return service;
                        });
        lan.awaitAddress(1, FIRST, true);
        lan.awaitAddress(1, SECOND, true);
        // Events come after the state is to be seen.
        Conditions.await("the event of it", () -> states().contains(VrrpState.ACTIVE));
        events.clear();
    }

    @AfterEach
    void close() throws Exception {
        service.close();
        lan.close();
    }

    @Test
    void anActiveRouterGainsAndLosesAddressesAndKeepsTheOthers() throws Exception {
        Process monitor = lan.host(1).start(List.of("ip", "-o", "monitor", "address"));
        BufferedReader lines = monitor.inputReader();
        Conditions.await(
                "the monitor to listen",
                () -> {
                    lan.host(1).ip("addr add 10.9.0.249/32 dev eth0");
                    lan.host(1).ip("addr del 10.9.0.249/32 dev eth0");
                    return lines.ready();
                });
        VirtualRouterConfig next = router(51, FIRST, THIRD).build();
        service.reconfigure(List.of(next));
        lan.awaitAddress(1, THIRD, true);
        lan.awaitAddress(1, SECOND, false);
        service.reconfigure(List.of(next));
        // The last change that the monitor is to see.
        lan.host(1).ip("addr add 10.9.0.250/32 dev eth0");
        List<String> deleted = deletedUntil(lines, "10.9.0.250");
        monitor.destroy();
        assertEquals(1, deleted.size(), deleted.toString());
        assertTrue(deleted.get(0).contains(SECOND), deleted.toString());
        assertEquals(List.of(), states());
        assertTrue(lan.hasAddress(1, FIRST));
    }

    @Test
    void anAddressThatMovesToAnotherRouterStaysOnTheHost() throws Exception {
        VirtualRouterConfig both = router("VI_2", 52, THIRD).build();
        service.reconfigure(List.of(router(51, FIRST, SECOND).build(), both));
        awaitState("VI_2", VrrpState.ACTIVE);
        service.reconfigure(
                List.of(router("VI_2", 52, THIRD, SECOND).build(), router(51, FIRST).build()));
        assertTrue(lan.hasAddress(1, SECOND));
        service.reconfigure(List.of(router("VI_2", 52, THIRD, SECOND).build()));
        lan.awaitAddress(1, FIRST, false);
        assertTrue(lan.hasAddress(1, SECOND));
        assertEquals(List.of("VI_2"), names());
    }

    @Test
    void aRouterWithAnotherVirtualRouterIdStartsAnew() throws Exception {
        service.reconfigure(List.of(router(61, FIRST).build()));
        awaitState("VI_1", VrrpState.ACTIVE);
        lan.awaitAddress(1, FIRST, true);
        lan.awaitAddress(1, SECOND, false);
        Conditions.await("the last event", () -> states().contains(VrrpState.ACTIVE));
        assertEquals(List.of(VrrpState.INITIALIZE, VrrpState.BACKUP, VrrpState.ACTIVE), states());
    }

    @Test
    void whatTheHostRefusesChangesNothing() throws Exception {
        VrrpStartException refused =
                assertThrows(
                        VrrpStartException.class,
                        () ->
                                service.reconfigure(
                                        List.of(
                                                router(51, THIRD).build(),
                                                router("VI_2", 52, "10.9.0.103")
                                                        .interfaceName("eth7")
                                                        .build())));
        assertEquals("VI_2", refused.router());
        assertThrows(
                IllegalArgumentException.class,
                () ->
                        service.reconfigure(
                                List.of(router(51, THIRD).build(), router(51, FIRST).build())));
        assertEquals(List.of("VI_1"), names());
        assertTrue(lan.hasAddress(1, SECOND));
        assertFalse(lan.hasAddress(1, THIRD));
    }

    @Test
    void whatTheHostRefusesHalfwayIsFreeForOthers() throws Exception {
        // A port of a bridge can have no macvlan, which shows when it is made.
        Lan second = lan.second();
        lan.host(1).ip("link add br1 type bridge");
        lan.host(1).ip("link set eth1 master br1");
        VirtualAddress virtual =
                VirtualAddress.of(IpAddress.parse("10.10.0.100")).withDevice("eth1");
        VirtualRouterConfig wanted =
                router("VI_2", 52, "10.10.0.101")
                        .interfaceName("eth1")
                        .excludedAddresses(List.of(virtual))
                        .host(HostSettings.NONE.withVirtualMac(VirtualMac.on("vrrp.52")))
                        .build();
        assertThrows(
                VrrpStartException.class,
                () -> service.reconfigure(List.of(router(51, FIRST, SECOND).build(), wanted)));
        VirtualRouterConfig plain = router("VI_3", 53, "10.10.0.100").interfaceName("eth1").build();
        try (VrrpService other = VrrpService.builder().router(plain).build()) {
            lan.host(1)
                    .call(
                            () -> {
                                other.start();
                                return other;
                            });
            second.awaitAddress(1, "10.10.0.100", true);
        }
        second.close();
    }

    @Test
    void anotherSourceAddressIsSentFrom() throws Exception {
        lan.host(1).ip("addr add 10.9.0.77/24 dev eth0");
        IpAddress source = IpAddress.parse("10.9.0.77");
        long before = sent();
        service.reconfigure(List.of(router(51, FIRST).sourceAddress(source).build()));
        Conditions.await("advertisements", () -> sent() > before + 3);
        assertEquals(0, service.snapshot().routers().get(0).sendFailures());
        assertTrue(lan.hasAddress(1, FIRST));
    }

    private List<VrrpState> states() {
        return events.stream()
                .filter(VrrpEvent.StateChanged.class::isInstance)
                .map(event -> ((VrrpEvent.StateChanged) event).to())
                .toList();
    }

    private long sent() {
        return service.snapshot().routers().get(0).counters().advertisementsSent();
    }

    private List<String> names() {
        return service.snapshot().routers().stream().map(RouterSnapshot::name).toList();
    }

    private void awaitState(String router, VrrpState state) throws Exception {
        Conditions.await(
                router + " " + state,
                () -> service.snapshot().router(router).orElseThrow().state() == state);
    }

    /** The lines about deleted virtual addresses before the one that names the last address. */
    private static List<String> deletedUntil(BufferedReader lines, String last) throws Exception {
        return lines.lines()
                .takeWhile(line -> !line.contains(last))
                .filter(line -> line.contains("Deleted") && line.contains("10.9.0.10"))
                .toList();
    }

    private static VirtualRouterConfig.Builder router(int vrid, String... addresses) {
        return router("VI_1", vrid, addresses);
    }

    private static VirtualRouterConfig.Builder router(String name, int vrid, String... addresses) {
        return VirtualRouterConfig.builder(name)
                .virtualRouterId(vrid)
                .interfaceName("eth0")
                .advertisementInterval(Duration.ofMillis(100))
                .addresses(
                        Stream.of(addresses)
                                .map(IpAddress::parse)
                                .map(VirtualAddress::of)
                                .toList());
    }
}

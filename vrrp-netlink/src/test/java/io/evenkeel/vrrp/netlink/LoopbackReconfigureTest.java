package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.Destinations;
import io.evenkeel.vrrp.HmacAuthentication;
import io.evenkeel.vrrp.HmacKey;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.PacketRejection;
import io.evenkeel.vrrp.SyncGroupConfig;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpState;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Services of several routers on the loopback network, which become others while they run: no root needed. */
class LoopbackReconfigureTest {
    private final List<VrrpService> services = new ArrayList<>();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    private final List<VrrpEvent> events = new CopyOnWriteArrayList<>();
    private int port;

    @BeforeEach
    void findPort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            port = socket.getLocalPort();
        }
    }

    @AfterEach
    void close() {
        services.forEach(VrrpService::close);
    }

    @Test
    void theSameRoutersAgainChangeNothing() throws Exception {
        List<VirtualRouterConfig> routers =
                List.of(router("A", 51).build(), router("B", 52).build());
        VrrpService service = start(1, routers);
        awaitState(service, "A", VrrpState.ACTIVE);
        awaitState(service, "B", VrrpState.ACTIVE);
        Conditions.await("both addresses", () -> held.size() == 2);
        // Events are told by a thread of their own, after the state is visible.
        Conditions.await("the last event of both", () -> count(VrrpEvent.NobodyHeard.class) == 2);
        events.clear();
        service.reconfigure(routers);
        service.reconfigure(List.copyOf(routers));
        assertEquals(VrrpState.ACTIVE, state(service, "A"));
        assertEquals(VrrpState.ACTIVE, state(service, "B"));
        service.close();
        // A busy machine is none of the reconfiguration's doing.
        List<VrrpEvent> before =
                events.stream()
                        .takeWhile(event -> !event.sentence().contains("stopped"))
                        .filter(event -> !(event instanceof VrrpEvent.WokeLate))
                        .toList();
        assertEquals(List.of(), before);
    }

    @Test
    void routersComeAndGoAndTheOthersStay() throws Exception {
        VrrpService service = start(1, List.of(router("A", 51).build(), router("B", 52).build()));
        awaitState(service, "A", VrrpState.ACTIVE);
        awaitState(service, "B", VrrpState.ACTIVE);
        service.reconfigure(List.of(router("C", 53).build(), router("A", 51).build()));
        assertEquals(
                List.of("C", "A"),
                service.snapshot().routers().stream().map(RouterSnapshot::name).toList());
        assertEquals(VrrpState.ACTIVE, state(service, "A"));
        awaitState(service, "C", VrrpState.ACTIVE);
        Conditions.await("the addresses", () -> held.equals(Set.of(address(51), address(53))));
        assertThrows(IllegalArgumentException.class, () -> service.handover("B"));
        service.handover("C");
    }

    @Test
    void aSyncGroupIsActiveAsAWholeAndKeepsItsMembers() throws Exception {
        List<VirtualRouterConfig> routers =
                List.of(
                        router("A", 51).build(),
                        router("B", 52).trackers(List.of(Tracker.fatal("pool"))).build());
        VrrpService service =
                service(1, routers)
                        .syncGroups(List.of(new SyncGroupConfig("G", List.of("A", "B"))))
                        .build();
        service.report("pool", false);
        start(service);
        awaitState(service, "A", VrrpState.FAULT);
        service.report("pool", true);
        awaitState(service, "A", VrrpState.ACTIVE);
        awaitState(service, "B", VrrpState.ACTIVE);
        IllegalArgumentException refused =
                assertThrows(
                        IllegalArgumentException.class,
                        () -> service.reconfigure(List.of(router("A", 51).build())));
        assertTrue(
                String.valueOf(refused.getMessage())
                        .contains("sync group G names the virtual router B, which there is not"),
                refused.getMessage());
        // Another identity of one member starts both anew, with what their trackers said.
        service.reconfigure(
                List.of(
                        router("A", 61).build(),
                        router("B", 52).trackers(List.of(Tracker.fatal("pool"))).build()));
        awaitState(service, "A", VrrpState.ACTIVE);
        awaitState(service, "B", VrrpState.ACTIVE);
        service.report("pool", false);
        awaitState(service, "A", VrrpState.FAULT);
    }

    @Test
    void aNumberMovesThePriorityAndAPriorityThatWasSetEndsWithAReconfiguration() throws Exception {
        List<VirtualRouterConfig> routers =
                List.of(router("A", 51).trackers(List.of(new Tracker("load", 2))).build());
        VrrpService service = start(1, routers);
        service.report("load", -10);
        assertEquals(80, priority(service));
        service.setPriority("A", 150);
        assertEquals(130, priority(service));
        assertThrows(IllegalArgumentException.class, () -> service.setPriority("A", 256));
        assertThrows(IllegalArgumentException.class, () -> service.setPriority("Z", 100));
        service.reconfigure(routers);
        assertEquals(80, priority(service));
    }

    @Test
    void aTrackerThatIsAddedCountsWithWhatItsSourceSaidBefore() throws Exception {
        Tracker pool = new Tracker("pool", -50);
        VrrpService service =
                start(
                        1,
                        List.of(
                                router("A", 51).build(),
                                router("B", 52).trackers(List.of(pool)).build()));
        service.report("pool", false);
        service.reconfigure(
                List.of(
                        router("A", 51).trackers(List.of(pool)).build(),
                        router("C", 53).trackers(List.of(pool)).build()));
        assertEquals(
                List.of(50, 50),
                service.snapshot().routers().stream().map(RouterSnapshot::priority).toList());
    }

    @Test
    void aFatalTrackerThatIsAddedAndHealthyDoesNotMoveTheAddress() throws Exception {
        Tracker pool = Tracker.fatal("pool");
        VirtualRouterConfig other = router("B", 52).trackers(List.of(pool)).build();
        VrrpService service = start(1, List.of(router("A", 51).build(), other));
        service.report("pool", true);
        awaitState(service, "A", VrrpState.ACTIVE);
        service.reconfigure(List.of(router("A", 51).trackers(List.of(pool)).build(), other));
        assertEquals(VrrpState.ACTIVE, state(service, "A"));
        assertEquals(100, priority(service));
        assertEquals(1, snapshot(service, "A").counters().promotions());
        service.report("pool", false);
        awaitState(service, "A", VrrpState.FAULT);
    }

    @Test
    void signedRoutersElectOneAndAnUnsignedOneIsNotHeard() throws Exception {
        HmacAuthentication hmac = HmacAuthentication.enforcing(HmacKey.of(1, new byte[32]));
        VrrpService high = start(1, List.of(router("A", 51).hmac(hmac).build()));
        VrrpService low = start(2, List.of(router("A", 51).hmac(hmac).priority(90).build()));
        awaitState(high, "A", VrrpState.ACTIVE);
        Conditions.await(
                "a signed advertisement",
                () -> snapshot(low, "A").counters().advertisementsReceived() > 0);
        awaitState(low, "A", VrrpState.BACKUP);
        high.reconfigure(List.of(router("A", 51).build()));
        awaitState(low, "A", VrrpState.ACTIVE);
        high.reconfigure(List.of(router("A", 51).hmac(hmac).build()));
        awaitState(low, "A", VrrpState.BACKUP);
    }

    @Test
    void maintenanceIsInTheSnapshot() throws Exception {
        VrrpService service = start(1, List.of(router("A", 51).build()));
        awaitState(service, "A", VrrpState.ACTIVE);
        assertFalse(snapshot(service, "A").inMaintenance());
        service.setMaintenance("A", true);
        awaitState(service, "A", VrrpState.FAULT);
        assertTrue(snapshot(service, "A").inMaintenance());
        Conditions.await("no address", held::isEmpty);
        service.setMaintenance("A", false);
        awaitState(service, "A", VrrpState.ACTIVE);
    }

    @Test
    void everyRouterOfASocketLooksAtAStrangerWithItsAddress() throws Exception {
        VrrpService service = start(1, List.of(router("A", 51).build(), router("B", 52).build()));
        VirtualAddress shared = VirtualAddress.of(IpAddress.parse(address(52)));
        start(2, List.of(router("S", 99).addresses(List.of(shared)).build()));
        Conditions.await(
                "the finding",
                () ->
                        events.stream()
                                .anyMatch(
                                        event ->
                                                event.router().equals("B")
                                                        && event
                                                                instanceof
                                                                VrrpEvent.PeerDiffers differs
                                                        && differs.difference()
                                                                == VrrpEvent.Difference
                                                                        .VIRTUAL_ROUTER_ID));
        assertEquals(2, service.snapshot().routers().size());
    }

    @Test
    void aFloodOfAStrangerIsLookedAtNowAndThen() throws Exception {
        VrrpService service = start(1, List.of(router("A", 51).build(), router("B", 52).build()));
        awaitState(service, "A", VrrpState.ACTIVE);
        int packets = 200;
        // Version 3, VRID 99, priority 100, no address.
        byte[] message = {0x31, 99, 100, 0, 0, 100, 0, 0};
        try (DatagramSocket stranger = new DatagramSocket(node(2))) {
            for (int i = 0; i < packets; i++) {
                stranger.send(new DatagramPacket(message, message.length, node(1)));
            }
        }
        Conditions.await("the stranger", () -> strangers(service).get(1) > 0);
        List<Long> seen = strangers(service);
        assertEquals(seen.get(0), seen.get(1));
        assertTrue(seen.get(0) < packets / 2, "each packet was looked at");
    }

    /** The packets of other VRIDs that each router has seen. */
    private long count(Class<? extends VrrpEvent> kind) {
        return events.stream().filter(kind::isInstance).count();
    }

    private static List<Long> strangers(VrrpService service) {
        return service.snapshot().routers().stream()
                .map(router -> router.counters().rejected(PacketRejection.VIRTUAL_ROUTER_ID))
                .toList();
    }

    @Test
    void aServiceThatIsClosedIsNotReconfigured() throws Exception {
        List<VirtualRouterConfig> routers = List.of(router("A", 51).build());
        VrrpService service = start(1, routers);
        service.close();
        assertThrows(IllegalStateException.class, () -> service.reconfigure(routers));
        assertEquals(VrrpState.INITIALIZE, state(service, "A"));
    }

    @Test
    void whatTheLoopbackNetworkDoesNotCarryIsRefused() throws Exception {
        IpAddress group = IpAddress.parse("224.0.0.99");
        VirtualRouterConfig other =
                router("A", 51).destinations(Destinations.multicast(group)).build();
        VrrpService service = service(1, List.of(other)).build();
        VrrpStartException refused = assertThrows(VrrpStartException.class, service::start);
        assertEquals("A", refused.router());
        VrrpService running = start(1, List.of(router("A", 51).build()));
        assertThrows(VrrpStartException.class, () -> running.reconfigure(List.of(other)));
        awaitState(running, "A", VrrpState.ACTIVE);
    }

    private VrrpService start(int number, List<VirtualRouterConfig> routers) throws Exception {
        VrrpService service = service(number, routers).build();
        start(service);
        return service;
    }

    private void start(VrrpService service) throws Exception {
        services.add(service);
        service.start();
    }

    /** Node 1 tells what it holds and what happens. */
    private VrrpServiceBuilder service(int number, List<VirtualRouterConfig> routers) {
        AddressHolder holder =
                new AddressHolder() {
                    @Override
                    public void acquire(VirtualAddress address) {
                        if (number == 1) {
                            held.add(address.address().toString());
                        }
                    }

                    @Override
                    public void release(VirtualAddress address) {
                        if (number == 1) {
                            held.remove(address.address().toString());
                        }
                    }
                };
        List<InetSocketAddress> peers =
                Stream.of(1, 2).filter(n -> n != number).map(this::node).toList();
        return VrrpService.builder()
                .routers(routers)
                .listener(event -> events.addAll(number == 1 ? List.of(event) : List.of()))
                .network(VrrpNetwork.loopback(node(number), peers, holder));
    }

    private InetSocketAddress node(int number) {
        return new InetSocketAddress("127.79.0." + number, port);
    }

    private static RouterSnapshot snapshot(VrrpService service, String router) {
        return service.snapshot().router(router).orElseThrow();
    }

    private static VrrpState state(VrrpService service, String router) {
        return snapshot(service, router).state();
    }

    private static int priority(VrrpService service) {
        return service.snapshot().routers().get(0).priority();
    }

    private static void awaitState(VrrpService service, String router, VrrpState state)
            throws Exception {
        Conditions.await(router + " " + state, () -> state(service, router) == state);
    }

    private static String address(int vrid) {
        return "127.79.1." + vrid;
    }

    private static VirtualRouterConfig.Builder router(String name, int vrid) {
        return VirtualRouterConfig.builder(name)
                .virtualRouterId(vrid)
                .interfaceName("lo")
                .advertisementInterval(Duration.ofMillis(50))
                .addresses(List.of(VirtualAddress.of(IpAddress.parse(address(vrid)))));
    }
}

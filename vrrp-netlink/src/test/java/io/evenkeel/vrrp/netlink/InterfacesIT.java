package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.vrrp.AnnouncementPolicy;
import io.evenkeel.vrrp.InterfaceDelays;
import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.PeerSnapshot;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of an interface while two routers run, and that one of them has the address at the end. */
@RootTest
class InterfacesIT {
    private static final String VIP = "10.9.0.100";

    private final List<VrrpService> services = new ArrayList<>();
    private final List<VrrpEvent> events = new CopyOnWriteArrayList<>();
    private Lan lan;

    @BeforeEach
    void open() throws Exception {
        lan = new Lan(3);
    }

    @AfterEach
    void close() throws Exception {
        services.forEach(VrrpService::close);
        lan.close();
    }

    @Test
    void anInterfaceThatIsSwitchedOffIsAFaultUntilItIsSwitchedOn() throws Exception {
        // Case 107.
        VrrpService high = startPair();
        lan.host(1).ip("link set eth0 down");
        awaitState(high, VrrpState.FAULT);
        lan.awaitOwner(2, VIP);
        lan.host(1).ip("link set eth0 up");
        awaitState(high, VrrpState.BACKUP, VrrpState.ACTIVE);
        lan.awaitOwner(1, VIP);
    }

    @Test
    void anInterfaceThatIsRenamedIsGoneUntilItHasItsNameAgain() throws Exception {
        VrrpService high = startPair();
        rename("eth0", "lan7");
        awaitState(high, VrrpState.FAULT);
        lan.awaitOwner(2, VIP);
        Conditions.await(
                "no address on lan7 either", () -> !lan.host(1).ip("-o addr show").contains(VIP));
        rename("lan7", "eth0");
        lan.awaitOwner(1, VIP);
        awaitState(services.get(1), VrrpState.BACKUP);
    }

    @Test
    void aNewInterfaceOfTheOldNameIsTakenUpWhereTheOldOneIsStillThere() throws Exception {
        VrrpService high = startPair();
        rename("eth0", "lan7");
        lan.host(1).ip("link set lan7 down");
        lan.bridge().ip("link set port1 down");
        lan.bridge().ip("link set port1 name old1");
        lan.plugIn(1);
        lan.awaitOwner(1, VIP);
        awaitState(high, VrrpState.ACTIVE);
        awaitState(services.get(1), VrrpState.BACKUP);
        lan.bridge().ip("link del old1");
    }

    @Test
    void aBackupWhoseInterfaceIsMadeAnewHearsTheActiveAgain() throws Exception {
        // Case 108: with another index.
        startPair();
        VrrpService low = services.get(1);
        lan.host(2).ip("link del eth0");
        awaitState(low, VrrpState.FAULT);
        lan.plugIn(2);
        requireHears(low);
        lan.awaitOwner(1, VIP);
        services.get(0).close();
        lan.awaitOwner(2, VIP);
    }

    @Test
    void aBackupWhoseInterfaceIsMadeAnewWithTheSameIndexHearsTheActiveAgain() throws Exception {
        // Case 108: the index alone does not tell that the group has to be joined again.
        startPair();
        VrrpService low = services.get(1);
        String index = lan.host(2).ip("-o link show eth0").split(":")[0];
        lan.host(2).ip("link del eth0");
        lan.plugIn(2, " index " + index);
        assertEquals(index, lan.host(2).ip("-o link show eth0").split(":")[0]);
        requireHears(low);
        lan.awaitOwner(1, VIP);
    }

    @Test
    void anInterfaceThatIsMovedToAnotherNamespaceIsGoneUntilItComesBack() throws Exception {
        startPair();
        VrrpService low = services.get(1);
        // It keeps its index, since nobody else has it there.
        try (Namespace elsewhere = new Namespace()) {
            lan.host(2).ip("link set eth0 netns " + elsewhere.threadId());
            awaitState(low, VrrpState.FAULT);
            elsewhere.ip("link set eth0 netns " + lan.host(2).threadId());
        }
        lan.configure(2);
        requireHears(low);
        lan.awaitOwner(1, VIP);
        services.get(0).close();
        lan.awaitOwner(2, VIP);
    }

    @Test
    void anInterfaceThatFlapsLeavesOneOwner() throws Exception {
        VrrpService high = startPair();
        for (int i = 0; i < 15; i++) {
            lan.cut(1);
            lan.mend(1);
        }
        for (int i = 0; i < 15; i++) {
            lan.host(1).ip("link set eth0 down");
            lan.host(1).ip("link set eth0 up");
        }
        lan.awaitOwner(1, VIP);
        awaitState(high, VrrpState.ACTIVE);
        awaitState(services.get(1), VrrpState.BACKUP);
        assertEquals(0, high.snapshot().monitor().overruns());
    }

    @Test
    void aRouterWithoutAnAddressToSendFromIsInFaultUntilThereIsOne() throws Exception {
        VrrpService high = startPair();
        lan.host(1).ip("addr del 10.9.0.1/24 dev eth0");
        awaitState(high, VrrpState.FAULT);
        lan.awaitOwner(2, VIP);
        lan.host(1).ip("addr add 10.9.0.1/24 dev eth0");
        lan.awaitOwner(1, VIP);
    }

    @Test
    void anotherAddressOfTheInterfaceIsSentFrom() throws Exception {
        VrrpService high = startPair();
        lan.host(1).ip("addr add 10.9.0.71/24 dev eth0");
        lan.host(1).ip("addr del 10.9.0.1/24 dev eth0");
        // The kernel takes the secondary addresses of a network away with the primary one.
        lan.host(1).ip("addr replace 10.9.0.71/24 dev eth0");
        IpAddress address = IpAddress.parse("10.9.0.71");
        Conditions.await(
                "advertisements from the new address",
                () ->
                        services.get(1).snapshot().routers().get(0).peers().stream()
                                .map(PeerSnapshot::address)
                                .anyMatch(address::equals));
        lan.awaitOwner(1, VIP);
        awaitState(high, VrrpState.ACTIVE);
    }

    @Test
    void anotherHardwareAddressIsAnnounced() throws Exception {
        lan.host(3).run("sysctl -q -w net.ipv4.neigh.eth0.locktime=0");
        VirtualRouterConfig config =
                config(150)
                        .announcements(
                                AnnouncementPolicy.DEFAULT
                                        .withBurst(5, Duration.ZERO)
                                        .withRefresh(Duration.ZERO, 1))
                        .build();
        VrrpService service = start(1, VrrpService.builder().router(config));
        lan.awaitOwner(1, VIP);
        lan.host(3).run("ping -c 1 -W 5 " + VIP);
        lan.host(1).ip("link set eth0 address 02:00:5e:00:53:77");
        Conditions.await(
                "the neighbour to know the new hardware address",
                () -> lan.host(3).ip("neigh show " + VIP).contains("02:00:5e:00:53:77"));
        assertEquals(VrrpState.ACTIVE, service.snapshot().routers().get(0).state());
    }

    @Test
    void aShortLossOfCarrierDoesNotCountWhereItIsToLast() throws Exception {
        Duration delay = Duration.ofSeconds(3);
        VrrpServiceBuilder delayed =
                VrrpService.builder()
                        .router(config(150).advertisementInterval(Duration.ofSeconds(1)).build())
                        .interfaceDelays(List.of(new InterfaceDelays("eth0", delay.toNanos(), 0)))
                        .listener(events::add);
        VrrpService service = start(1, delayed);
        lan.awaitOwner(1, VIP);
        awaitState(service, VrrpState.ACTIVE);
        Conditions.await("the event", () -> states().contains(VrrpState.ACTIVE));
        int before = states().size();
        lan.cut(1);
        lan.mend(1);
        lan.cut(1);
        lan.mend(1);
        // What it would do by then without a delay.
        lan.host(1).ip("link set eth0 mtu 1400");
        // Longer than the delay: a loss that is not forgotten would count by then.
        long sent = service.snapshot().routers().get(0).counters().advertisementsSent();
        Conditions.await(
                "five more advertisements",
                () ->
                        service.snapshot().routers().get(0).counters().advertisementsSent()
                                >= sent + 5);
        assertEquals(before, states().size(), events.toString());
        lan.cut(1);
        awaitState(service, VrrpState.FAULT);
        Conditions.await("the event of the fault", () -> states().contains(VrrpState.FAULT));
    }

    private List<VrrpState> states() {
        return events.stream()
                .filter(VrrpEvent.StateChanged.class::isInstance)
                .map(event -> ((VrrpEvent.StateChanged) event).to())
                .toList();
    }

    private void rename(String from, String to) throws Exception {
        lan.host(1).ip("link set " + from + " down");
        lan.host(1).ip("link set " + from + " name " + to);
        lan.host(1).ip("link set " + to + " up");
    }

    /** Starts a better router on host 1, which gets the address, and another one on host 2. */
    private VrrpService startPair() throws Exception {
        VrrpService high = start(1, VrrpService.builder().router(config(150).build()));
        VrrpService low = start(2, VrrpService.builder().router(config(100).build()));
        lan.awaitOwner(1, VIP);
        awaitState(low, VrrpState.BACKUP);
        return high;
    }

    private VrrpService start(int host, VrrpServiceBuilder builder) throws Exception {
        VrrpService service = builder.build();
        services.add(service);
        lan.host(host)
                .call(
                        () -> {
                            service.start();
                            return service;
                        });
        return service;
    }

    /** A router that hears nothing would be Active by then. */
    private static void requireHears(VrrpService service) throws Exception {
        awaitState(service, VrrpState.BACKUP);
        long before = received(service);
        Conditions.await("advertisements to be heard", () -> received(service) > before + 10);
        awaitState(service, VrrpState.BACKUP);
    }

    private static long received(VrrpService service) {
        return service.snapshot().routers().get(0).counters().advertisementsReceived();
    }

    private static void awaitState(VrrpService service, VrrpState... states) throws Exception {
        Conditions.await(
                List.of(states).toString(),
                () -> List.of(states).contains(service.snapshot().routers().get(0).state()));
    }

    private static VirtualRouterConfig.Builder config(int priority) {
        return VirtualRouterConfig.builder("VI_1")
                .virtualRouterId(51)
                .interfaceName("eth0")
                .priority(priority)
                .advertisementInterval(Duration.ofMillis(100))
                .addresses(List.of(VirtualAddress.of(IpAddress.parse(VIP))));
    }
}

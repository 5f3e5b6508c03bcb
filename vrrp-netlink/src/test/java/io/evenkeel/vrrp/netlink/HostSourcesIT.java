package io.evenkeel.vrrp.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.vrrp.IpAddress;
import io.evenkeel.vrrp.NotifyScript;
import io.evenkeel.vrrp.NotifyScript.Event;
import io.evenkeel.vrrp.NotifyScript.Subject;
import io.evenkeel.vrrp.PacketRejection;
import io.evenkeel.vrrp.PeerSnapshot;
import io.evenkeel.vrrp.TrackedFile;
import io.evenkeel.vrrp.TrackedInterface;
import io.evenkeel.vrrp.TrackedProcess;
import io.evenkeel.vrrp.Tracker;
import io.evenkeel.vrrp.VirtualAddress;
import io.evenkeel.vrrp.VirtualRouterConfig;
import io.evenkeel.vrrp.VrrpEvent;
import io.evenkeel.vrrp.VrrpState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of the host moves a router, and what a router moves on the host besides its own addresses. */
@RootTest
class HostSourcesIT {
    private static final String VIP = "10.9.0.100";
    private static final IpAddress FIRST = IpAddress.parse("10.9.0.1");

    @TempDir Path directory;
    private final List<VrrpService> services = new ArrayList<>();
    private Lan lan;
    private Lan second;

    @BeforeEach
    void open() throws Exception {
        lan = new Lan(2);
        second = lan.second();
    }

    @AfterEach
    void close() throws Exception {
        services.forEach(VrrpService::close);
        second.close();
        lan.close();
    }

    private static VirtualRouterConfig.Builder config(int priority) {
        return VirtualRouterConfig.builder("VI_1")
                .virtualRouterId(51)
                .interfaceName("eth0")
                .priority(priority)
                .advertisementInterval(Duration.ofMillis(100))
                .addresses(List.of(VirtualAddress.of(IpAddress.parse(VIP))));
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

    private static void awaitState(VrrpService service, VrrpState state) throws Exception {
        Conditions.await(
                state.toString(), () -> service.snapshot().routers().get(0).state() == state);
    }

    @Test
    void aTrackedInterfaceThatLosesItsCarrierReleasesTheAddresses() throws Exception {
        TrackedInterface uplink = new TrackedInterface("eth1");
        VirtualRouterConfig tracking =
                config(150).trackers(List.of(Tracker.fatal(uplink.trackerName()))).build();
        VrrpService best =
                start(1, VrrpService.builder().router(tracking).trackedInterfaces(List.of(uplink)));
        start(2, VrrpService.builder().router(config(100).build()));
        lan.awaitOwner(1, VIP);
        second.cut(1);
        lan.awaitOwner(2, VIP);
        awaitState(best, VrrpState.FAULT);
        second.mend(1);
        lan.awaitOwner(1, VIP);
        lan.host(1).ip("link del eth1");
        lan.awaitOwner(2, VIP);
    }

    @Test
    void anAddressThatSomebodyTakesOffIsPutBackThreeTimes() throws Exception {
        List<VrrpEvent.AddressesLost> lost = new CopyOnWriteArrayList<>();
        start(
                1,
                VrrpService.builder()
                        .router(config(150).build())
                        .listener(
                                event -> {
                                    if (event instanceof VrrpEvent.AddressesLost each) {
                                        lost.add(each);
                                    }
                                }));
        start(2, VrrpService.builder().router(config(100).build()));
        lan.awaitOwner(1, VIP);
        for (int times = 1; times <= 3; times++) {
            int expected = times;
            lan.host(1).ip("addr del " + VIP + "/32 dev eth0");
            Conditions.await("the loss", () -> lost.size() == expected);
            lan.awaitOwner(1, VIP);
            assertFalse(lost.get(times - 1).givenUp());
        }
        lan.host(1).ip("addr del " + VIP + "/32 dev eth0");
        Conditions.await("the last loss", () -> lost.size() == 4);
        assertTrue(lost.get(3).givenUp());
        lan.awaitOwner(2, VIP);
    }

    @Test
    void theNumberInAFileMovesThePriority() throws Exception {
        Path file = directory.resolve("adjust");
        TrackedFile adjust = new TrackedFile("adjust", file.toString(), 1, false, 0, false);
        VirtualRouterConfig tracking =
                config(150).trackers(List.of(new Tracker(adjust.trackerName(), 1))).build();
        VrrpService best =
                start(1, VrrpService.builder().router(tracking).trackedFiles(List.of(adjust)));
        start(2, VrrpService.builder().router(config(100).build()));
        lan.awaitOwner(1, VIP);
        assertEquals("0", Files.readString(file).strip(), "the initial value was written");
        Files.writeString(file, "-60\n");
        lan.awaitOwner(2, VIP);
        assertEquals(90, best.snapshot().routers().get(0).priority());
        Files.writeString(file, "-254\n");
        awaitState(best, VrrpState.FAULT);
        Files.writeString(file, "0\n");
        lan.awaitOwner(1, VIP);
    }

    @Test
    void aProcessThatEndsReleasesTheAddresses() throws Exception {
        TrackedProcess sleeper =
                new TrackedProcess(
                        "sleeper",
                        List.of("sleep", "61.5"),
                        TrackedProcess.Match.COMMAND_LINE,
                        0,
                        false,
                        1,
                        TrackedProcess.UNLIMITED,
                        0,
                        0);
        VirtualRouterConfig tracking =
                config(150).trackers(List.of(Tracker.fatal(sleeper.trackerName()))).build();
        VrrpService service =
                start(1, VrrpService.builder().router(tracking).trackedProcesses(List.of(sleeper)));
        awaitState(service, VrrpState.FAULT);
        Process process = new ProcessBuilder("sleep", "61.5").start();
        try {
            awaitState(service, VrrpState.ACTIVE);
        } finally {
            process.destroy();
        }
        awaitState(service, VrrpState.FAULT);
        Conditions.await("no address", () -> !lan.hasAddress(1, VIP));
    }

    @Test
    void aCommandIsRunWhenTheStateChanges() throws Exception {
        Path log = directory.resolve("log");
        Path script = Files.writeString(directory.resolve("notify"), "echo \"$@\" >> " + log);
        NotifyScript any =
                new NotifyScript(
                        Subject.INSTANCE,
                        "VI_1",
                        Event.ANY,
                        List.of("/bin/sh", script.toString()),
                        null,
                        null);
        VrrpService service =
                start(
                        1,
                        VrrpService.builder()
                                .router(config(150).build())
                                .notifyScripts(List.of(any)));
        Conditions.await(
                "the command for MASTER",
                () -> Files.exists(log) && Files.readString(log).contains("MASTER"));
        service.close();
        Conditions.await("the command for STOP", () -> Files.readString(log).contains("STOP"));
        assertEquals(
                List.of(
                        "INSTANCE VI_1 BACKUP 150",
                        "INSTANCE VI_1 MASTER 150",
                        "INSTANCE VI_1 STOP 150"),
                Files.readAllLines(log));
    }

    @Test
    void aStaticAddressIsThereAsLongAsTheService() throws Exception {
        VirtualAddress address =
                new VirtualAddress(IpAddress.parse("10.10.0.77"), 24, "eth1", null, null);
        VirtualAddress own =
                new VirtualAddress(IpAddress.parse("10.10.0.1"), 24, "eth1", null, null);
        VrrpService service =
                start(
                        1,
                        VrrpService.builder()
                                .router(config(100).build())
                                .staticAddresses(List.of(address, own)));
        assertTrue(second.hasAddress(1, "10.10.0.77"));
        service.close();
        assertEquals(false, second.hasAddress(1, "10.10.0.77"));
        assertTrue(second.hasAddress(1, "10.10.0.1"), "the host's own address stays");
    }

    @Test
    void aRouterCanSendFromAStaticAddress() throws Exception {
        lan.host(1).ip("addr del 10.9.0.1/24 dev eth0");
        VirtualAddress own = new VirtualAddress(FIRST, 24, "eth0", null, null);
        VrrpService low = start(2, VrrpService.builder().router(config(90).build()));
        VrrpService high =
                start(
                        1,
                        VrrpService.builder()
                                .router(config(100).build())
                                .staticAddresses(List.of(own)));
        lan.awaitOwner(1, VIP);
        Conditions.await(
                "a Backup that hears the Active by its static address",
                () -> {
                    RouterSnapshot router = low.snapshot().routers().get(0);
                    return router.state() == VrrpState.BACKUP
                            && router.peers().stream()
                                    .map(PeerSnapshot::address)
                                    .toList()
                                    .equals(List.of(FIRST));
                });
        // Whatever becomes of the interface, this one is the host's as any other.
        lan.cut(1);
        awaitState(high, VrrpState.FAULT);
        lan.mend(1);
        lan.awaitOwner(1, VIP);
        high.close();
        lan.awaitOwner(2, VIP);
        assertFalse(lan.hasAddress(1, "10.9.0.1"));
    }

    @Test
    void aStaticAddressThatACrashLeftBehindIsTakenOffAtTheClose() throws Exception {
        VirtualAddress address =
                new VirtualAddress(IpAddress.parse("10.10.0.77"), 24, "eth1", null, null);
        lan.host(1).call(() -> leaveBehind(address));
        VrrpService service =
                start(
                        1,
                        VrrpService.builder()
                                .router(config(100).build())
                                .staticAddresses(List.of(address)));
        assertTrue(second.hasAddress(1, "10.10.0.77"));
        service.close();
        assertFalse(second.hasAddress(1, "10.10.0.77"));
    }

    @Test
    void aStartThatIsRefusedLeavesNoStaticAddress() throws Exception {
        VirtualAddress address =
                new VirtualAddress(IpAddress.parse("10.10.0.77"), 24, "eth1", null, null);
        VrrpServiceBuilder builder =
                VrrpService.builder()
                        .router(config(100).interfaceName("eth7").build())
                        .staticAddresses(List.of(address));
        assertThrows(VrrpStartException.class, () -> start(1, builder));
        Conditions.await("no address", () -> !second.hasAddress(1, "10.10.0.77"));
    }

    /** As a process does that is killed. */
    private static int leaveBehind(VirtualAddress address) {
        try (NetlinkConnection netlink = new NetlinkConnection(new LibcNetlink(new JnaLibc()))) {
            Link link =
                    Objects.requireNonNull(
                            HostView.of(netlink).link(String.valueOf(address.device())));
            int result =
                    netlink.addAddress(link.index(), address, Netlink.FOREVER, Netlink.NLM_F_EXCL);
            assertEquals(0, result);
            return result;
        }
    }

    @Test
    void aRouterOfTheSameVridOnAnotherInterfaceIsNotHeard() throws Exception {
        // RFC 9568, section 7.1: the VRID counts on the interface that it is configured on.
        VrrpService here = start(1, VrrpService.builder().router(config(100).build()));
        VirtualRouterConfig elsewhere =
                config(200)
                        .interfaceName("eth1")
                        .addresses(List.of(VirtualAddress.of(IpAddress.parse("10.10.0.100"))))
                        .build();
        VrrpService there = start(2, VrrpService.builder().router(elsewhere));
        awaitState(there, VrrpState.ACTIVE);
        awaitState(here, VrrpState.ACTIVE);
        Conditions.await(
                "ten more advertisements",
                () -> there.snapshot().routers().get(0).counters().advertisementsSent() > 10);
        var counters = here.snapshot().routers().get(0).counters();
        assertEquals(0, counters.advertisementsReceived());
        for (PacketRejection rejection : PacketRejection.values()) {
            assertEquals(0, counters.rejected(rejection), rejection.toString());
        }
    }
}

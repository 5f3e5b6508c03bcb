package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The router as its driver sees it; what it does on the wire is told in the stories. */
class VirtualRouterTest {

    private static final long SECOND = 1_000_000_000L;

    private final VirtualRouterConfig config = Packets.router().build();
    private final List<Action> actions = new ArrayList<>();
    private final VirtualRouter router = new VirtualRouter(config, actions::add);

    private ReceivedPacket advertisement(int priority, String source) {
        byte[] message = Packets.advertisement(config, priority, 100, IpAddress.parse(source));
        return Packets.packet(message, source, 255, 0);
    }

    private void start() {
        router.handleLocalAddress(IpAddress.parse("10.9.0.1"), true, 0);
        router.startup(0);
    }

    @Test
    void itCannotStartWithoutTheAddressItSendsFrom() {
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, () -> router.startup(0));
        assertTrue(refused.getMessage().contains("handleLocalAddress"), refused.getMessage());
        assertTrue(router.isStopped());
        assertEquals(List.of(), actions);
    }

    @Test
    void itCannotSendIpv4FromAnIpv6Address() {
        assertThrows(
                IllegalArgumentException.class,
                () -> router.handleLocalAddress(IpAddress.parse("fe80::1"), true, 0));
    }

    @Test
    void itCannotBeStartedTwice() {
        start();
        assertThrows(IllegalStateException.class, () -> router.startup(1));
    }

    @Test
    void itAnswersWithTheRejectionOrWithNull() {
        ReceivedPacket packet = advertisement(200, "10.9.0.2");
        assertNull(router.handlePacket(packet, 0), "not started, so it does not listen");
        start();
        assertNull(router.handlePacket(packet, 0));
        assertEquals(PacketRejection.OWN, router.handlePacket(advertisement(200, "10.9.0.1"), 0));
    }

    @Test
    void whatIsQueuedAndLostIsCancelledAndDueAgain() {
        start();
        router.handleDeadline(router.nextDeadlineNanos());
        long due = router.nextAdvertisementNanos();
        router.handleAdvertisementsQueued(3, due - SECOND);
        router.handleAdvertisementsSent(1, due);
        assertEquals(due + 3 * SECOND, router.nextAdvertisementNanos());
        actions.clear();
        router.handleAdvertisementsLost();
        assertEquals(List.of(Action.CancelAdvertisements.INSTANCE), actions);
        assertEquals(due + SECOND, router.nextAdvertisementNanos());
        router.handleAdvertisementsLost();
        assertEquals(1, actions.size(), "nothing is queued any more");
    }

    @Test
    void theEncodedAdvertisementIsWhatAPeerReads() {
        start();
        router.handleDeadline(router.nextDeadlineNanos());
        Action.SendAdvertisement sent =
                actions.stream()
                        .filter(Action.SendAdvertisement.class::isInstance)
                        .map(Action.SendAdvertisement.class::cast)
                        .findFirst()
                        .orElseThrow();
        ByteBuffer out = ByteBuffer.allocate(64);
        int length = router.encode(sent, AdvertisementCodec.IPV4_GROUP, 0, out);
        ReceivedPacket packet = new ReceivedPacket();
        packet.setIpv4(out, 0, length, 0x0a090001, Packets.GROUP, 255, 0);
        Advertisement read = new Advertisement();
        assertNull(
                new AdvertisementCodec(config)
                        .decode(packet, IpAddress.parse("10.9.0.2"), 0, read));
        assertEquals(100, read.priority());
        assertEquals(ChecksumForm.PSEUDO_HEADER, read.checksumForm());
    }

    @Test
    void itCountsWhatItDoesAndACopyStays() {
        start();
        router.handlePacket(advertisement(200, "10.9.0.2"), 0);
        router.handlePacket(advertisement(0, "10.9.0.2"), 0);
        router.handlePacket(advertisement(200, "10.9.0.1"), 0);
        router.handleDeadline(SECOND);
        router.handlePacket(advertisement(50, "10.9.0.2"), SECOND);
        RouterCounters before = router.counters().copy();
        router.shutdown(SECOND);

        assertEquals(3, before.advertisementsReceived());
        assertEquals(1, before.priorityZeroReceived());
        assertEquals(1, before.rejected(PacketRejection.OWN));
        assertEquals(1, before.promotions());
        assertEquals(1, before.contentions());
        assertEquals(2, before.advertisementsSent());
        assertEquals(0, before.priorityZeroSent());
        assertEquals(4, router.counters().advertisementsSent());
        assertEquals(1, router.counters().priorityZeroSent());
    }

    @Test
    void addressesThatMovedToAnotherHardwareAddressAreAnnouncedByTheActiveAlone() {
        start();
        router.handleAddressesMoved(config.addresses(), 0);
        assertEquals(List.of(), announcements());
        long promoted = router.nextDeadlineNanos();
        router.handleDeadline(promoted);
        int before = announcements().size();
        router.handleAddressesMoved(config.addresses(), promoted + SECOND / 2);
        assertEquals(before + 1, announcements().size());
        assertEquals(
                new Action.Announce(config.addresses(), config.announcements().repeat()),
                announcements().get(before));
    }

    private List<Action> announcements() {
        return actions.stream().filter(Action.Announce.class::isInstance).toList();
    }

    @Test
    void lateWakeUpsAreCountedWithTheLongest() {
        start();
        router.handleDeadline(router.nextDeadlineNanos() + 5 * SECOND);
        assertEquals(1, router.counters().lateWakeUps());
        assertEquals(5 * SECOND, router.counters().longestLateNanos());
    }

    @Test
    void aFloodOfInventedSourcesBringsNoFloodOfEvents() {
        start();
        actions.clear();
        for (int i = 0; i < 10_000; i++) {
            byte[] message = Packets.bytes("31 33 64 01 00 64 00 01 0a 09 00 64");
            ReceivedPacket packet =
                    Packets.packet(message, IpAddress.ofIpv4(0x0a0a0000 + i).toString(), 255, 0);
            router.handlePacket(packet, 0);
        }
        assertEquals(64, actions.size());
        assertEquals(10_000, router.counters().rejected(PacketRejection.CHECKSUM));
    }

    @Test
    void trackersReportedBeforeTheStartCountFromTheStart() {
        VirtualRouter tracked =
                new VirtualRouter(
                        Packets.router().trackers(List.of(new Tracker("check", -2))).build(),
                        actions::add);
        tracked.handleLocalAddress(IpAddress.parse("10.9.0.1"), true, 0);
        tracked.handleTracker("check", false, 0);
        assertEquals(List.of(), actions);
        assertEquals(98, tracked.effectivePriority());
    }

    @Test
    void aStepOfTheWallClockChangesNothing() {
        VirtualRouter signing =
                new VirtualRouter(
                        Packets.router()
                                .hmac(HmacAuthentication.enforcing(HmacKey.of(1, new byte[32])))
                                .build(),
                        actions::add);
        signing.handleLocalAddress(IpAddress.parse("10.9.0.1"), true, 0);
        assertThrows(IllegalStateException.class, () -> signing.startup(0), "without a wall clock");
        signing.handleWallClock(1_800_000_000L * SECOND);
        signing.startup(0);
        long hour = 3600 * SECOND;
        for (long step : new long[] {hour, -hour, 0}) {
            int before = actions.size();
            long deadline = signing.nextDeadlineNanos();
            signing.handleWallClock(1_800_000_000L * SECOND + step);
            assertEquals(before, actions.size());
            assertEquals(deadline, signing.nextDeadlineNanos());
        }
        signing.handleDeadline(signing.nextDeadlineNanos());
        assertEquals(VrrpState.ACTIVE, signing.state());
    }

    @Test
    void skewTimeIsNeverZero() {
        // Section 6.1: not even for the shortest interval and the highest priority of a Backup.
        for (int priority = 1; priority <= 254; priority++) {
            for (int centis = 1; centis <= 4095; centis++) {
                long interval = centis * 10_000_000L;
                long skew = Intervals.skewNanos(VrrpVersion.V3, priority, interval);
                assertTrue(skew > 0 && skew < interval, priority + " every " + centis + " cs");
            }
        }
    }

    @Test
    void aRouterCannotBecomeAnotherOne() {
        start();
        VirtualRouterConfig other = config.toBuilder().virtualRouterId(52).build();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> router.reconfigure(other, 0));
        assertTrue(refused.getMessage().contains("VRID 52"), refused.getMessage());
        assertThrows(InvalidConfigException.class, () -> router.setPriority(256, 0));
    }

    @Test
    void aSyncGroupTakesStoppedRoutersThatExistAndAreInNoOther() {
        VirtualRouter one = named("one");
        VirtualRouter two = named("two");
        List<VirtualRouter> routers = List.of(one, two);
        SyncGroupConfig both = new SyncGroupConfig("VG", List.of("one", "two"));
        SyncGroupConfig absent = new SyncGroupConfig("VG", List.of("one", "three"));
        assertThrows(IllegalArgumentException.class, () -> SyncGroup.of(absent, routers));
        two.startup(0);
        assertThrows(IllegalStateException.class, () -> SyncGroup.of(both, routers));
        two.shutdown(0);
        assertEquals(both, SyncGroup.of(both, routers).config());
        assertThrows(IllegalArgumentException.class, () -> SyncGroup.of(both, routers));
    }

    private VirtualRouter named(String name) {
        VirtualRouterConfig named =
                VirtualRouterConfig.builder(name)
                        .virtualRouterId(51)
                        .interfaceName("eth0")
                        .addresses(config.addresses())
                        .build();
        VirtualRouter made = new VirtualRouter(named, actions::add);
        made.handleLocalAddress(IpAddress.parse("10.9.0.1"), true, 0);
        return made;
    }
}

package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An Active with another configuration: peers hear at once what concerns them, and nothing else. */
class ReconfiguredActiveTest {

    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 30 * SECOND + SECOND / 2;

    private final List<Action> actions = new ArrayList<>();
    private VirtualRouterConfig config = Packets.router().version(VrrpVersion.V2).build();
    private VirtualRouter router = new VirtualRouter(config, actions::add);

    @BeforeEach
    void start() {
        start(config);
    }

    private void start(VirtualRouterConfig first) {
        config = first;
        router = new VirtualRouter(first, actions::add);
        router.handleLocalAddress(IpAddress.parse("10.9.0.1"), true, 0);
        router.handleWallClock(0);
        router.startup(0);
        drive(NOW);
    }

    private void drive(long until) {
        while (router.nextDeadlineNanos() <= until) {
            router.handleDeadline(router.nextDeadlineNanos());
        }
        assertEquals(VrrpState.ACTIVE, router.state());
        actions.clear();
    }

    private long sentBy(VirtualRouterConfig.Builder next) {
        actions.clear();
        router.reconfigure(next.build(), NOW);
        return actions.stream().filter(Action.SendAdvertisement.class::isInstance).count();
    }

    @Test
    void aPasswordASignatureOrAChecksumIsAdvertisedAtOnce() {
        assertEquals(1, sentBy(config.toBuilder().authentication(Authentication.password("abc"))));
        assertEquals(1, sentBy(config.toBuilder().checksumMode(ChecksumMode.MESSAGE_ONLY)));
        HmacKey key = HmacKey.of(1, new byte[32]);
        assertEquals(1, sentBy(config.toBuilder().hmac(HmacAuthentication.enforcing(key))));
        assertEquals(0, sentBy(router.config().toBuilder().pauseReaction(PauseReaction.YIELD)));
    }

    @Test
    void anotherPeerIsTold() {
        UnicastPeer one = UnicastPeer.of(IpAddress.parse("10.9.0.2"));
        UnicastPeer two = UnicastPeer.of(IpAddress.parse("10.9.0.3"));
        start(config.toBuilder().destinations(Destinations.unicast(List.of(one))).build());
        Destinations both = Destinations.unicast(List.of(one, two));
        assertEquals(1, sentBy(config.toBuilder().destinations(both)));
        assertEquals(1, sentBy(config.toBuilder().destinations(both.onlyPeers())));
    }

    @Test
    void whatStaysForARoutersLifeIsRefusedInASentence() {
        VirtualRouterConfig other = config.toBuilder().interfaceName("eth1").build();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> router.reconfigure(other, NOW));
        assertEquals(true, refused.getMessage().contains("cannot become"), refused.getMessage());
        assertEquals(config, router.config());
    }

    @Test
    void itSaysWhetherItIsInMaintenance() {
        assertEquals(false, router.isInMaintenance());
        router.setMaintenance(true, NOW);
        assertEquals(true, router.isInMaintenance());
        router.setMaintenance(false, NOW);
        assertEquals(false, router.isInMaintenance());
    }

    @Test
    void anotherRefreshIntervalCountsFromNow() {
        AnnouncementPolicy often = AnnouncementPolicy.DEFAULT.withRefresh(Duration.ofSeconds(2), 3);
        sentBy(config.toBuilder().announcements(often));
        drive(NOW + 2 * SECOND - 1);
        router.handleDeadline(NOW + 2 * SECOND);
        assertEquals(List.of(new Action.Announce(config.addresses(), 3)), actions);
    }

    @Test
    void aRefreshThatWasMissedIsDoneOnceAndNotMadeUpFor() {
        AnnouncementPolicy often =
                AnnouncementPolicy.DEFAULT.withRefresh(Duration.ofMillis(500), 1);
        sentBy(config.toBuilder().announcements(often));
        drive(NOW);
        router.handleDeadline(NOW + 2 * SECOND);
        Action.Announce refresh = new Action.Announce(config.addresses(), 1);
        assertEquals(1, actions.stream().filter(refresh::equals).count(), actions.toString());
        actions.clear();
        router.handleDeadline(NOW + 2 * SECOND + SECOND / 2 - 1);
        assertEquals(0, actions.stream().filter(refresh::equals).count(), actions.toString());
        router.handleDeadline(NOW + 2 * SECOND + SECOND / 2);
        assertEquals(1, actions.stream().filter(refresh::equals).count(), actions.toString());
    }

    @Test
    void whatAnnouncesNothingAnnouncesNothing() {
        AnnouncementPolicy silent =
                AnnouncementPolicy.DEFAULT
                        .withBurst(0, Duration.ofSeconds(1))
                        .withRefresh(Duration.ZERO, 1)
                        .withLowerPriorityBurst(0, Duration.ofSeconds(1));
        start(config.toBuilder().announcements(silent).build());
        hear(50);
        assertEquals(0, announcements(NOW + 20 * SECOND));
    }

    @Test
    void aRivalIsAnsweredWithItsOwnBurst() {
        AnnouncementPolicy policy =
                AnnouncementPolicy.DEFAULT
                        .withBurst(0, Duration.ZERO)
                        .withRefresh(Duration.ZERO, 1)
                        .withLowerPriorityBurst(3, Duration.ZERO);
        start(config.toBuilder().announcements(policy).build());
        hear(50);
        assertEquals(1, actions.stream().filter(Action.Announce.class::isInstance).count());
        assertEquals(0, announcements(NOW + 20 * SECOND), "and no second one without a delay");
    }

    private void hear(int priority) {
        byte[] message = Packets.advertisement(config, priority, 100, IpAddress.parse("10.9.0.2"));
        router.handlePacket(Packets.packet(message, "10.9.0.2", 255, NOW), NOW);
    }

    private long announcements(long until) {
        actions.clear();
        while (router.nextDeadlineNanos() <= until) {
            router.handleDeadline(router.nextDeadlineNanos());
        }
        return actions.stream().filter(Action.Announce.class::isInstance).count();
    }
}

package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Advertisements sent and received make no garbage: nothing here may bring a collection about. */
class SteadyStateAllocationTest {

    private static final long INTERVAL = 1_000_000_000L;
    private static final int ROUNDS = 50_000;

    private final ByteBuffer out = ByteBuffer.allocateDirect(1500);
    private int actions;

    private static VirtualRouterConfig config(VrrpVersion version) {
        return Packets.router()
                .version(version)
                .announcements(AnnouncementPolicy.DEFAULT.withRefresh(Duration.ofSeconds(60), 1))
                .addresses(
                        List.of(
                                VirtualAddress.of(IpAddress.parse("10.9.0.100")),
                                VirtualAddress.of(IpAddress.parse("10.9.0.101"))))
                .build();
    }

    private static VirtualRouter router(VirtualRouterConfig config, ActionSink sink) {
        VirtualRouter router = new VirtualRouter(config, sink);
        router.handleLocalAddress(IpAddress.parse("10.9.0.1"), true, 0);
        return router;
    }

    @ParameterizedTest
    @EnumSource
    void aBackupThatHearsTheActiveAllocatesNothing(VrrpVersion version) {
        VirtualRouterConfig config = config(version);
        byte[] message = Packets.advertisement(config, 200, 100, IpAddress.parse("10.9.0.2"));
        ByteBuffer buffer = ByteBuffer.allocateDirect(64).put(message);
        ReceivedPacket packet = new ReceivedPacket();
        ActionSink sink = this::perform;
        VirtualRouter router = router(config, sink);
        router.startup(0);

        long bytes =
                allocatedBytes(
                        round -> {
                            long now = round * INTERVAL;
                            packet.setIpv4(
                                    buffer, 0, message.length, 0x0a090002, Packets.GROUP, 255, now);
                            router.handlePacket(packet, now);
                        });

        assertEquals(VrrpState.BACKUP, router.state());
        assertNothing(bytes);
    }

    @ParameterizedTest
    @EnumSource
    void anActiveThatAdvertisesAndRefreshesAllocatesNothing(VrrpVersion version) {
        VirtualRouter[] self = new VirtualRouter[1];
        ActionSink sink =
                action -> {
                    actions++;
                    if (action instanceof Action.SendAdvertisement advertisement) {
                        out.clear();
                        self[0].encode(advertisement, AdvertisementCodec.IPV4_GROUP, 0, out);
                    }
                };
        VirtualRouter router = router(config(version), sink);
        self[0] = router;
        router.startup(0);

        long bytes = allocatedBytes(round -> router.handleDeadline(router.nextDeadlineNanos()));

        assertEquals(VrrpState.ACTIVE, router.state());
        assertTrue(actions > ROUNDS);
        assertNothing(bytes);
    }

    @Test
    void droppedPacketsAllocateNothingOnceTheyAreKnown() {
        VirtualRouterConfig config = config(VrrpVersion.V3);
        byte[] message = Packets.advertisement(config, 200, 100, IpAddress.parse("10.9.0.2"));
        message[6] ^= 1;
        ByteBuffer buffer = ByteBuffer.wrap(message);
        ReceivedPacket packet = new ReceivedPacket();
        ActionSink sink = this::perform;
        VirtualRouter router = router(config, sink);
        router.startup(0);

        long bytes =
                allocatedBytes(
                        round -> {
                            packet.setIpv4(
                                    buffer, 0, message.length, 0x0a090002, Packets.GROUP, 255, 0);
                            router.handlePacket(packet, 0);
                        });

        assertTrue(router.counters().rejected(PacketRejection.CHECKSUM) > ROUNDS);
        assertNothing(bytes);
    }

    private void perform(Action action) {
        actions++;
    }

    @FunctionalInterface
    private interface Round {
        void play(int round);
    }

    /** What the second half of the rounds allocated; the first half warms up. */
    private static long allocatedBytes(Round round) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        for (int i = 1; i <= ROUNDS; i++) {
            round.play(i);
        }
        long before = threads.getThreadAllocatedBytes(thread);
        for (int i = ROUNDS + 1; i <= 2 * ROUNDS; i++) {
            round.play(i);
        }
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    /** The measurement itself may cost some bytes, yet less than one for each round. */
    private static void assertNothing(long bytes) {
        assertTrue(bytes < ROUNDS / 10, ROUNDS + " rounds allocated " + bytes + " bytes");
    }
}

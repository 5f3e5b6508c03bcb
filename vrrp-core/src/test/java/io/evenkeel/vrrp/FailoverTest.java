package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Failovers by the hundred thousand: a cluster elects, its Active is lost in a way that the seed draws,
 * and the best of the others owns the addresses within the time that the protocol gives it. {@code
 * -Devenkeel.failovers=1000000} plays a million.
 */
class FailoverTest {

    private static final long FAILOVERS = Long.getLong("evenkeel.failovers", 50_000);

    /** Packets and reactions; the latency of the LAN is at most one. */
    private static final long TOLERANCE_NANOS = 3 * Lan.MILLI;

    private enum Loss {
        KILLED,
        STOPPED,
        LINK_DOWN,
        CABLE_CUT,
        HANDED_OVER,
        MAINTENANCE,
        FATAL_TRACKER
    }

    @Test
    void theBestOfTheOthersTakesOverInTime() {
        LongStream.range(0, FAILOVERS).parallel().forEach(FailoverTest::play);
    }

    private static void play(long seed) {
        try {
            failover(seed, new Lan(seed).inOrder().untraced());
        } catch (RuntimeException | AssertionError failure) {
            Lan again = new Lan(seed).inOrder();
            try {
                failover(seed, again);
            } catch (RuntimeException | AssertionError same) {
                throw new AssertionError(
                        "Seed " + seed + ": " + same.getMessage() + "\n" + again.trace(), same);
            }
            throw failure;
        }
    }

    private static void failover(long seed, Lan lan) {
        SplittableRandom random = new SplittableRandom(seed);
        long interval = (1 + random.nextInt(100)) * 10 * Lan.MILLI;
        boolean version2 = random.nextInt(4) == 0;
        if (version2) {
            interval = Lan.SECOND;
        }
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            // Priorities that are far enough apart for Skew_Time to tell them apart on this LAN.
            int priority = 250 - 60 * i - random.nextInt(10);
            lan.add(config(version2, interval, priority), "10.9.0." + (10 - i));
        }
        lan.nodes().forEach(node -> node.report("fatal", true));
        lan.nodes().forEach(LanNode::start);
        lan.run(8 * interval + 2 * Lan.SECOND);
        LanNode best = lan.nodes().get(0);
        LanNode next = lan.nodes().get(1);
        assertActive(lan, best);

        lan.run(random.nextLong(interval));
        lose(best, Loss.values()[random.nextInt(Loss.values().length)]);
        long down =
                Intervals.activeDownNanos(
                        next.router.config().version(),
                        3,
                        next.router.effectivePriority(),
                        interval);
        lan.run(down + TOLERANCE_NANOS);
        assertActive(lan, next);
    }

    private static void assertActive(Lan lan, LanNode expected) {
        assertEquals(VrrpState.ACTIVE, expected.router.state(), () -> lan.nodes().toString());
        for (LanNode node : lan.nodes()) {
            if (node.reaches(expected)) {
                assertEquals(
                        node == expected,
                        !node.owned.isEmpty(),
                        () -> "who owns the addresses: " + lan.nodes());
            }
        }
    }

    private static void lose(LanNode node, Loss loss) {
        switch (loss) {
            case KILLED -> node.kill();
            case STOPPED -> node.stop();
            case LINK_DOWN -> node.link(false);
            case CABLE_CUT -> node.mute(true);
            case HANDED_OVER -> node.handover();
            case MAINTENANCE -> node.router.setMaintenance(true, node.now());
            case FATAL_TRACKER -> node.report("fatal", false);
        }
    }

    private static VirtualRouterConfig config(boolean version2, long interval, int priority) {
        return Packets.router()
                .version(version2 ? VrrpVersion.V2 : VrrpVersion.V3)
                .advertisementInterval(Duration.ofNanos(interval))
                .priority(priority)
                .trackers(List.of(Tracker.fatal("fatal")))
                .build();
    }
}

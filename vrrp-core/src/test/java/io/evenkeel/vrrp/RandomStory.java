package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A minute of trouble on a LAN, drawn from a seed, and then peace. When that has lasted, exactly one
 * router is Active, it is the best of them, and it alone owns the addresses.
 */
final class RandomStory {

    private static final String TRACKER = "check";

    private final long seed;
    private final Random random;
    private final Lan lan;
    private final long intervalNanos;
    private final boolean preempts;

    private RandomStory(long seed) {
        this.seed = seed;
        this.random = new Random(seed * 0x9e37_79b9_7f4a_7c15L);
        this.lan = new Lan(seed);
        boolean version2 = random.nextInt(3) == 0;
        this.intervalNanos =
                version2 ? Lan.SECOND : List.of(100, 500, 1000).get(random.nextInt(3)) * Lan.MILLI;
        this.preempts = random.nextInt(4) != 0;
        int count = 2 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            lan.add(
                    Packets.router()
                            .version(version2 ? VrrpVersion.V2 : VrrpVersion.V3)
                            .advertisementInterval(Duration.ofNanos(intervalNanos))
                            .priority(priority(i))
                            .preemption(preempts ? preemption() : Preemption.NEVER)
                            .trackers(List.of(new Tracker(TRACKER, -random.nextInt(60))))
                            .fastHandover(random.nextBoolean())
                            .build(),
                    "10.9." + random.nextInt(255) + "." + (i + 1));
        }
    }

    private int priority(int index) {
        boolean owner = index == 0 && preempts && random.nextInt(8) == 0;
        ownerDrawn = owner;
        return owner ? 255 : List.of(50, 100, 100, 150, 200, 254).get(random.nextInt(6));
    }

    private boolean ownerDrawn;

    private Preemption preemption() {
        return ownerDrawn || random.nextBoolean()
                ? Preemption.IMMEDIATE
                : Preemption.after(Duration.ofSeconds(1 + random.nextInt(5)));
    }

    static void play(long seed) {
        RandomStory story = new RandomStory(seed);
        try {
            story.trouble();
            story.peace();
            story.check();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "Seed " + seed + ": " + failure.getMessage() + "\n" + story.lan.trace(),
                    failure);
        }
    }

    private void trouble() {
        lan.losing(random.nextInt(30)).doubling(random.nextInt(20));
        lan.latency(1 + random.nextInt(5) * Lan.MILLI);
        for (Lan.Node node : lan.nodes()) {
            node.report(TRACKER, true);
            node.start();
        }
        for (int i = 0; i < 30; i++) {
            lan.run((long) (random.nextDouble() * 4 * intervalNanos));
            Lan.Node node = lan.nodes().get(random.nextInt(lan.nodes().size()));
            if (!node.isPaused()) {
                disturb(node);
            }
        }
    }

    private void disturb(Lan.Node node) {
        switch (random.nextInt(9)) {
            case 0 -> node.pause((long) (random.nextDouble() * 8 * intervalNanos));
            case 1 -> node.link(false);
            case 2 -> node.link(true);
            case 3 -> node.segment = random.nextInt(2);
            case 4 -> node.report(TRACKER, false);
            case 5 -> node.report(TRACKER, true);
            case 6 -> node.handover();
            case 7 -> node.stop();
            default -> {
                if (node.router.isStopped()) {
                    node.start();
                }
            }
        }
    }

    /** All is well again, for longer than any router holds back. */
    private void peace() {
        lan.losing(0).doubling(0).latency(Lan.MILLI);
        lan.run(8 * intervalNanos);
        for (Lan.Node node : lan.nodes()) {
            node.link(true);
            node.segment = 0;
            node.report(TRACKER, true);
            if (node.router.isStopped()) {
                node.start();
            }
        }
        lan.run(90 * Lan.SECOND);
    }

    private void check() {
        assertEquals(1, lan.active().size(), "one router is Active: " + lan.nodes());
        Lan.Node active = lan.active().get(0);
        for (Lan.Node node : lan.nodes()) {
            assertEquals(node == active, !node.owned.isEmpty(), "who owns: " + lan.nodes());
            assertTrue(
                    !preempts
                            || node.router.effectivePriority() <= active.router.effectivePriority(),
                    "the best is Active: " + lan.nodes());
            assertTrue(node.router.nextDeadlineNanos() > lan.nowNanos(), "seed " + seed);
        }
        int sentBefore = sent();
        lan.run(20 * intervalNanos);
        assertEquals(20, sent() - sentBefore, "only the Active sends, once in an interval");
    }

    private int sent() {
        return lan.nodes().stream().mapToInt(each -> each.sent).sum();
    }
}

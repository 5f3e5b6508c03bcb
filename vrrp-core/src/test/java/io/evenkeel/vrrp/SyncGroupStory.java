package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Hosts with a router on each of two LANs, in a sync group, in trouble that is drawn from a seed. After
 * peace has lasted, one host is Active on both LANs and the others on none; and at no time does a host
 * stay Active on one LAN alone once the turn is over.
 */
final class SyncGroupStory {

    private static final int LANS = 2;
    private static final long INTERVAL = 100 * Lan.MILLI;

    private final Random random;
    private final Lan lan;
    private final List<List<LanNode>> hosts = new ArrayList<>();

    private SyncGroupStory(long seed) {
        this.random = new Random(seed * 0x9e37_79b9_7f4a_7c15L);
        this.lan = new Lan(seed);
        int count = 2 + random.nextInt(2);
        boolean fast = random.nextBoolean();
        for (int host = 0; host < count; host++) {
            int priority = List.of(50, 100, 150, 200).get(random.nextInt(4));
            List<LanNode> nodes = new ArrayList<>();
            for (int wire = 0; wire < LANS; wire++) {
                LanNode node =
                        lan.add(config(wire, priority, fast), "10." + wire + ".0." + (host + 1));
                node.wire = wire;
                nodes.add(node);
            }
            SyncGroup.of(
                    new SyncGroupConfig("both", List.of("LAN 0", "LAN 1")),
                    nodes.stream().map(node -> node.router).toList());
            hosts.add(nodes);
        }
    }

    private static VirtualRouterConfig config(int wire, int priority, boolean fast) {
        return VirtualRouterConfig.builder("LAN " + wire)
                .virtualRouterId(51)
                .interfaceName("eth" + wire)
                .priority(priority)
                .advertisementInterval(Duration.ofNanos(INTERVAL))
                .fastHandover(fast)
                .addresses(List.of(VirtualAddress.of(IpAddress.parse("10." + wire + ".0.100"))))
                .build();
    }

    static void play(long seed) {
        SyncGroupStory story = new SyncGroupStory(seed);
        try {
            story.trouble();
            story.peace();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "Seed " + seed + ": " + failure.getMessage() + "\n" + story.lan.trace(),
                    failure);
        }
    }

    private void trouble() {
        lan.losing(random.nextInt(20)).latency(Lan.MILLI);
        lan.nodes().forEach(LanNode::start);
        for (int i = 0; i < 20; i++) {
            lan.run((long) (random.nextDouble() * 6 * INTERVAL));
            disturb(lan.nodes().get(random.nextInt(lan.nodes().size())));
            assertTogether();
        }
    }

    private void disturb(LanNode node) {
        switch (random.nextInt(8)) {
            case 0 -> node.link(false);
            case 1 -> node.link(true);
            case 2 -> node.segment = random.nextInt(2);
            case 3 -> node.handover();
            case 4 -> node.stop();
            case 5 -> node.router.setMaintenance(random.nextBoolean(), node.now());
            default -> {
                if (node.router.isStopped()) {
                    node.start();
                }
            }
        }
    }

    /** A router may still be on its way out of Active, which takes at most 100 ms. */
    private void assertTogether() {
        for (List<LanNode> host : hosts) {
            long active =
                    host.stream()
                            .filter(node -> node.router.machine().state() instanceof ActiveState)
                            .count();
            if (active != 0 && active != LANS) {
                throw new AssertionError("half a group is Active: " + host);
            }
        }
    }

    private void peace() {
        lan.losing(0);
        lan.run(8 * INTERVAL);
        for (LanNode node : lan.nodes()) {
            node.link(true);
            node.segment = 0;
            node.router.setMaintenance(false, node.now());
            if (node.router.isStopped()) {
                node.start();
            }
        }
        lan.run(90 * Lan.SECOND);
        assertTogether();
        int best =
                hosts.stream()
                        .mapToInt(host -> host.get(0).router.effectivePriority())
                        .max()
                        .orElse(0);
        for (int wire = 0; wire < LANS; wire++) {
            int at = wire;
            List<LanNode> active = lan.active().stream().filter(node -> node.wire == at).toList();
            assertEquals(
                    1, active.size(), "one router is Active on LAN " + wire + ": " + lan.nodes());
            assertEquals(
                    best,
                    active.get(0).router.effectivePriority(),
                    "it is the best: " + lan.nodes());
        }
        for (LanNode node : lan.nodes()) {
            assertEquals(
                    lan.active().contains(node), !node.owned.isEmpty(), "who owns: " + lan.nodes());
        }
    }
}

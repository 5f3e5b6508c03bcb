package io.evenkeel.vrrp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A minute of trouble on a LAN, drawn from a seed, and then peace. When that has lasted, exactly one
 * router of each connected segment is Active, it is the best of them, and it alone owns the addresses.
 */
final class RandomStory {

    private static final String TRACKER = "check";
    private static final String PULSE = "pulse";

    private final Random random;
    private final Lan lan;
    private final Family family;
    private final boolean version2;
    private final boolean preempts;
    private long intervalNanos;

    /** Over what the advertisements travel. */
    private enum Family {
        IPV4,
        IPV6,
        IPV4_UNICAST,
        IPV6_UNICAST
    }

    private RandomStory(long seed) {
        this.random = new Random(seed * 0x9e37_79b9_7f4a_7c15L);
        this.lan = new Lan(seed);
        this.family = Family.values()[random.nextInt(4)];
        boolean ipv4 = family == Family.IPV4 || family == Family.IPV4_UNICAST;
        this.version2 = ipv4 && random.nextInt(3) == 0;
        this.intervalNanos =
                version2 ? Lan.SECOND : List.of(100, 500, 1000).get(random.nextInt(3)) * Lan.MILLI;
        this.preempts = random.nextInt(4) != 0;
        int count = 2 + random.nextInt(4);
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            addresses.add(
                    ipv4
                            ? "10.9." + random.nextInt(255) + "." + (i + 1)
                            : "fe80::" + (1 + random.nextInt(255)) + ":" + (i + 1));
        }
        for (int i = 0; i < count; i++) {
            lan.add(config(i, addresses), addresses.get(i))
                    .clockOffset((long) (random.nextDouble() * 1000 * Lan.SECOND))
                    .queueing(random.nextInt(3) * 3 * intervalNanos);
        }
    }

    private VirtualRouterConfig config(int index, List<String> addresses) {
        boolean owner = index == 0 && preempts && random.nextInt(8) == 0;
        VirtualRouterConfig.Builder builder =
                Packets.router()
                        .version(version2 ? VrrpVersion.V2 : VrrpVersion.V3)
                        .advertisementInterval(Duration.ofNanos(intervalNanos))
                        .priority(
                                owner
                                        ? 255
                                        : List.of(50, 100, 100, 150, 200, 254)
                                                .get(random.nextInt(6)))
                        .preemption(preempts ? preemption(owner) : Preemption.NEVER)
                        .trackers(
                                List.of(
                                        new Tracker(TRACKER, -random.nextInt(60)),
                                        new Tracker(PULSE, 20).withDeadline(Duration.ofSeconds(3))))
                        .fastHandover(random.nextBoolean())
                        .checksumMode(ChecksumMode.values()[random.nextInt(3)])
                        .answersLower(random.nextInt(8) != 0);
        if (family == Family.IPV6 || family == Family.IPV6_UNICAST) {
            builder.addresses(
                    List.of(
                            VirtualAddress.of(IpAddress.parse("fe80::100")),
                            VirtualAddress.of(IpAddress.parse("2001:db8::100"))));
        }
        if (family == Family.IPV4_UNICAST || family == Family.IPV6_UNICAST) {
            builder.destinations(
                    Destinations.unicast(
                            addresses.stream()
                                    .filter(address -> !address.equals(addresses.get(index)))
                                    .map(address -> UnicastPeer.of(IpAddress.parse(address)))
                                    .toList()));
        }
        return builder.build();
    }

    private Preemption preemption(boolean owner) {
        return owner || random.nextBoolean()
                ? Preemption.IMMEDIATE
                : Preemption.after(Duration.ofSeconds(1 + random.nextInt(5)));
    }

    static void play(long seed) {
        RandomStory story = new RandomStory(seed);
        try {
            story.trouble();
            story.peace();
            story.check();
            story.partition();
        } catch (RuntimeException | AssertionError failure) {
            throw new AssertionError(
                    "Seed "
                            + seed
                            + " ("
                            + story.family
                            + "): "
                            + failure.getMessage()
                            + "\n"
                            + story.lan.trace(),
                    failure);
        }
    }

    private void trouble() {
        lan.losing(random.nextInt(30)).doubling(random.nextInt(20));
        lan.latency(1 + random.nextInt(5) * Lan.MILLI);
        for (LanNode node : lan.nodes()) {
            node.report(TRACKER, true);
            node.start();
        }
        for (int i = 0; i < 30; i++) {
            lan.run((long) (random.nextDouble() * 4 * intervalNanos));
            LanNode node = lan.nodes().get(random.nextInt(lan.nodes().size()));
            if (!node.isPaused()) {
                disturb(node);
            }
        }
    }

    private void disturb(LanNode node) {
        switch (random.nextInt(16)) {
            case 0 -> node.pause((long) (random.nextDouble() * 8 * intervalNanos));
            case 14 -> node.freeze((long) (random.nextDouble() * 8 * intervalNanos));
            case 1 -> node.link(false);
            case 2 -> node.link(true);
            case 3 -> node.segment = random.nextInt(2);
            case 4 -> node.report(TRACKER, false);
            case 5 -> node.report(TRACKER, true);
            case 6 -> node.handover();
            case 7 -> node.stop();
            case 8 -> node.router.setMaintenance(random.nextBoolean(), node.now());
            case 9 -> node.report(PULSE, random.nextBoolean());
            case 10 -> node.mute(random.nextBoolean());
            case 11 ->
                    node.router.handleSuspension(
                            (long) (random.nextDouble() * 8 * intervalNanos), node.now());
            case 12 -> reconfigure(node);
            case 13 ->
                    node.router.handleLocalAddress(node.address, random.nextBoolean(), node.now());
            default -> {
                if (node.router.isStopped()) {
                    node.start();
                }
            }
        }
    }

    private void reconfigure(LanNode node) {
        VirtualRouterConfig config = node.router.config();
        if (config.isOwner()) {
            return;
        }
        VirtualRouterConfig.Builder changed = config.toBuilder();
        switch (random.nextInt(4)) {
            case 0 -> changed.priority(1 + random.nextInt(254));
            case 1 ->
                    changed.excludedAddresses(
                            List.of(VirtualAddress.of(IpAddress.parse("10.9.0.200"))));
            case 2 -> changed.excludedAddresses(List.of());
            default -> changed.downTimerAdverts(3 + random.nextInt(3));
        }
        node.router.reconfigure(changed.build(), node.now());
    }

    /** All is well again, for longer than any router holds back. */
    private void peace() {
        lan.losing(0).doubling(0).latency(Lan.MILLI);
        lan.run(8 * intervalNanos);
        for (LanNode node : lan.nodes()) {
            node.link(true);
            node.mute(false);
            node.segment = 0;
            node.report(TRACKER, true);
            node.router.setMaintenance(false, node.now());
            node.router.handleLocalAddress(node.address, true, node.now());
            if (node.router.isStopped()) {
                node.start();
            }
        }
        lan.run(90 * Lan.SECOND);
    }

    private void check() {
        assertOneActiveAmong(lan.nodes());
        int sentBefore = sent();
        lan.run(20 * intervalNanos);
        assertEquals(20, sent() - sentBefore, "only the Active sends, once in an interval");
    }

    /** A LAN that falls apart for good has an Active in each part. */
    private void partition() {
        for (LanNode node : lan.nodes()) {
            node.segment = random.nextInt(2);
        }
        lan.run(90 * Lan.SECOND);
        for (int segment = 0; segment < 2; segment++) {
            int part = segment;
            List<LanNode> connected =
                    lan.nodes().stream().filter(node -> node.segment == part).toList();
            if (!connected.isEmpty()) {
                assertOneActiveAmong(connected);
            }
        }
    }

    private void assertOneActiveAmong(List<LanNode> nodes) {
        List<LanNode> actives =
                nodes.stream().filter(each -> each.router.state() == VrrpState.ACTIVE).toList();
        assertEquals(1, actives.size(), "one router is Active: " + nodes);
        LanNode active = actives.get(0);
        for (LanNode node : nodes) {
            assertEquals(node == active, !node.owned.isEmpty(), "who owns: " + nodes);
            assertTrue(
                    !preempts
                            || node.router.effectivePriority() <= active.router.effectivePriority(),
                    "the best is Active: " + nodes);
            assertTrue(node.router.nextDeadlineNanos() > node.now(), "no timer in the past");
        }
        assertEquals(
                active.owned.size(),
                active.router.config().addresses().size()
                        + active.router.config().excludedAddresses().size(),
                "it owns all of its addresses");
    }

    private int sent() {
        return lan.nodes().stream().mapToInt(each -> each.sent).sum();
    }
}

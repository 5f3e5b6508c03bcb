package io.evenkeel.lb.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickTableConfig;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that gets another configuration has no more to say than before. */
class PeerReconfigureTest {
    private static final long SECOND = PeerNetwork.SECOND;

    /** More with {@code -Devenkeel.seeds=500}. */
    private static final int SEEDS = Integer.getInteger("evenkeel.seeds", 30);

    private static final StickTableConfig TABLE =
            StickTableConfig.builder(StickKeyType.ip(), 100).build();

    private final PeerNetwork network = new PeerNetwork(21, TABLE, "a", "b");
    private final PeerNetwork.Node a = network.nodes.get(0);
    private final PeerNetwork.Node b = network.nodes.get(1);

    @BeforeEach
    void bothKnowOne() {
        network.store(a, 1, "first");
        network.store(a, 2, "first");
        network.run(10 * SECOND, () -> {});
        assertEquals(Map.of("10.0.0.1", "first", "10.0.0.2", "first"), content(b));
        assertEquals(0, unconfirmed(a));
    }

    private Map<String, String> content(PeerNetwork.Node node) {
        return PeerNetwork.content(node.table, network.now());
    }

    private int unconfirmed(PeerNetwork.Node node) {
        return node.group.states(network.now()).get(0).unconfirmed();
    }

    /** Also where its own name is the one that counts when both have changed a key. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatItHasDoesNotTakeThePlaceOfWhatIsNewer(boolean knowing) {
        network.setPartitioned(true);
        network.store(b, 1, "second");
        network.reconfigure(a, knowing);
        network.setPartitioned(false);
        network.run(10 * SECOND, () -> {});
        assertEquals(Map.of("10.0.0.1", "second", "10.0.0.2", "first"), content(a));
        assertEquals(content(a), content(b));
        assertEquals(0, unconfirmed(a) + unconfirmed(b));
    }

    @Test
    void whatAPeerHasMissedBeforeAndMeanwhileIsToldAfterIt() {
        network.setPartitioned(true);
        network.store(a, 1, "second");
        network.store(a, 3, "second");
        network.run(SECOND, () -> {});
        assertEquals(2, unconfirmed(a));
        long waited = a.group.states(network.now()).get(0).oldestNanos();
        network.reconfigure(a, true);
        assertEquals(2, unconfirmed(a));
        assertEquals(waited, a.group.states(network.now()).get(0).oldestNanos());
        network.store(a, 2, "third");
        network.setPartitioned(false);
        network.run(10 * SECOND, () -> {});
        assertEquals(
                Map.of("10.0.0.1", "second", "10.0.0.2", "third", "10.0.0.3", "second"),
                content(b));
        assertEquals(0, unconfirmed(a));
    }

    /** Whatever becomes of the connections, and with more changes than a table has entries at times. */
    @Test
    void nodesThatAreConfiguredAnewAllTheTimeConverge() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            PeerNetwork nodes = new PeerNetwork(seed, TABLE, "a", "b");
            nodes.run(
                    10 * SECOND,
                    () -> {
                        for (PeerNetwork.Node node : nodes.nodes) {
                            int key = nodes.random.nextInt(120);
                            nodes.store(node, key, "s" + nodes.random.nextInt(4));
                            if (nodes.random.nextInt(50) == 0) {
                                nodes.reconfigure(node, true);
                            }
                        }
                    });
            nodes.run(15 * SECOND, () -> {});
            for (PeerNetwork.Node node : nodes.nodes) {
                assertEquals(
                        0,
                        node.group.states(nodes.now()).get(0).unconfirmed(),
                        "seed " + seed + ", node " + node.name);
            }
            assertSameWhereBothHaveIt(nodes, seed);
        }
    }

    /** Each keeps those that were used last there. */
    private static void assertSameWhereBothHaveIt(PeerNetwork nodes, long seed) {
        Map<String, String> there = PeerNetwork.content(nodes.nodes.get(1).table, nodes.now());
        PeerNetwork.content(nodes.nodes.get(0).table, nodes.now())
                .forEach(
                        (key, server) ->
                                assertEquals(
                                        server,
                                        there.getOrDefault(key, server),
                                        "seed " + seed + ", key " + key));
    }

    /** The new group hears of changes before the old one ends. */
    @Test
    void whatChangesInBetweenIsToldAsTheLaterChange() {
        network.setPartitioned(true);
        network.store(a, 1, "second");
        PeerGroup before = a.group;
        network.reconfigure(a, false);
        network.store(a, 1, "third");
        a.group.follow(before);
        assertEquals(1, unconfirmed(a));
        network.setPartitioned(false);
        network.run(10 * SECOND, () -> {});
        assertEquals("third", content(b).get("10.0.0.1"));
        assertEquals(0, unconfirmed(a));
    }

    /** And so it is to a peer that is configured only now. */
    @Test
    void whatAPeerMayNotKnowIsToldToIt() {
        network.setPartitioned(true);
        for (int key = 3; key < 90; key++) {
            network.store(a, key, "second");
        }
        network.reconfigure(a, false);
        network.store(b, 90, "second");
        network.setPartitioned(false);
        network.run(10 * SECOND, () -> {});
        assertEquals(90, b.table.size());
        assertEquals(content(a), content(b));
    }

    @Test
    void changesThatWereTooManyBeforeItAreToldAfterIt() {
        network.setPartitioned(true);
        for (int key = 1; key < 1_000; key++) {
            network.store(a, key, "second");
        }
        network.reconfigure(a, true);
        network.setPartitioned(false);
        network.run(10 * SECOND, () -> {});
        assertEquals(100, b.table.size());
        assertEquals(content(a), content(b));
    }
}

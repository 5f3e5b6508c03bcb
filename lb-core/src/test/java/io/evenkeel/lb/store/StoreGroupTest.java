package io.evenkeel.lb.store;

import static io.evenkeel.lb.store.StoreNetwork.MILLI;
import static io.evenkeel.lb.store.StoreNetwork.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeyBuffer;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import io.evenkeel.lb.peers.PeerState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that use one store hold the same, whatever becomes of the store. */
class StoreGroupTest {
    /** More with {@code -Devenkeel.seeds=100}. */
    private static final int SEEDS = Integer.getInteger("evenkeel.seeds", 3);

    private static final StickTableConfig TEN_MINUTES = table(1_000, Duration.ofMinutes(10));

    private static StickTableConfig table(int size, Duration expire) {
        return StickTableConfig.builder(StickKeyType.integer(), size)
                .expire(expire)
                .store(StickDataType.GPT0)
                .build();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void nodesConvergeThoughTheStoreBreaksOffHangsAndDies(int count) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            StoreNetwork network = new StoreNetwork(seed, TEN_MINUTES);
            for (int i = 0; i < count; i++) {
                network.start("lb" + i);
            }
            Runnable life = () -> live(network);
            network.run(4 * SECOND, life);
            network.disconnectAll("the cable is cut");
            network.run(4 * SECOND, life);
            network.setHung(true);
            network.run(6 * SECOND, life);
            network.setHung(false);
            network.run(4 * SECOND, life);
            network.kill();
            network.run(4 * SECOND, life);
            network.restart();
            network.run(4 * SECOND, life);
            StoreNetwork.Node late = network.start("late");
            network.run(12 * SECOND);
            for (StoreNetwork.Node node : network.nodes) {
                assertEquals(
                        network.content(late),
                        network.content(node),
                        "seed " + seed + ", node " + node.name);
                PeerState state = node.group.state(network.now);
                assertTrue(state.connected(), "seed " + seed + ": " + state);
                assertEquals(0, state.unconfirmed(), "seed " + seed);
                assertEquals(0, state.oldestNanos(), "seed " + seed);
            }
            assertFalse(network.content(late).isEmpty());
        }
    }

    private static void live(StoreNetwork network) {
        if (network.random.nextInt(4) > 0) {
            return;
        }
        StoreNetwork.Node node = network.nodes.get(network.random.nextInt(network.nodes.size()));
        StickTable table = node.table;
        StickKeyBuffer key = table.newKey();
        key.setInteger(network.random.nextInt(60));
        String server = "s" + network.random.nextInt(4);
        switch (network.random.nextInt(10)) {
            case 0 -> table.remove(key.toKey(), network.now);
            case 1 -> table.mark(key, network.random.nextInt(100), network.now);
            case 2, 3 -> table.store(key, server, network.now);
            default -> table.storeIfAbsent(key, server, network.now);
        }
    }

    @Test
    void aNodeThatStartsLaterLearnsAllThatThereIsAndWhatIsRemoved() {
        StoreNetwork network = new StoreNetwork(1, TEN_MINUTES);
        StoreNetwork.Node first = network.start("lb1");
        for (int key = 0; key < 500; key++) {
            first.store(key, "s" + key % 7);
        }
        network.run(SECOND);
        first.table.remove(StickKey.parse(StickKeyType.integer(), "3"), network.now);
        network.run(SECOND);
        Map<String, String> content = network.content(first);
        first.close();
        StoreNetwork.Node second = network.start("lb2");
        network.run(SECOND);
        assertEquals(499, second.table.size());
        assertEquals(content, network.content(second));
        assertEquals(List.of("connected"), second.events);
    }

    @Test
    void whatIsRemovedWhileANodeIsAwayStaysRemoved() {
        StoreNetwork network = new StoreNetwork(2, TEN_MINUTES);
        StoreNetwork.Node first = network.start("lb1");
        first.store(1, "s1");
        network.run(SECOND);
        StoreNetwork.Node second = network.start("lb2");
        network.run(SECOND);
        assertEquals(1, second.table.size());
        network.kill();
        first.table.remove(StickKey.parse(StickKeyType.integer(), "1"), network.now);
        network.run(SECOND);
        network.restart();
        network.run(8 * SECOND);
        assertEquals(0, second.table.size());
        assertEquals(0, first.table.size());
    }

    @Test
    void ofTwoThatWriteAKeyWhileTheStoreIsAwayTheLaterOneCountsOnBoth() {
        StoreNetwork network = new StoreNetwork(3, TEN_MINUTES);
        StoreNetwork.Node first = network.start("lb1");
        StoreNetwork.Node second = network.start("lb2");
        network.run(SECOND);
        network.kill();
        network.run(MILLI);
        second.store(1, "early");
        second.store(2, "once");
        first.store(1, "early");
        first.store(1, "late");
        network.run(SECOND);
        network.restart();
        network.run(8 * SECOND);
        for (StoreNetwork.Node node : network.nodes) {
            assertEquals(Map.of("1", "late {gpt0=0}", "2", "once {gpt0=0}"), network.content(node));
        }
    }

    /** However much happens meanwhile. */
    @Test
    void aStoreThatIsAwayCostsABoundedNumberOfUpdatesAndTheirAgeIsKnown() {
        StoreNetwork network = new StoreNetwork(4, table(50, Duration.ofMinutes(10)));
        StoreNetwork.Node node = network.start("lb1");
        network.kill();
        network.run(SECOND);
        assertEquals(List.of("away: nobody listens"), node.events);
        node.store(0, "s");
        long since = network.now;
        for (int i = 0; i < 40; i++) {
            node.store(0, "s" + i);
            network.run(10 * MILLI);
        }
        PeerState state = node.group.state(network.now);
        assertEquals(1, state.unconfirmed(), "the newest of a key");
        assertEquals(network.now - since, state.oldestNanos());
        assertEquals("nobody listens", state.detail());
        for (int key = 0; key < 5_000; key++) {
            node.store(key, "s");
        }
        assertEquals(150, node.group.state(network.now).unconfirmed());
        network.restart();
        network.run(6 * SECOND);
        assertEquals(0, node.group.state(network.now).unconfirmed());
        StoreNetwork.Node late = network.start("lb2");
        network.run(SECOND);
        assertTrue(network.content(late).keySet().containsAll(List.of("4960", "4999")));
        assertEquals(List.of("away: nobody listens", "connected"), node.events);
    }

    @Test
    void aStoreThatHangsIsGivenUpAfterTheTimeoutAndTriedAgain() {
        StoreNetwork network = new StoreNetwork(5, TEN_MINUTES);
        StoreNetwork.Node node = network.start("lb1");
        network.run(SECOND);
        network.setHung(true);
        node.store(1, "s");
        network.run(6 * SECOND);
        assertEquals(List.of("connected", "away: it has not answered for 3000 ms"), node.events);
        network.setHung(false);
        network.run(6 * SECOND);
        assertEquals(0, node.group.state(network.now).unconfirmed());
        assertEquals(1, network.fake.size());
        assertEquals("connected", node.events.get(2));
    }

    @Test
    void entriesExpireInTheStoreAndOnTheOthersWhenTheyDoHere() {
        StoreNetwork network = new StoreNetwork(6, table(100, Duration.ofSeconds(20)));
        StoreNetwork.Node first = network.start("lb1");
        first.store(1, "s");
        first.store(2, "s");
        network.run(10 * SECOND);
        StickKeyBuffer used = first.table.newKey();
        used.setInteger(2);
        assertEquals("s", first.table.match(used, network.now));
        network.run(5 * SECOND);
        StoreNetwork.Node second = network.start("lb2");
        network.run(4 * SECOND);
        assertEquals(2, second.table.size());
        network.run(2 * SECOND);
        assertEquals(List.of("2"), List.copyOf(network.content(second).keySet()));
        assertEquals(1, network.fake.size());
        network.run(10 * SECOND);
        assertEquals(0, second.table.size());
        assertEquals(0, network.fake.size());
    }

    @Test
    void anEntryThatIsWrittenAfterARemovalExpiresWhenItDoesHere() {
        StoreNetwork network = new StoreNetwork(11, table(100, Duration.ofSeconds(20)));
        StoreNetwork.Node first = network.start("lb1");
        first.store(1, "s");
        network.run(SECOND);
        first.table.remove(StickKey.parse(StickKeyType.integer(), "1"), network.now);
        network.run(SECOND);
        first.store(1, "t");
        network.run(15 * SECOND);
        StoreNetwork.Node second = network.start("lb2");
        network.run(SECOND);
        assertEquals(List.of("1"), List.copyOf(network.content(second).keySet()));
        network.run(6 * SECOND);
        assertEquals(Map.of(), network.content(first));
        assertEquals(Map.of(), network.content(second));
        StoreNetwork.Node third = network.start("lb3");
        network.run(SECOND);
        assertEquals(Map.of(), network.content(third));
        assertEquals(1, network.fake.size(), "the removal");
    }

    @Test
    void aNameThatIsTakenIsComplainedOfOnceAndTheRestIsExchanged() {
        StoreNetwork network = new StoreNetwork(12, TEN_MINUTES);
        StoreNetwork.Node first = network.start("lb1");
        StoreNetwork.Node second = network.start("lb2");
        network.run(SECOND);
        network.fake.take("evenkeel:app:integer:1");
        network.fake.take("evenkeel:app:integer:2");
        for (int key = 1; key < 4; key++) {
            first.store(key, "s");
        }
        network.run(SECOND);
        first.store(1, "t");
        network.run(SECOND);
        assertEquals(List.of("3"), List.copyOf(network.content(second).keySet()));
        assertEquals(0, first.group.state(network.now).unconfirmed());
        assertEquals(2, first.events.size(), first.events.toString());
        assertTrue(
                first.events.get(1).contains("something under 'evenkeel:app:integer:1'"),
                first.events.get(1));
    }

    @Test
    void whatHasExpiredBeforeTheStoreIsBackIsNotWritten() {
        StoreNetwork network = new StoreNetwork(7, table(100, Duration.ofSeconds(2)));
        StoreNetwork.Node node = network.start("lb1");
        network.kill();
        node.store(1, "s");
        network.run(3 * SECOND);
        assertEquals(1, node.group.state(network.now).unconfirmed());
        network.restart();
        network.run(6 * SECOND);
        assertEquals(0, node.group.state(network.now).unconfirmed());
        assertEquals(0, network.fake.size());
    }

    @Test
    void tablesThatAreNotAlikeAreNamedAndNotMixed() {
        StoreNetwork network = new StoreNetwork(8, TEN_MINUTES);
        StoreNetwork.Node first = network.start("lb1");
        StoreNetwork.Node second =
                network.start(
                        "lb2",
                        StickTableConfig.builder(StickKeyType.string(20), 10)
                                .expire(Duration.ofMinutes(1))
                                .build());
        first.store(7, "s1");
        StickKeyBuffer seven = second.table.newKey();
        seven.setText("7");
        second.table.store(seven, "s2", network.now);
        network.run(4 * SECOND);
        assertEquals(List.of("7"), List.copyOf(network.content(first).keySet()));
        assertEquals(1, second.table.size());
        assertEquals(2, network.fake.size());
        assertEquals(
                List.of(
                        "Node lb2 has string-20 as keys and servers of the stick table app, and this node has"
                                + " integer, so the two do not exchange its entries; give both the same 'type'"
                                + " and 'srvkey'.",
                        "connected"),
                first.events.stream().sorted().toList());
        assertEquals(2, second.events.size());
    }

    @Test
    void twoNodesOfOneNameAreTold() {
        StoreNetwork network = new StoreNetwork(9, TEN_MINUTES);
        StoreNetwork.Node first = network.start("lb1");
        network.start("lb1");
        network.run(3 * SECOND);
        assertTrue(
                first.events.stream()
                        .anyMatch(event -> event.startsWith("Another node that uses redis://")),
                first.events.toString());
    }

    @Test
    void whatNobodyOfThisVersionWritesIsToldOnceAndChangesNothing() {
        StoreNetwork network = new StoreNetwork(10, TEN_MINUTES);
        StoreNetwork.Node node = network.start("lb1");
        network.run(SECOND);
        for (String message :
                List.of(
                        "",
                        "H",
                        "U x s 10 99 short",
                        "U x s 10 3 abcevenkeel:app:integer:1",
                        "U x z 10 3 abcevenkeel:app:integer:1",
                        "U x s ten 3 abcevenkeel:app:integer:1",
                        "U x s 10 25 0000000000000001 n serverevenkeel:app:integer:one",
                        "hello",
                        "hello")) {
            node.group.heard(message.getBytes(), network.now);
        }
        assertEquals(0, node.table.size());
        assertEquals(5, node.events.size(), node.events.toString());
    }
}

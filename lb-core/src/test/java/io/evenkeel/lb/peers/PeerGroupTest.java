package io.evenkeel.lb.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes that are peers hold the same, whatever becomes of their connections. */
class PeerGroupTest {
    private static final long SECOND = PeerNetwork.SECOND;

    /** More with {@code -Devenkeel.seeds=500}. */
    private static final int SEEDS = Integer.getInteger("evenkeel.seeds", 60);

    private static final StickTableConfig FOREVER =
            StickTableConfig.builder(StickKeyType.ip(), 1_000).build();

    @Test
    void twoNodesConvergeThroughBrokenConnectionsAndAPartition() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            PeerNetwork network = new PeerNetwork(seed, FOREVER, "a", "b");
            Runnable life =
                    () -> {
                        for (PeerNetwork.Node node : network.nodes) {
                            if (network.random.nextInt(3) == 0) {
                                int key = network.random.nextInt(40);
                                network.store(node, key, "s" + network.random.nextInt(4));
                            }
                        }
                        if (network.random.nextInt(100) == 0) {
                            network.breakAll();
                        }
                    };
            network.run(8 * SECOND, life);
            network.setPartitioned(true);
            network.run(4 * SECOND, life);
            network.setPartitioned(false);
            network.run(4 * SECOND, life);
            network.run(15 * SECOND, () -> {});
            PeerNetwork.Node a = network.nodes.get(0);
            PeerNetwork.Node b = network.nodes.get(1);
            assertEquals(
                    PeerNetwork.content(a.table, network.now()),
                    PeerNetwork.content(b.table, network.now()),
                    "seed " + seed);
            for (PeerNetwork.Node node : network.nodes) {
                PeerState state = node.group.states(network.now()).get(0);
                assertTrue(state.connected(), "seed " + seed + ": " + state);
                assertEquals(0, state.unconfirmed(), "seed " + seed);
            }
        }
    }

    @Test
    void threeNodesOfWhichOneWritesHoldTheSame() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            PeerNetwork network = new PeerNetwork(seed, FOREVER, "a", "b", "c");
            PeerNetwork.Node writer = network.nodes.get(1);
            network.run(
                    10 * SECOND,
                    () -> {
                        int key = network.random.nextInt(200);
                        network.store(writer, key, "s" + network.random.nextInt(4));
                        if (network.random.nextInt(100) == 0) {
                            network.breakAll();
                        }
                    });
            network.run(15 * SECOND, () -> {});
            for (PeerNetwork.Node node : network.nodes) {
                assertEquals(
                        PeerNetwork.content(writer.table, network.now()),
                        PeerNetwork.content(node.table, network.now()),
                        "seed " + seed + ", node " + node.name);
            }
        }
    }

    @Test
    void aNodeThatStartsAgainIsToldAll() {
        PeerNetwork network = new PeerNetwork(3, FOREVER, "a", "b");
        PeerNetwork.Node a = network.nodes.get(0);
        PeerNetwork.Node b = network.nodes.get(1);
        for (int key = 0; key < 500; key++) {
            network.store(a, key, "s");
        }
        network.run(10 * SECOND, () -> {});
        assertEquals(500, b.table.size());
        network.restart(b);
        assertEquals(0, b.table.size());
        network.run(10 * SECOND, () -> {});
        assertEquals(500, b.table.size());
    }

    @Test
    void aQuietConnectionStays() {
        PeerNetwork network = new PeerNetwork(5, FOREVER, "a", "b");
        network.run(20 * SECOND, () -> {});
        int made = network.connectionsMade;
        network.run(60 * SECOND, () -> {});
        assertEquals(made, network.connectionsMade, "heartbeats keep it");
    }

    @Test
    void aPeerHearsAHeartbeatAfterThreeSecondsAndIsGivenUpAfterFiveOfSilence() {
        PeerNetwork network = new PeerNetwork(5, FOREVER, "a", "b");
        PeerGroup group = network.nodes.get(0).group;
        long start = network.now();
        PeerSession session = group.accept("192.0.2.9", start);
        assertNotNull(session);
        session.receive(
                ByteBuffer.wrap("HAProxyS 2.1\na\nb 1 1\n".getBytes(StandardCharsets.UTF_8)),
                start);
        ByteBuffer out = ByteBuffer.allocate(100);
        session.send(out, start);
        out.clear();
        group.advance(start + 3 * SECOND - 1);
        session.send(out, start + 3 * SECOND - 1);
        assertEquals(0, out.position());
        assertEquals(start + 3 * SECOND, group.deadlineNanos(start + 3 * SECOND - 1));
        group.advance(start + 3 * SECOND);
        session.send(out, start + 3 * SECOND);
        assertEquals(2, out.position());
        assertEquals(4, out.get(1));
        group.advance(start + 5 * SECOND - 1);
        assertFalse(session.isOver());
        group.advance(start + 5 * SECOND);
        assertTrue(session.isOver());
    }

    /** However much happens meanwhile; and it knows all that is left when it is back. */
    @Test
    void aPeerThatIsAwayCostsNoMoreThanTheTableHasEntries() {
        StickTableConfig small = StickTableConfig.builder(StickKeyType.ip(), 50).build();
        PeerNetwork network = new PeerNetwork(7, small, "a", "b");
        PeerNetwork.Node a = network.nodes.get(0);
        PeerNetwork.Node b = network.nodes.get(1);
        network.run(10 * SECOND, () -> {});
        network.setPartitioned(true);
        for (int key = 0; key < 5_000; key++) {
            network.store(a, key, "s" + key % 3);
            assertTrue(a.group.states(network.now()).get(0).unconfirmed() <= 50);
        }
        long oldest = a.group.states(network.now()).get(0).oldestNanos();
        network.run(SECOND, () -> {});
        PeerState away = a.group.states(network.now()).get(0);
        assertTrue(away.oldestNanos() >= oldest + SECOND, away.toString());
        network.setPartitioned(false);
        network.run(10 * SECOND, () -> {});
        assertEquals(
                PeerNetwork.content(a.table, network.now()),
                PeerNetwork.content(b.table, network.now()));
        assertEquals(0, a.group.states(network.now()).get(0).unconfirmed());
    }

    @Test
    void anEntryExpiresOnThePeerWhenItDoesHere() {
        StickTableConfig short30 =
                StickTableConfig.builder(StickKeyType.ip(), 50)
                        .expire(Duration.ofSeconds(30))
                        .build();
        PeerNetwork network = new PeerNetwork(9, short30, "a", "b");
        PeerNetwork.Node a = network.nodes.get(0);
        PeerNetwork.Node b = network.nodes.get(1);
        network.setPartitioned(true);
        network.store(a, 1, "s");
        long stored = network.now();
        network.run(20 * SECOND, () -> {});
        network.setPartitioned(false);
        network.run(8 * SECOND, () -> {});
        assertEquals(1, PeerNetwork.content(b.table, network.now()).size());
        assertEquals(0, PeerNetwork.content(b.table, stored + 31 * SECOND).size());
    }

    @Test
    void aPeerThatGoesAwayIsToldOfOnceUntilItIsBack() {
        PeerNetwork network = new PeerNetwork(11, FOREVER, "a", "b");
        network.run(10 * SECOND, () -> {});
        network.events.clear();
        network.setPartitioned(true);
        network.run(60 * SECOND, () -> {});
        network.setPartitioned(false);
        network.run(10 * SECOND, () -> {});
        assertEquals(
                List.of("b away: lost", "a away: lost", "b connected", "a connected").stream()
                        .sorted()
                        .toList(),
                network.events.stream().sorted().toList());
    }

    @Test
    void aStrangerIsAnsweredWithWhatIsWrong() {
        PeerNetwork network = new PeerNetwork(1, FOREVER, "a", "b");
        PeerGroup group = network.nodes.get(0).group;
        for (String[] row :
                new String[][] {
                    {"HAProxyS 2.1\na\nb 1 1\n", "200\n"},
                    {"HAProxyS 2.0\na\nb 1\n", "200\n"},
                    {"HAProxyS 3.0\na\nb 1 1\n", "502\n"},
                    {"HAProxyS 2.1\nx\nb 1 1\n", "503\n"},
                    {"HAProxyS 2.1\na\nx 1 1\n", "504\n"},
                    {"HAProxyS 2.1\na\na 1 1\n", "504\n"},
                    {"HAProxyS 2.1\na\nb\n", "501\n"},
                    {"GET / HTTP/1.1\n", "501\n"},
                    {"x".repeat(600), "501\n"}
                }) {
            PeerSession session = group.accept("192.0.2.9", network.now());
            assertNotNull(session);
            session.receive(
                    ByteBuffer.wrap(row[0].getBytes(StandardCharsets.UTF_8)), network.now());
            ByteBuffer out = ByteBuffer.allocate(4);
            session.send(out, network.now());
            assertEquals(row[1], new String(out.array(), StandardCharsets.UTF_8), row[0].strip());
            assertEquals(!row[1].equals("200\n"), session.isOver(), row[0]);
            group.ended(session, "closed", network.now());
        }
        assertFalse(network.events.isEmpty());
    }

    @Test
    void whoDoesNotSayWhoHeIsHasFiveSecondsAndThereAreFewOfThem() {
        PeerNetwork network = new PeerNetwork(1, FOREVER, "a", "b");
        PeerGroup group = network.nodes.get(0).group;
        for (int i = 0; i < 32; i++) {
            assertNotNull(group.accept("192.0.2.9", network.now()));
        }
        assertNull(group.accept("192.0.2.9", network.now()));
        List<PeerSession> sessions = group.sessions();
        group.advance(network.now() + 4 * SECOND);
        assertTrue(sessions.stream().noneMatch(PeerSession::isOver));
        group.advance(network.now() + 5 * SECOND);
        assertTrue(sessions.stream().allMatch(PeerSession::isOver));
    }

    @Test
    void nonsenseEndsTheConnectionAndNothingElse() {
        StickTable table = new PeerNetwork(1, FOREVER, "a", "b").nodes.get(0).table;
        for (long seed = 1; seed <= 2_000; seed++) {
            PeerNetwork network = new PeerNetwork(seed, FOREVER, "a", "b");
            PeerGroup group = network.nodes.get(0).group;
            PeerSession session = group.accept("192.0.2.9", network.now());
            assertNotNull(session);
            session.receive(
                    ByteBuffer.wrap("HAProxyS 2.1\na\nb 1 1\n".getBytes(StandardCharsets.UTF_8)),
                    network.now());
            byte[] noise = new byte[200];
            network.random.nextBytes(noise);
            for (int i = 0; i < noise.length; i += 10) {
                // So that some of it looks like messages.
                noise[i] = 10;
                noise[i + 1] = (byte) (128 + network.random.nextInt(8));
                noise[i + 2] = (byte) network.random.nextInt(20);
            }
            session.receive(ByteBuffer.wrap(noise), network.now());
            ByteBuffer out = ByteBuffer.allocate(4096);
            session.send(out, network.now());
        }
        assertEquals(0, table.size());
    }
}

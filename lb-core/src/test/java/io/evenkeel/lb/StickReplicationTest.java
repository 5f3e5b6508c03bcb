package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several nodes have the same table, whatever becomes of what they tell each other. */
class StickReplicationTest {
    private static final long SECOND = 1_000_000_000L;

    /** More with {@code -Devenkeel.seeds=150}. */
    private static final int SEEDS = Integer.getInteger("evenkeel.seeds", 25);

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void nodesConvergeThroughLossDoublesDisorderAndAPartition(int nodes) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            StickSimulation lan = new StickSimulation(nodes, seed, Duration.ZERO);
            lan.run(20 * SECOND);
            lan.setPartitioned(true);
            lan.run(60 * SECOND);
            lan.setPartitioned(false);
            lan.run(10 * SECOND);
            lan.settle();
            lan.assertSame();
            lan.assertLastWritesAreThere();
        }
    }

    @Test
    void entriesThatAreUsedOnOneNodeDoNotExpireOnTheOther() {
        StickSimulation lan = new StickSimulation(2, 7, Duration.ofSeconds(20));
        StickTable first = lan.table(0);
        first.store(key(first, 1), "s1", lan.now());
        first.store(key(first, 2), "s2", lan.now());
        for (int i = 0; i < 50; i++) {
            lan.advance(2 * SECOND);
            assertEquals("s1", first.match(key(first, 1), lan.now()));
        }
        lan.deliverAll();
        StickTable second = lan.table(1);
        assertEquals("s1", second.match(key(second, 1), lan.now()));
        assertNull(second.match(key(second, 2), lan.now()), "nobody has used it");
    }

    /** A listener that holds no values reads them. */
    @Test
    void thatSomethingIsCountedIsSaidOnceUntilItIsRead() {
        StickTable table =
                new StickTable(
                        "app",
                        StickTableConfig.builder(StickKeyType.integer(), 10)
                                .store(StickDataType.CONN_RATE, Duration.ofSeconds(10))
                                .build(),
                        1,
                        new StickNode("n", 0));
        List<String> said = new ArrayList<>();
        table.replication().addListener(counted(said, "first"));
        table.track(key(table, 1), 0).release(0);
        table.track(key(table, 1), 0).release(0);
        table.track(key(table, 2), 0);
        assertEquals(List.of("first 1", "first 2"), said);
        StickRecord read = table.replication().read(key(table, 1).toKey(), 0);
        assertEquals(Map.of(StickDataType.CONN_RATE, 2L), read == null ? null : read.values());
        table.track(key(table, 1), 0);
        assertEquals(List.of("first 1", "first 2", "first 1"), said);
        said.clear();
        table.replication().addListener(counted(said, "second"));
        table.track(key(table, 1), 0);
        table.track(key(table, 1), 0);
        assertEquals(List.of("first 1", "second 1"), said);
        assertNull(table.replication().read(key(table, 3).toKey(), 0));
    }

    private static StickListener counted(List<String> said, String name) {
        return new StickListener() {
            @Override
            public void onUpdate(StickTable table, StickUpdate update, long nowNanos) {}

            @Override
            public void onCount(StickTable table, StickKey key, long nowNanos) {
                said.add(name + " " + key);
            }
        };
    }

    @Test
    void anEntryInUseIsToldAgainInEachQuarterOfItsTime() {
        StickTable table = table("n", 20);
        List<Long> told = new ArrayList<>();
        table.store(key(table, 1), "s", 0);
        for (long second = 0; second <= 20; second++) {
            long now = second * SECOND;
            StickListener listener = (source, update, at) -> told.add(now / SECOND);
            table.replication().addListener(listener);
            table.match(key(table, 1), now);
            table.replication().removeListener(listener);
        }
        assertEquals(List.of(5L, 10L, 15L, 20L), told);
    }

    @Test
    void theNextExpiryIsThatOfTheFirstEntryOrRemoval() {
        for (long start : new long[] {0, Long.MAX_VALUE - 5}) {
            StickTable table = table("n", 10);
            table.remove(key(table, 1).toKey(), start);
            long removal = start + StickTombstones.LIFETIME_NANOS;
            assertEquals(removal, table.nextExpiryNanos().orElseThrow());
            table.store(key(table, 2), "s", start);
            assertEquals(start + 10 * SECOND, table.nextExpiryNanos().orElseThrow());
            table.store(key(table, 2), "s", removal);
            assertEquals(removal, table.nextExpiryNanos().orElseThrow());
        }
    }

    @Test
    void aConnectionThatWasLongIsToldAgainAtItsEnd() {
        StickSimulation lan = new StickSimulation(2, 7, Duration.ofSeconds(20));
        StickTable first = lan.table(0);
        first.store(key(first, 1), "s1", lan.now());
        TrackedEntry open = first.track(key(first, 1), lan.now());
        lan.advance(100 * SECOND);
        open.release(lan.now());
        lan.deliverAll();
        StickTable second = lan.table(1);
        assertEquals("s1", second.match(key(second, 1), lan.now()));
    }

    /** A peer tells no version. */
    @Test
    void whatIsAdoptedTakesThePlaceOfWhatIsThereAndIsNotTold() {
        StickTableConfig config =
                StickTableConfig.builder(StickKeyType.integer(), 2)
                        .expire(Duration.ofSeconds(20))
                        .nopurge(true)
                        .store(StickDataType.GPT0)
                        .store(StickDataType.CONN_CUR)
                        .store(StickDataType.SESS_RATE, Duration.ofSeconds(10))
                        .build();
        StickTable table = new StickTable("t", config, 1, new StickNode("n", 0));
        StickReplication replication = table.replication();
        table.store(key(table, 1), "s1", 0);
        table.mark(key(table, 1), 5, 0);
        List<StickUpdate> told = new ArrayList<>();
        replication.addListener((source, update, at) -> told.add(update));
        StickKey first = key(table, 1).toKey();
        Map<StickDataType, Long> values =
                Map.of(
                        StickDataType.GPT0, 7L,
                        StickDataType.CONN_CUR, 9L,
                        StickDataType.SESS_RATE, 1_000L,
                        StickDataType.GPC0, 3L);
        Map<StickDataType, StickRate> rates =
                Map.of(
                        StickDataType.SESS_RATE, new StickRate(5 * SECOND, 20, 40),
                        StickDataType.CONN_RATE, new StickRate(0, 1, 1));
        assertTrue(replication.adopt(new StickRecord(first, "s2", 0, values, rates, SECOND), 0));
        StickRecord record = table.entry(first, 0);
        assertEquals(
                new StickRecord(
                        first,
                        "s2",
                        0,
                        Map.of(
                                StickDataType.GPT0, 7L,
                                StickDataType.CONN_CUR, 0L,
                                StickDataType.SESS_RATE, 40L),
                        Map.of(StickDataType.SESS_RATE, new StickRate(5 * SECOND, 20, 40)),
                        0),
                record);
        assertEquals(20, table.value(key(table, 1), StickDataType.SESS_RATE, 5 * SECOND));
        assertTrue(replication.adopt(new StickRecord(first, null, 0, Map.of(), Map.of(), 0), 0));
        assertEquals("s2", table.match(key(table, 1), 0), "no server is told: it stays");

        StickKey second = key(table, 2).toKey();
        assertFalse(
                replication.adopt(
                        new StickRecord(second, "s", 0, Map.of(), Map.of(), 20 * SECOND), 0),
                "it is too old");
        assertTrue(
                replication.adopt(
                        new StickRecord(second, "s", 0, Map.of(), Map.of(), 19 * SECOND), 0));
        assertNull(table.match(key(table, 2), SECOND), "it expires when it would there");
        assertTrue(
                replication.adopt(new StickRecord(second, "s", 0, Map.of(), Map.of(), 0), SECOND));
        StickKey third = key(table, 3).toKey();
        assertFalse(
                replication.adopt(new StickRecord(third, "s", 0, Map.of(), Map.of(), 0), SECOND),
                "full");
        assertEquals(Set.of(first, second), replication.keys(SECOND));
        assertEquals(List.of(), told);
    }

    @Test
    void aRestartedNodeGetsEverythingAndItsWritesCount() {
        StickSimulation lan = new StickSimulation(2, 3, Duration.ZERO);
        lan.run(20 * SECOND);
        lan.restart(1);
        StickTable restarted = lan.table(1);
        restarted.store(key(restarted, 1), "new", lan.now());
        lan.settle();
        lan.assertSame();
        assertEquals("new", lan.table(0).match(key(lan.table(0), 1), lan.now()));
    }

    @Test
    void theLaterWriteCountsAndOfTwoAtOnceThatOfTheLastNode() {
        StickTable table = table("n", 0);
        StickReplication replication = table.replication();
        StickKey key = key(table, 1).toKey();
        assertTrue(replication.apply(server(key, 5, "a", "s1"), 0));
        assertFalse(replication.apply(server(key, 5, "a", "s1"), 0), "a double");
        assertFalse(replication.apply(server(key, 4, "z", "s2"), 0), "an older one");
        assertTrue(replication.apply(server(key, 5, "b", "s3"), 0), "at once, of another node");
        assertEquals("s3", table.match(key(table, 1), 0));
        assertTrue(replication.apply(removal(key, 7, "a"), 0));
        assertFalse(replication.apply(server(key, 6, "a", "s4"), 0), "it was removed since");
        assertNull(table.match(key(table, 1), 0));
        assertTrue(table.store(key(table, 1), "s5", 0));
        assertFalse(replication.apply(removal(key, 7, "a"), 0));
        assertEquals("s5", table.match(key(table, 1), 0), "stored after the removal");
    }

    @Test
    void whatIsWrittenAfterwardsCountsAlsoOnANodeWhoseClockIsBehind() {
        StickTable ahead = table("a", 0);
        StickTable behind = table("b", 0);
        behind.replication().addListener((s, update, at) -> ahead.replication().apply(update, 0));
        for (int i = 0; i < 10; i++) {
            ahead.store(key(ahead, 1), "s" + i, 0);
        }
        ahead.replication().snapshot(update -> behind.replication().apply(update, 0), 0);
        assertEquals("s9", behind.match(key(behind, 1), 0));
        behind.store(key(behind, 1), "s10", 0);
        assertEquals("s10", ahead.match(key(ahead, 1), 0));
    }

    @Test
    void aRemovalTakesWhatIsOlderAndLeavesWhatIsNot() {
        StickTable table = table("n", 0);
        StickReplication replication = table.replication();
        StickKey key = key(table, 1).toKey();
        replication.apply(server(key, 5, "a", "s1"), 0);
        replication.apply(counts(key, 8, "a", 3), 0);
        assertTrue(replication.apply(removal(key, 6, "a"), 0));
        assertNull(table.match(key(table, 1), 0));
        assertEquals(3, table.value(key(table, 1), StickDataType.GPT0, 0));
        assertTrue(replication.apply(removal(key, 9, "a"), 0));
        assertEquals(0, table.size());
    }

    @Test
    void marksAreToldAndWhatIsOfTheMomentIsNot() {
        StickTable table = table("n", 0);
        List<StickUpdate> told = new ArrayList<>();
        StickListener listener = (source, update, at) -> told.add(update);
        table.replication().addListener(listener);
        TrackedEntry tracked = table.track(key(table, 1), 0);
        assertEquals(List.of(), told);
        table.mark(key(table, 1), 4, 0);
        tracked.release(0);
        assertEquals(
                List.of(
                        counts(key(table, 1).toKey(), 1, "n", 4),
                        counts(key(table, 1).toKey(), 2, "n", 4)),
                told);
        table.replication().removeListener(listener);
        table.store(key(table, 1), "s", 0);
        assertEquals(2, told.size());
    }

    @Test
    void aSnapshotHasEntriesAndRemovalsAndNothingThatHasExpired() {
        StickTable table = table("n", 10);
        table.store(key(table, 1), "s1", 0);
        table.store(key(table, 2), "s2", 5 * SECOND);
        table.remove(key(table, 3).toKey(), 5 * SECOND);
        List<StickUpdate> told = new ArrayList<>();
        table.replication().snapshot(told::add, 11 * SECOND);
        assertEquals(
                List.of(
                        removal(key(table, 3).toKey(), 3, "n"),
                        new StickUpdate(
                                StickUpdate.Kind.SERVER,
                                key(table, 2).toKey(),
                                new StickVersion(2, "n"),
                                "s2",
                                Map.of(),
                                6 * SECOND)),
                told);
    }

    @Test
    void whatWouldHaveExpiredIsNotTaken() {
        StickTable table = table("n", 10);
        StickKey key = key(table, 1).toKey();
        StickUpdate old =
                new StickUpdate(
                        StickUpdate.Kind.SERVER,
                        key,
                        new StickVersion(1, "a"),
                        "s",
                        Map.of(),
                        10 * SECOND);
        assertFalse(table.replication().apply(old, 0));
        assertEquals(0, table.size());
        StickUpdate young =
                new StickUpdate(
                        StickUpdate.Kind.SERVER,
                        key,
                        new StickVersion(1, "a"),
                        "s",
                        Map.of(),
                        9 * SECOND);
        assertTrue(table.replication().apply(young, 0));
        assertNull(table.match(key(table, 1), SECOND), "it expires when it does elsewhere");
    }

    @Test
    void removalsAreForgottenInTimeAndTheOldestIfThereAreTooMany() {
        StickTable table = table("n", 0);
        for (int i = 0; i < 2000; i++) {
            table.remove(key(table, i).toKey(), i);
        }
        List<StickUpdate> told = new ArrayList<>();
        table.replication().snapshot(told::add, 2000);
        assertEquals(1000, told.size(), "as many as the table has entries");
        assertEquals(key(table, 1000).toKey(), told.get(0).key());
        long over = table.nextExpiryNanos().orElseThrow();
        assertEquals(1000 + StickTombstones.LIFETIME_NANOS, over);
        assertEquals(1, table.expire(over));
        while (table.expire(over + 1000) > 0) {
            // All of them.
        }
        assertTrue(table.nextExpiryNanos().isEmpty());
    }

    @Test
    void updatesAreWhole() {
        StickKey key = StickKey.parse(StickKeyType.integer(), "1");
        StickVersion version = new StickVersion(1, "n");
        assertThrows(
                IllegalArgumentException.class,
                () -> new StickUpdate(StickUpdate.Kind.SERVER, key, version, null, Map.of(), 0));
        assertThrows(
                IllegalArgumentException.class,
                () -> new StickUpdate(StickUpdate.Kind.REMOVAL, key, version, null, Map.of(), -1));
        assertNotEquals(version, new StickVersion(1, "m"));
    }

    private static StickUpdate server(StickKey key, long clock, String node, String server) {
        return new StickUpdate(
                StickUpdate.Kind.SERVER, key, new StickVersion(clock, node), server, Map.of(), 0);
    }

    private static StickUpdate counts(StickKey key, long clock, String node, long mark) {
        return new StickUpdate(
                StickUpdate.Kind.COUNTS,
                key,
                new StickVersion(clock, node),
                null,
                Map.of(StickDataType.GPT0, mark),
                0);
    }

    private static StickUpdate removal(StickKey key, long clock, String node) {
        return new StickUpdate(
                StickUpdate.Kind.REMOVAL, key, new StickVersion(clock, node), null, Map.of(), 0);
    }

    private static StickTable table(String node, int expireSeconds) {
        return new StickTable(
                "t",
                StickTableConfig.builder(StickKeyType.integer(), 1000)
                        .expire(Duration.ofSeconds(expireSeconds))
                        .store(StickDataType.GPT0)
                        .build(),
                0,
                new StickNode(node, 0));
    }

    private static StickKeyBuffer key(StickTable table, int value) {
        StickKeyBuffer key = table.newKey();
        assertTrue(key.setInteger(value));
        return key;
    }
}

package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a stick table keeps, and for how long. */
class StickTableTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theOldestUnusedEntryGivesWayToTheThousandAndFirstKey() {
        StickTable table = numbers(1000).build(0);
        for (int key = 0; key < 1000; key++) {
            table.store(key(table, key), "s", key);
        }
        table.match(key(table, 0), 1000);
        TrackedEntry inUse = table.track(key(table, 1), 1001);
        assertTrue(table.store(key(table, 1000), "s", 1002));
        assertEquals(1000, table.size());
        assertNull(table.match(key(table, 2), 1003), "the oldest that nobody uses");
        for (int key : new int[] {0, 1, 3, 999, 1000}) {
            assertEquals("s", table.match(key(table, key), 1004), "key " + key);
        }
        inUse.release(1005);
    }

    @Test
    void aFullTableOfEntriesInUseTakesNoNewKey() {
        StickTable table = numbers(2).build(0);
        TrackedEntry first = table.track(key(table, 1), 0);
        table.track(key(table, 2), 0);
        assertFalse(table.store(key(table, 3), "s", 0));
        assertNull(table.storeIfAbsent(key(table, 3), "s", 0));
        assertFalse(table.track(key(table, 3), 0).isCounted());
        assertFalse(table.mark(key(table, 3), 1, 0));
        first.release(0);
        assertTrue(table.store(key(table, 3), "s", 0));
        assertEquals(2, table.size());
    }

    @Test
    void nopurgeRefusesNewKeysUntilSomeHaveExpired() {
        StickTable table =
                new Tables().nopurge(true).expire(Duration.ofSeconds(1)).size(2).build(0);
        assertTrue(table.store(key(table, 1), "s", 0));
        assertTrue(table.store(key(table, 2), "s", 1));
        assertFalse(table.store(key(table, 3), "s", 2));
        assertTrue(table.store(key(table, 1), "t", 3), "a known key is no new one");
        assertTrue(table.store(key(table, 3), "s", SECOND + 1), "2 has expired");
        assertEquals(2, table.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -5, Long.MAX_VALUE - 3 * SECOND, Long.MIN_VALUE})
    void entriesExpireUnlessTheyAreMatchedOrInUse(long start) {
        StickTable table = new Tables().expire(Duration.ofSeconds(10)).build(0);
        for (int key = 1; key <= 3; key++) {
            table.store(key(table, key), "s", start);
        }
        TrackedEntry inUse = table.track(key(table, 3), start + 4 * SECOND);
        assertEquals("s", table.match(key(table, 2), start + 5 * SECOND));
        assertEquals(OptionalLong.of(start + 10 * SECOND), table.nextExpiryNanos());
        assertEquals(0, table.expire(start + 10 * SECOND - 1));
        assertNull(table.match(key(table, 1), start + 10 * SECOND), "expired to the nanosecond");
        assertEquals("s", table.match(key(table, 2), start + 15 * SECOND - 1));
        assertEquals("s", table.match(key(table, 3), start + 999 * SECOND), "in use");
        inUse.release(start + 1000 * SECOND);
        assertEquals(1, table.expire(start + 1000 * SECOND), "2");
        assertEquals(OptionalLong.of(start + 1010 * SECOND), table.nextExpiryNanos());
        assertEquals(1, table.expire(start + 1010 * SECOND), "3");
        assertEquals(0, table.size());
        assertEquals(OptionalLong.empty(), table.nextExpiryNanos());
    }

    @Test
    void withoutATimeNothingExpires() {
        StickTable table = new Tables().build(0);
        table.store(key(table, 1), "s", 0);
        assertEquals(OptionalLong.empty(), table.nextExpiryNanos());
        assertEquals(0, table.expire(Long.MAX_VALUE / 2));
        assertEquals("s", table.match(key(table, 1), Long.MAX_VALUE / 2));
    }

    @Test
    void expiryIsDoneInBoundedSteps() {
        StickTable table = numbers(10_000).expire(Duration.ofSeconds(1)).build(0);
        for (int key = 0; key < 10_000; key++) {
            table.store(key(table, key), "s", 0);
        }
        int steps = 0;
        while (table.size() > 0) {
            int removed = table.expire(SECOND);
            assertTrue(removed > 0 && removed <= 256, removed + " at once");
            steps++;
        }
        assertTrue(steps > 10);
    }

    @Test
    void theFirstOfManyServersCountsUntilItIsReplaced() {
        StickTable table = new Tables().build(0);
        StickKeyBuffer key = key(table, 1);
        assertNull(table.match(key, 0));
        assertEquals("a", table.storeIfAbsent(key, "a", 0));
        assertEquals("a", table.storeIfAbsent(key, "b", 0));
        assertEquals("a", table.replace(key, "c", "b", 0), "it is not c any more");
        assertEquals("b", table.replace(key, "a", "b", 0));
        assertTrue(table.store(key, "c", 0));
        assertEquals("c", table.match(key, 0));
    }

    @Test
    void entriesAreRemovedByKeyAndByServer() {
        StickTable table = numbers(5000).build(0);
        for (int key = 0; key < 5000; key++) {
            table.store(key(table, key), key % 5 == 0 ? "a" : "b", 0);
        }
        assertTrue(table.remove(key(table, 1).toKey(), 0));
        assertFalse(table.remove(key(table, 1).toKey(), 0));
        assertEquals(1000, table.removeAll("a", 0));
        assertEquals(0, table.removeAll("a", 0));
        assertEquals(3999, table.size());
        assertEquals(3999, table.entries(0).size());
        assertNull(table.match(key(table, 5), 0));
        assertEquals("b", table.match(key(table, 6), 0));
    }

    @Test
    void anEntryInUseGoesOnWithoutItsServer() {
        StickTable table = new Tables().store(StickDataType.CONN_CNT).build(0);
        StickKeyBuffer key = key(table, 1);
        table.store(key, "a", 0);
        TrackedEntry first = table.track(key, 0);
        TrackedEntry second = table.track(key, 0);
        assertTrue(table.remove(key.toKey(), 0));
        assertNull(table.match(key, 0));
        assertEquals(0, table.value(key, StickDataType.CONN_CNT, 0));
        assertEquals(2, record(table, key, 0).connections());
        first.release(0);
        second.release(0);
        assertEquals(0, record(table, key, 0).connections());
    }

    @Test
    void everythingOfAConnectionIsCounted() {
        Tables builder = new Tables();
        for (StickDataType type : StickDataType.values()) {
            builder.store(type, type.isRate() ? Duration.ofSeconds(10) : Duration.ZERO);
        }
        StickTable table = builder.build(0);
        StickKeyBuffer key = key(table, 1);
        TrackedEntry refused = table.track(key, 0);
        refused.release(SECOND);
        TrackedEntry tracked = table.track(key, 2 * SECOND);
        tracked.countSession(2 * SECOND);
        tracked.countBytes(100, 2000, 3 * SECOND);
        assertEquals(1, tracked.countGeneral(3 * SECOND));
        assertEquals(2, tracked.countGeneral(3 * SECOND));
        table.mark(key, 7, 3 * SECOND);
        assertEquals(
                Map.ofEntries(
                        Map.entry(StickDataType.CONN_CNT, 2L),
                        Map.entry(StickDataType.CONN_CUR, 1L),
                        Map.entry(StickDataType.CONN_RATE, 2L),
                        Map.entry(StickDataType.SESS_CNT, 1L),
                        Map.entry(StickDataType.SESS_RATE, 1L),
                        Map.entry(StickDataType.BYTES_IN_CNT, 100L),
                        Map.entry(StickDataType.BYTES_IN_RATE, 100L),
                        Map.entry(StickDataType.BYTES_OUT_CNT, 2000L),
                        Map.entry(StickDataType.BYTES_OUT_RATE, 2000L),
                        Map.entry(StickDataType.GPC0, 2L),
                        Map.entry(StickDataType.GPC0_RATE, 2L),
                        Map.entry(StickDataType.GPT0, 7L)),
                record(table, key, 3 * SECOND).values());
        assertEquals(2000, tracked.value(StickDataType.BYTES_OUT_RATE, 9 * SECOND));
        assertEquals(1000, tracked.value(StickDataType.BYTES_OUT_RATE, 18 * SECOND));
        assertEquals(0, tracked.value(StickDataType.BYTES_OUT_RATE, 23 * SECOND));
        tracked.release(23 * SECOND);
        assertEquals(0, table.value(key, StickDataType.CONN_CUR, 23 * SECOND));
    }

    @Test
    void whatIsNotStoredIsNotCounted() {
        StickTable table = new Tables().build(0);
        StickKeyBuffer key = key(table, 1);
        TrackedEntry tracked = table.track(key, 0);
        tracked.countSession(0);
        tracked.countBytes(1, 1, 0);
        assertEquals(0, tracked.countGeneral(0));
        for (StickDataType type : StickDataType.values()) {
            assertEquals(0, tracked.value(type, 0), type.toString());
        }
        assertEquals(Map.of(), record(table, key, 0).values());
    }

    @Test
    void aReleasedConnectionCountsNothing() {
        StickTable table = new Tables().size(1).store(StickDataType.GPC0).build(0);
        TrackedEntry tracked = table.track(key(table, 1), 0);
        assertTrue(tracked.isCounted());
        tracked.release(0);
        tracked.release(0);
        assertFalse(tracked.isCounted());
        TrackedEntry other = table.track(key(table, 2), 0);
        assertEquals(0, tracked.countGeneral(0), "the entry is another key's now");
        assertEquals(0, tracked.value(StickDataType.GPC0, 0));
        tracked.countBytes(1, 1, 0);
        tracked.countSession(0);
        assertEquals(1, other.countGeneral(0));
        assertEquals(1, record(table, key(table, 2), 0).connections());
    }

    @Test
    void whoeverUsesAnEntryRefreshesIt() {
        StickTable table =
                new Tables()
                        .size(2)
                        .store(StickDataType.GPT0)
                        .expire(Duration.ofSeconds(1))
                        .build(0);
        List<Runnable> uses =
                List.of(
                        () -> table.match(key(table, 1), SECOND / 2),
                        () -> table.storeIfAbsent(key(table, 1), "t", SECOND / 2),
                        () -> assertTrue(table.mark(key(table, 1), 1, SECOND / 2)),
                        () -> table.track(key(table, 1), SECOND / 4).release(SECOND / 2));
        for (Runnable use : uses) {
            table.remove(key(table, 1).toKey(), 0);
            table.remove(key(table, 2).toKey(), 0);
            table.store(key(table, 1), "s", 0);
            table.store(key(table, 2), "s", 1);
            use.run();
            assertEquals(0, record(table, key(table, 1), SECOND / 2).idleNanos());
            table.store(key(table, 3), "s", SECOND / 2);
            assertNull(table.match(key(table, 2), SECOND / 2), "the oldest now");
            assertEquals("s", table.match(key(table, 1), SECOND / 2));
            table.remove(key(table, 3).toKey(), 0);
        }
    }

    @Test
    void refusedConnectionsRefreshToo() {
        StickTable table = new Tables().expire(Duration.ofSeconds(1)).build(0);
        SourceLimit limit = new SourceLimit(table, 1, 0);
        TrackedEntry open = limit.admit(key(table, 1), 0);
        assertNull(limit.admit(key(table, 1), 0));
        Objects.requireNonNull(open).release(0);
        assertEquals(0, record(table, key(table, 1), 0).idleNanos());
    }

    @Test
    void keysOfAnotherTypeAreRefused() {
        StickTable table = new Tables().build(0);
        StickKeyBuffer address = new StickKeyBuffer(StickKeyType.ip());
        address.setAddress(new byte[4]);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> table.match(address, 0));
        assertEquals("Table t has keys of type integer, not ip", refused.getMessage());
    }

    @Test
    void readingAValueDoesNotRefresh() {
        StickTable table =
                new Tables().store(StickDataType.GPT0).expire(Duration.ofSeconds(1)).build(0);
        table.mark(key(table, 1), 5, 0);
        assertEquals(5, table.value(key(table, 1), StickDataType.GPT0, SECOND - 1));
        assertEquals(SECOND - 1, record(table, key(table, 1), SECOND - 1).idleNanos());
        assertEquals(0, table.value(key(table, 1), StickDataType.GPT0, SECOND));
        assertNull(table.entry(key(table, 1).toKey(), SECOND));
    }

    /** Ten million keys, of which a thousand are kept. */
    @Test
    void memoryStaysFlatAndLookupsAllocateNothing() {
        StickTable table = numbers(1000).store(StickDataType.GPC0).build(42);
        StickKeyBuffer key = table.newKey();
        Random random = new Random(1);
        insert(table, key, random, 1_000_000);
        long allocated = allocated(() -> insert(table, key, random, 9_000_000));
        assertEquals(1000, table.size());
        assertTrue(allocated < 100_000, allocated + " bytes for nine million keys");

        List<Integer> known = new ArrayList<>();
        table.entries(0)
                .forEach(record -> known.add(Integer.parseUnsignedInt(record.key().toString())));
        assertEquals(1000, known.size());
        int[] keys = known.stream().mapToInt(Integer::intValue).toArray();
        lookUp(table, key, keys, 100_000);
        long read = allocated(() -> lookUp(table, key, keys, 100_000));
        assertTrue(read < 10_000, read + " bytes for 100,000 lookups");
    }

    private static void insert(StickTable table, StickKeyBuffer key, Random random, int count) {
        for (int i = 0; i < count; i++) {
            key.setInteger(random.nextInt());
            table.storeIfAbsent(key, "s1", i);
        }
    }

    private static void lookUp(StickTable table, StickKeyBuffer key, int[] keys, int count) {
        for (int i = 0; i < count; i++) {
            key.setInteger(keys[i % keys.length]);
            if (!"s1".equals(table.match(key, i))) {
                throw new AssertionError("the key is lost");
            }
        }
    }

    private static long allocated(Runnable work) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        work.run();
        return threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
    }

    @Test
    void aTableThatIsNotReplicatedSaysSo() {
        StickTable table = new Tables().build(0);
        IllegalStateException refused =
                assertThrows(IllegalStateException.class, table::replication);
        assertEquals(
                "Table t has no name of its node; make it with one to replicate it",
                refused.getMessage());
    }

    private static Tables numbers(int size) {
        return new Tables().size(size);
    }

    private static StickKeyBuffer key(StickTable table, int value) {
        StickKeyBuffer key = table.newKey();
        assertTrue(key.setInteger(value));
        return key;
    }

    private static StickRecord record(StickTable table, StickKeyBuffer key, long nowNanos) {
        StickRecord found = table.entry(key.toKey(), nowNanos);
        assertNotNull(found);
        return Objects.requireNonNull(found);
    }

    /** Tables of numbers. */
    private static final class Tables {
        private int size = 100;
        private Duration expire = Duration.ZERO;
        private boolean nopurge;
        private final List<StickDataType> types = new ArrayList<>();
        private final List<Duration> periods = new ArrayList<>();

        Tables size(int value) {
            size = value;
            return this;
        }

        Tables expire(Duration value) {
            expire = value;
            return this;
        }

        Tables nopurge(boolean value) {
            nopurge = value;
            return this;
        }

        Tables store(StickDataType type) {
            return store(type, Duration.ZERO);
        }

        Tables store(StickDataType type, Duration period) {
            types.add(type);
            periods.add(period);
            return this;
        }

        StickTable build(long seed) {
            StickTableConfig.Builder config =
                    StickTableConfig.builder(StickKeyType.integer(), size)
                            .expire(expire)
                            .nopurge(nopurge);
            for (int i = 0; i < types.size(); i++) {
                config.store(types.get(i), periods.get(i));
            }
            return new StickTable("t", config.build(), seed);
        }
    }
}

package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A stick table that takes the place of another. */
class StickCopyTest {
    private static final long SECOND = 1_000_000_000L;
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static StickTableConfig.Builder numbers(int size) {
        return StickTableConfig.builder(StickKeyType.integer(), size);
    }

    private static StickTable table(StickTableConfig.Builder config) {
        return new StickTable("t", config.build(), 1);
    }

    private static StickKeyBuffer key(StickTable table, int value) {
        StickKeyBuffer key = table.newKey();
        key.setInteger(value);
        return key;
    }

    private static StickRecord record(StickTable table, int value, long nowNanos) {
        StickRecord found = table.entry(key(table, value).toKey(), nowNanos);
        assertNotNull(found);
        return Objects.requireNonNull(found);
    }

    @Test
    void serversAndTheTimeSinceTheirUseAreTaken() {
        StickTable before = table(numbers(10).expire(MINUTE));
        before.store(key(before, 1), "a", 0);
        before.store(key(before, 2), "b", 10 * SECOND);
        StickTable after = table(numbers(20).expire(MINUTE));
        after.copyFrom(before, 20 * SECOND);
        assertEquals(2, after.size());
        assertEquals("a", record(after, 1, 20 * SECOND).server());
        assertEquals(20 * SECOND, record(after, 1, 20 * SECOND).idleNanos());
        after.expire(65 * SECOND);
        assertNull(after.match(key(after, 1), 65 * SECOND), "its minute is over");
        assertEquals("b", after.match(key(after, 2), 65 * SECOND));
    }

    @Test
    void whatHasExpiredIsLeftBehind() {
        StickTable before = table(numbers(10).expire(MINUTE));
        before.store(key(before, 1), "a", 0);
        StickTable after = table(numbers(10));
        after.copyFrom(before, 61 * SECOND);
        assertEquals(0, after.size());
    }

    @Test
    void withLessRoomThoseThatWereUsedLastStay() {
        StickTable before = table(numbers(10));
        for (int i = 9; i >= 0; i--) {
            before.store(key(before, i), "s" + i, (10 - i) * SECOND);
        }
        StickTable after = table(numbers(3).nopurge(true));
        after.copyFrom(before, 20 * SECOND);
        assertEquals(
                List.of("s0", "s1", "s2"),
                after.entries(20 * SECOND).stream().map(StickRecord::server).sorted().toList());
        StickTable evicting = table(numbers(3));
        evicting.copyFrom(before, 20 * SECOND);
        evicting.store(key(evicting, 99), "new", 21 * SECOND);
        assertNull(evicting.match(key(evicting, 2), 21 * SECOND), "the oldest of the three");
    }

    @Test
    void countsOfBothAreTakenAndRatesOfTheSamePeriod() {
        StickTable before =
                table(
                        numbers(10)
                                .store(StickDataType.CONN_CUR, Duration.ZERO)
                                .store(StickDataType.CONN_CNT, Duration.ZERO)
                                .store(StickDataType.SESS_CNT, Duration.ZERO)
                                .store(StickDataType.CONN_RATE, MINUTE)
                                .store(StickDataType.SESS_RATE, MINUTE));
        TrackedEntry entry = before.track(key(before, 7), 0);
        entry.countSession(0);
        StickTable after =
                table(
                        numbers(10)
                                .store(StickDataType.GPC0, Duration.ZERO)
                                .store(StickDataType.CONN_CUR, Duration.ZERO)
                                .store(StickDataType.CONN_CNT, Duration.ZERO)
                                .store(StickDataType.CONN_RATE, MINUTE)
                                .store(StickDataType.SESS_RATE, Duration.ofSeconds(10)));
        after.copyFrom(before, SECOND);
        StickRecord copied = record(after, 7, SECOND);
        assertEquals(1, copied.values().get(StickDataType.CONN_CNT));
        assertEquals(1, copied.values().get(StickDataType.CONN_RATE));
        assertEquals(0, copied.values().get(StickDataType.SESS_RATE), "of another period");
        assertEquals(0, copied.values().get(StickDataType.CONN_CUR), "it counts where it began");
        assertEquals(0, copied.values().get(StickDataType.GPC0));
    }

    @Test
    void keysOfAnotherTypeAreNotTaken() {
        StickTable before = table(StickTableConfig.builder(StickKeyType.string(8), 10));
        StickKeyBuffer name = before.newKey();
        name.setText("x");
        before.store(name, "a", 0);
        StickTable after = table(numbers(10));
        after.copyFrom(before, 0);
        assertEquals(0, after.size());
    }

    @Test
    void aReplicatedTableKeepsItsVersions() {
        StickNode node = new StickNode("n1", 5);
        StickTable before = new StickTable("t", numbers(10).build(), 1, node);
        before.store(key(before, 1), "a", 0);
        StickTable after = new StickTable("t", numbers(20).build(), 1, node);
        after.copyFrom(before, 0);
        StickUpdate[] told = new StickUpdate[1];
        after.replication().snapshot(update -> told[0] = update, 0);
        StickUpdate update = Objects.requireNonNull(told[0]);
        assertEquals("a", update.server());
        assertEquals(6, update.version().clock());
        before.remove(key(before, 2).toKey(), 0);
        StickTable third = new StickTable("t", numbers(30).build(), 1, node);
        third.copyFrom(before, 0);
        StickUpdate late =
                new StickUpdate(
                        StickUpdate.Kind.SERVER,
                        key(third, 2).toKey(),
                        new StickVersion(3, "n2"),
                        "late",
                        Map.of(),
                        0);
        assertFalse(third.replication().apply(late, 0), "it was removed since");
        after.store(key(after, 1), "b", 0);
        after.replication().snapshot(next -> told[0] = next, 0);
        assertEquals(7, Objects.requireNonNull(told[0]).version().clock());
    }
}

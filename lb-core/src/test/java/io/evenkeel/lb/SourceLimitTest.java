package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much one source may have. */
class SourceLimitTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void ofAHundredThousandConnectionsOfOneSourceAHundredAreKept() {
        StickTable table = table(1000);
        SourceLimit limit = new SourceLimit(table, 100, 0);
        StickKeyBuffer source = source(table, "192.0.2.1");
        List<TrackedEntry> kept = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            TrackedEntry admitted = limit.admit(source, i);
            if (admitted != null) {
                kept.add(admitted);
            }
        }
        assertEquals(100, kept.size());
        assertNotNull(limit.admit(source(table, "192.0.2.2"), 100_000), "another source");
        kept.get(50).release(100_001);
        assertNotNull(limit.admit(source(table, "192.0.2.1"), 100_002));
        assertNull(limit.admit(source(table, "192.0.2.1"), 100_003));
        assertEquals(
                100_003,
                table.value(source(table, "192.0.2.1"), StickDataType.CONN_CNT, 100_004) + 1,
                "also what is refused is counted");
    }

    @Test
    void ofManyThreadsNoMoreAreKeptThanTheLimit() throws InterruptedException {
        StickTable table = table(10);
        SourceLimit limit = new SourceLimit(table, 100, 150);
        AtomicInteger open = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger admissions = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            boolean keeps = t % 2 == 0;
            threads.add(
                    new Thread(
                            () -> {
                                StickKeyBuffer key = source(table, "192.0.2.1");
                                for (int i = 0; i < 5_000; i++) {
                                    TrackedEntry admitted = limit.admit(key, SECOND);
                                    if (admitted != null) {
                                        admissions.incrementAndGet();
                                        most.accumulateAndGet(open.incrementAndGet(), Math::max);
                                        if (!keeps) {
                                            open.decrementAndGet();
                                            admitted.release(SECOND);
                                        }
                                    }
                                }
                            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertTrue(most.get() <= 100, most + " at a time");
        assertTrue(admissions.get() <= 150, admissions + " in one period");
    }

    @ParameterizedTest
    @CsvSource({"1, 10", "10, 10", "100, 10", "1000, 10"})
    void inNoPeriodMuchMoreAreLetInThanTheRate(int perSecond, int most) {
        StickTable table = table(10);
        SourceLimit limit = new SourceLimit(table, 0, most);
        StickKeyBuffer source = source(table, "192.0.2.1");
        List<Long> admitted = new ArrayList<>();
        for (int i = 0; i < 60 * perSecond; i++) {
            long now = i * SECOND / perSecond;
            TrackedEntry entry = limit.admit(source, now);
            if (entry != null) {
                admitted.add(now);
                entry.release(now);
            }
        }
        double wanted = Math.min(perSecond, most / 10.0) * 60;
        assertEquals(wanted, admitted.size(), 0.2 * wanted + most);
        for (long start : admitted) {
            long inPeriod =
                    admitted.stream().filter(at -> at >= start && at - start < 10 * SECOND).count();
            assertTrue(inPeriod <= 2L * most, inPeriod + " in a period");
        }
    }

    /** One that goes on while it is refused is refused; see {@code sess_rate} for the other kind. */
    @Test
    void whoArrivesTooFastIsLetInWhenItHasSlowedDown() {
        StickTable table =
                new StickTable(
                        "t",
                        StickTableConfig.builder(StickKeyType.ip(), 10)
                                .store(StickDataType.CONN_RATE, Duration.ofSeconds(10))
                                .build(),
                        7);
        SourceLimit limit = new SourceLimit(table, 0, 10, 0);
        StickKeyBuffer source = source(table, "192.0.2.1");
        int admitted = 0;
        for (int i = 0; i < 600; i++) {
            TrackedEntry entry = limit.admit(source, i * SECOND / 10);
            if (entry != null) {
                admitted++;
                entry.release(i * SECOND / 10);
            }
        }
        assertEquals(10, admitted);
        assertNotNull(limit.admit(source, 90 * SECOND));
    }

    @Test
    void aTableWithoutRoomRefusesNobody() {
        StickTable table = table(1);
        SourceLimit limit = new SourceLimit(table, 1, 0);
        assertNotNull(limit.admit(source(table, "192.0.2.1"), 0));
        TrackedEntry other = limit.admit(source(table, "192.0.2.2"), 0);
        assertNotNull(other);
        assertEquals(false, other.isCounted());
        other.release(0);
    }

    @Test
    void aLimitThatTheTableCannotCountIsRefused() {
        StickTable table =
                new StickTable("t", StickTableConfig.builder(StickKeyType.ip(), 1).build(), 0);
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new SourceLimit(table, 0, 5));
        assertEquals(
                "Table t does not store sess_rate, which a limit per period needs; store it with a"
                        + " period",
                refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new SourceLimit(table, -1, 0));
    }

    private static StickTable table(int size) {
        return new StickTable(
                "t",
                StickTableConfig.builder(StickKeyType.ip(), size)
                        .store(StickDataType.CONN_CNT)
                        .store(StickDataType.SESS_RATE, Duration.ofSeconds(10))
                        .build(),
                7);
    }

    @Test
    void noLimitIsNegative() {
        assertThrows(InvalidConfigException.class, () -> new SourceLimitConfig("t", -1, 0, 0));
        assertThrows(InvalidConfigException.class, () -> new SourceLimitConfig("t", 0, -1, 0));
        assertThrows(InvalidConfigException.class, () -> new SourceLimitConfig("t", 0, 0, -1));
    }

    private static StickKeyBuffer source(StickTable table, String address) {
        StickKeyBuffer key = table.newKey();
        key.setKey(StickKey.parse(StickKeyType.ip(), address));
        return key;
    }
}

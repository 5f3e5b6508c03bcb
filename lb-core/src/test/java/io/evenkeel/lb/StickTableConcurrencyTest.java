package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A stick table that several threads use at once. */
class StickTableConcurrencyTest {
    private static final int THREADS = 4;

    @Test
    void ofManyFirstConnectionsOneDecides() throws InterruptedException {
        StickTable table = table(10_000);
        Map<Integer, String> decided = new ConcurrentHashMap<>();
        Queue<String> different = new ConcurrentLinkedQueue<>();
        inThreads(
                thread -> {
                    StickKeyBuffer key = table.newKey();
                    for (int i = 0; i < 10_000; i++) {
                        key.setInteger(i);
                        String server = table.storeIfAbsent(key, "s" + thread, i);
                        String other = decided.putIfAbsent(i, String.valueOf(server));
                        if (other != null && !other.equals(server)) {
                            different.add(i + ": " + server + " and " + other);
                        }
                    }
                });
        assertEquals(List.of(), List.copyOf(different));
    }

    @Test
    void nothingIsLostOrLeftInUse() throws InterruptedException {
        StickTable table = table(200);
        StickTable mirror = table(200);
        table.replication()
                .addListener((source, update, at) -> mirror.replication().apply(update, 0));
        AtomicLong now = new AtomicLong();
        inThreads(
                thread -> {
                    Random random = new Random(thread);
                    StickKeyBuffer key = table.newKey();
                    List<TrackedEntry> open = new ArrayList<>();
                    for (int i = 0; i < 50_000; i++) {
                        long at = now.incrementAndGet();
                        key.setInteger(random.nextInt(300));
                        switch (random.nextInt(12)) {
                            case 0 -> table.remove(key.toKey(), at);
                            case 1 -> table.expire(at);
                            case 2, 3 -> {
                                if (open.size() < 20) {
                                    open.add(table.track(key, at));
                                }
                            }
                            case 4, 5 -> {
                                if (!open.isEmpty()) {
                                    open.remove(random.nextInt(open.size())).release(at);
                                }
                            }
                            case 6 -> table.storeIfAbsent(key, "s" + random.nextInt(3), at);
                            case 7 -> table.store(key, "s" + random.nextInt(3), at);
                            case 8 -> table.mark(key, i, at);
                            default -> table.match(key, at);
                        }
                        if (i % 5000 == 0) {
                            table.removeAll("s1", at);
                            table.entries(at);
                            table.replication().snapshot(update -> {}, at);
                        }
                    }
                    open.forEach(entry -> entry.release(now.get()));
                });
        assertTrue(table.size() <= 200, table.size() + " entries");
        List<StickRecord> entries = table.entries(now.get());
        assertEquals(0, entries.stream().mapToInt(StickRecord::connections).sum());
        assertEquals(entries.size(), entries.stream().map(StickRecord::key).distinct().count());
        StickKeyBuffer key = table.newKey();
        for (int i = 1000; i < 1200; i++) {
            key.setInteger(i);
            assertTrue(table.store(key, "s", now.incrementAndGet()));
        }
        assertEquals(200, table.size(), "every entry can be used again");
        assertEquals(200, table.entries(now.get()).size());
    }

    private interface Work {
        void run(int thread);
    }

    private static void inThreads(Work work) throws InterruptedException {
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int number = i;
            Thread thread = new Thread(() -> work.run(number));
            thread.setUncaughtExceptionHandler((t, failure) -> failures.add(failure));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), List.copyOf(failures));
    }

    private static StickTable table(int size) {
        return new StickTable(
                "t",
                StickTableConfig.builder(StickKeyType.integer(), size)
                        .expire(Duration.ofNanos(20_000))
                        .store(StickDataType.GPT0)
                        .build(),
                3,
                new StickNode("n", 0));
    }
}

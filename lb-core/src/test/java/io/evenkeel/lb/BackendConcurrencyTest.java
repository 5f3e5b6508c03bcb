package io.evenkeel.lb;

import static io.evenkeel.lb.HealthState.DOWN;
import static io.evenkeel.lb.HealthState.UP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BackendConcurrencyTest {
    private static final int THREADS = 16;
    private static final int PICKS = 20_000;
    private static final int FLIPS = 10;
    private static final long SEED = 7;

    /**
     * Odd generation: B is down, and stays so for a while. A picker that sees the same odd generation
     * before and after its pick must not have got B.
     */
    @Test
    void noPickAfterTheSwapGivesAServerThatIsDownAndNoSlotIsLost() throws Exception {
        Backend backend = Fixture.up(3, 1, 2);
        Server b = Fixture.server(backend, "B");
        AtomicInteger generation = new AtomicInteger();
        AtomicInteger flips = new AtomicInteger();
        CountDownLatch pickers = new CountDownLatch(THREADS);
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            Random random = new Random(SEED + t);
            tasks.add(
                    () -> {
                        try {
                            return pickAndClose(backend, b, generation, flips, random);
                        } finally {
                            pickers.countDown();
                        }
                    });
        }
        tasks.add(
                () -> {
                    while (pickers.getCount() > 0) {
                        Fixture.set(backend, b, DOWN);
                        generation.incrementAndGet();
                        for (int i = 0; i < 500; i++) {
                            Thread.onSpinWait();
                        }
                        generation.incrementAndGet();
                        Fixture.set(backend, b, UP);
                        flips.incrementAndGet();
                    }
                    return 0L;
                });
        long begun = inParallel(tasks).stream().mapToLong(Long::longValue).sum();
        long picks = 0;
        for (Server server : backend.servers()) {
            assertEquals(0, server.inFlight(), "in flight on " + server);
            picks += server.totalPicks();
        }
        assertTrue(begun >= (long) THREADS * PICKS, begun + " picks");
        assertEquals(begun, picks, "seed " + SEED);
    }

    /** Returns how often it has picked: so often, and until the server has flapped often enough. */
    private static long pickAndClose(
            Backend backend,
            Server flapping,
            AtomicInteger generation,
            AtomicInteger flips,
            Random random) {
        ArrayDeque<Lease> open = new ArrayDeque<>();
        long picks = 0;
        for (; picks < PICKS || flips.get() <= FLIPS; picks++) {
            int before = generation.get();
            Lease lease = Fixture.pick(backend);
            if (lease.server() == flapping && before % 2 == 1) {
                assertTrue(generation.get() != before, "a server that is down was picked");
            }
            open.add(lease);
            if (random.nextInt(4) > 0 || open.size() > 8) {
                Lease closed = open.remove();
                closed.close();
                if (random.nextBoolean()) {
                    closed.close();
                }
            }
        }
        open.forEach(Lease::close);
        return picks;
    }

    @Test
    void limitIsNeverPassed() throws Exception {
        int most = 2;
        Backend backend =
                Fixture.backend(
                        Fixture.server("A").maxConnections(most),
                        Fixture.server("B").maxConnections(most).weight(7));
        AtomicIntegerArray held = new AtomicIntegerArray(2);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            tasks.add(
                    () -> {
                        int served = 0;
                        while (served < 2_000) {
                            Lease lease = backend.pick(PickRequest.ANY, 0);
                            if (lease == null) {
                                assertEquals(Refusal.ALL_FULL, backend.refusal());
                                Thread.yield();
                                continue;
                            }
                            int index = backend.servers().indexOf(lease.server());
                            int now = held.incrementAndGet(index);
                            assertTrue(now <= most, now + " at a time on " + lease.server());
                            held.decrementAndGet(index);
                            lease.close();
                            served++;
                        }
                        return served;
                    });
        }
        inParallel(tasks);
        backend.servers().forEach(s -> assertEquals(0, s.inFlight(), "in flight on " + s));
    }

    /** All slots of a backend can be taken by as many threads at once, and not one more. */
    @Test
    void everyFreeSlotIsFound() throws Exception {
        for (int round = 0; round < 50; round++) {
            Backend backend =
                    Fixture.backend(
                            Fixture.server("A").maxConnections(1).weight(200),
                            Fixture.server("B").maxConnections(3),
                            Fixture.server("C").maxConnections(THREADS - 5));
            CyclicBarrier start = new CyclicBarrier(THREADS);
            List<Callable<Boolean>> tasks = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                tasks.add(
                        () -> {
                            start.await();
                            return backend.pick(PickRequest.ANY, 0) != null;
                        });
            }
            long got = inParallel(tasks).stream().filter(b -> b).count();
            assertEquals(THREADS - 1, got, "round " + round);
        }
    }

    @Test
    void leaseClosedByTwoThreadsCountsOnce() throws Exception {
        Backend backend = Fixture.up(1);
        Lease kept = Fixture.pick(backend);
        List<Lease> leases = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            leases.add(Fixture.pick(backend));
        }
        AtomicInteger arrived = new AtomicInteger();
        Callable<Boolean> closeAll =
                () -> {
                    int both = 0;
                    for (Lease lease : leases) {
                        both += 2;
                        arrived.incrementAndGet();
                        for (int spins = 0; arrived.get() < both; spins++) {
                            if (spins > 1_000) {
                                Thread.yield();
                            }
                        }
                        lease.close();
                    }
                    return true;
                };
        inParallel(List.of(closeAll, closeAll));
        assertEquals(1, kept.server().inFlight());
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(tasks.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : executor.invokeAll(tasks, 50, TimeUnit.SECONDS)) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}

package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.many;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every balance promises, whatever the servers and the load. */
class BalanceTest {
    static Stream<Balance> all() {
        return Stream.concat(
                ConsistentHashTest.hashes(),
                Stream.of(
                        Balance.roundRobin(),
                        Balance.staticRoundRobin(),
                        Balance.leastConnections(),
                        Balance.first(),
                        Balance.sticky(),
                        Balance.random(),
                        Balance.powerOfTwo(),
                        Balance.random(5),
                        Balance.peakEwma(Duration.ofSeconds(10))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void everyServerIsOfferedBeforeNoneIsTaken(Balance balance) {
        Random random = new Random(5);
        for (int round = 0; round < 40; round++) {
            int[] weights = random.ints(1 + random.nextInt(30), 1, 257).toArray();
            Backend backend = many(balance, weights);
            Selector selector = balance.selector(Fixture.candidates(backend));
            Set<Integer> offered = new HashSet<>();
            int taken =
                    selector.select(
                            random.nextLong(),
                            0,
                            index -> {
                                offered.add(index);
                                return false;
                            });
            assertEquals(Selector.NONE, taken);
            assertEquals(weights.length, offered.size(), balance.keyword());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void limitsHoldAndEverySlotIsFilled(Balance balance) {
        Random random = new Random(6);
        for (int round = 0; round < 20; round++) {
            BackendConfig.Builder config =
                    BackendConfig.builder("web")
                            .balance(balance)
                            .hashAffinity(HashAffinity.MAXCONN);
            int slots = 0;
            for (int i = 0; i <= random.nextInt(12); i++) {
                int most = 1 + random.nextInt(5);
                slots += most;
                config.server(
                        Fixture.server("s" + i)
                                .weight(1 + random.nextInt(256))
                                .maxConnections(most)
                                .build());
            }
            Backend backend = new Backend(config.build());
            for (int i = 0; i < slots; i++) {
                assertNotNull(
                        backend.pick(PickRequest.ofKey(random.nextLong()), i), balance.keyword());
            }
            assertNull(backend.pick(PickRequest.ofKey(random.nextLong()), 0));
            backend.servers().forEach(s -> assertEquals(s.config().maxConnections(), s.inFlight()));
        }
    }

    /** But the one whose table takes longest to make. */
    static Stream<Balance> quickToMake() {
        return all().filter(balance -> !balance.keyword().equals("large-maglev"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("quickToMake")
    void serversComeAndGoUnderManyThreads(Balance balance) throws Exception {
        BackendConfig.Builder config = BackendConfig.builder("web").balance(balance);
        for (int i = 0; i < 8; i++) {
            config.server(Fixture.server("s" + i).maxConnections(20).check(Fixture.CHECK).build());
        }
        Backend backend = new Backend(config.build());
        backend.servers().forEach(s -> Fixture.set(backend, s, HealthState.UP));
        AtomicBoolean ended = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(thread);
            Thread started =
                    new Thread(
                            () -> {
                                List<Lease> held = new ArrayList<>();
                                while (!ended.get()) {
                                    Lease lease =
                                            backend.pick(PickRequest.ofKey(random.nextLong()), 1);
                                    if (lease != null) {
                                        held.add(lease);
                                        lease.observeLatency(random.nextInt(1_000_000), 1);
                                    }
                                    if (lease == null || held.size() > 30) {
                                        held.forEach(Lease::close);
                                        held.clear();
                                    }
                                }
                                held.forEach(Lease::close);
                            });
            started.setUncaughtExceptionHandler((t, e) -> failure.set(e));
            started.start();
            threads.add(started);
        }
        Random random = new Random(7);
        for (int change = 0; change < 150; change++) {
            Server server = backend.servers().get(random.nextInt(8));
            HealthState next =
                    server.health() == HealthState.UP ? HealthState.DOWN : HealthState.UP;
            Fixture.set(backend, server, next);
            if (next == HealthState.DOWN) {
                long picks = server.totalPicks();
                Thread.onSpinWait();
                assertTrue(
                        server.totalPicks() - picks <= 4,
                        "a pick that began before the change may end after it, and no other");
            }
        }
        ended.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertNull(failure.get());
        backend.servers().forEach(s -> assertEquals(0, s.inFlight(), balance.keyword()));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Balance.random(0));
        assertThrows(IllegalArgumentException.class, () -> Balance.peakEwma(Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> Balance.ring(BalanceKey.NONE));
        assertThrows(
                IllegalArgumentException.class, () -> Balance.boundedRing(BalanceKey.SOURCE, 100));
    }

    @Test
    void aBalanceIsAValue() {
        assertEquals(Balance.random(2), Balance.powerOfTwo());
        assertEquals(Balance.ring(BalanceKey.SOURCE), Balance.ring(BalanceKey.SOURCE));
        assertTrue(Balance.ring(BalanceKey.SOURCE).isDeterministic());
        assertTrue(!Balance.leastConnections().isDeterministic());
    }
}

package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred connections and sixteen threads want two slots: all get one in the end, never two of them the same. */
class QueueConcurrencyTest {
    private static final int THREADS = 16;
    private static final int CONNECTIONS = 100;
    private static final int ROUNDS = 200;

    /** A connection that waits until it is served, on the thread that runs it. */
    private static final class Patient implements Waiter {
        private final CountDownLatch answered = new CountDownLatch(1);
        private final AtomicReference<@Nullable Lease> lease = new AtomicReference<>();
        private final long key;

        Patient(long key) {
            this.key = key;
        }

        @Override
        public long balanceKey() {
            return key;
        }

        @Override
        public void onServer(Lease given) {
            lease.set(given);
            answered.countDown();
        }

        @Override
        public void onRefused(Refusal cause) {
            answered.countDown();
        }

        Lease await(Backend backend) {
            Lease picked = backend.pick(this, 0);
            if (picked != null) {
                return picked;
            }
            backend.enqueue(this, 0);
            try {
                assertTrue(answered.await(60, TimeUnit.SECONDS), "somebody sleeps for ever");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            Lease given = lease.get();
            if (given == null) {
                throw new AssertionError("refused");
            }
            return given;
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"any server", "by a hash", "within the backend's limit"})
    void everybodyIsServedAndNoLimitIsPassed(String how) throws InterruptedException {
        BackendConfig.Builder config =
                Fixture.config(
                        Fixture.server("A").maxConnections(1),
                        Fixture.server("B").maxConnections(1));
        switch (how) {
            case "by a hash" -> config.balance(Balance.maglev(BalanceKey.SOURCE));
            case "within the backend's limit" -> config.maxConnections(1);
            default -> config.balance(Balance.leastConnections());
        }
        Backend backend = new Backend(config.build());
        List<AtomicInteger> inside = List.of(new AtomicInteger(), new AtomicInteger());
        AtomicInteger served = new AtomicInteger();
        AtomicInteger left = new AtomicInteger(CONNECTIONS * ROUNDS);
        List<Throwable> failures = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                for (int turn; (turn = left.getAndDecrement()) > 0; ) {
                                    Lease lease = new Patient(turn % CONNECTIONS).await(backend);
                                    int server = lease.server().name().equals("A") ? 0 : 1;
                                    int now = inside.get(server).incrementAndGet();
                                    assertEquals(1, now, "two hold the same slot");
                                    inside.get(server).decrementAndGet();
                                    served.incrementAndGet();
                                    lease.close(0);
                                }
                            });
            thread.setUncaughtExceptionHandler(
                    (t, e) -> {
                        synchronized (failures) {
                            failures.add(e);
                        }
                    });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
        assertEquals(CONNECTIONS * ROUNDS, served.get());
        assertEquals(0, backend.servers().stream().mapToInt(Server::inFlight).sum());
        assertEquals(0, backend.queueLength());
    }

    @ParameterizedTest
    @ValueSource(strings = {"leastconn", "roundrobin", "hash"})
    void neverMoreAreConnectingThanMayBeAndNobodyIsLost(String how) throws InterruptedException {
        int most = 3;
        ConnectConfig paced = ConnectConfig.builder().maxConnecting(most).build();
        BackendConfig.Builder config =
                Fixture.config(
                        Fixture.server("A").connect(paced),
                        Fixture.server("B").connect(paced).maxConnections(5));
        switch (how) {
            case "leastconn" -> config.balance(Balance.leastConnections());
            case "hash" -> config.balance(Balance.maglev(BalanceKey.SOURCE));
            default -> config.balance(Balance.roundRobin());
        }
        Backend backend = new Backend(config.build());
        List<AtomicInteger> connecting = List.of(new AtomicInteger(), new AtomicInteger());
        AtomicInteger left = new AtomicInteger(CONNECTIONS * ROUNDS);
        AtomicInteger served = new AtomicInteger();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            long seed = i;
            Thread thread =
                    new Thread(
                            () -> {
                                SplittableRandom random = new SplittableRandom(seed);
                                for (int turn; (turn = left.getAndDecrement()) > 0; ) {
                                    Lease lease = new Patient(turn % CONNECTIONS).await(backend);
                                    int server = lease.server().name().equals("A") ? 0 : 1;
                                    int now = connecting.get(server).incrementAndGet();
                                    assertTrue(now <= most, now + " connect, seed " + seed);
                                    connecting.get(server).decrementAndGet();
                                    if (random.nextInt(4) > 0) {
                                        lease.connected(0);
                                    }
                                    served.incrementAndGet();
                                    lease.close(0);
                                }
                            });
            thread.setUncaughtExceptionHandler((t, e) -> failures.add(e));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(List.of(), failures);
        assertEquals(CONNECTIONS * ROUNDS, served.get());
        for (Server server : backend.servers()) {
            assertEquals(0, server.inFlight());
            assertEquals(0, server.connecting());
        }
        assertEquals(0, backend.queueLength());
    }

    @Test
    void whoLeavesWhileServedHasEitherLeftOrASlot() throws InterruptedException {
        Backend backend = Fixture.backend(Fixture.server("A").maxConnections(1));
        AtomicInteger granted = new AtomicInteger();
        for (int round = 0; round < 2_000; round++) {
            Lease held = Fixture.pick(backend);
            Waiter waiter =
                    new Waiter() {
                        @Override
                        public void onServer(Lease lease) {
                            granted.incrementAndGet();
                            lease.close(0);
                        }

                        @Override
                        public void onRefused(Refusal cause) {
                            throw new AssertionError(cause);
                        }
                    };
            QueuePlace place = backend.enqueue(waiter, 0);
            Thread releaser = new Thread(() -> held.close(0));
            int before = granted.get();
            releaser.start();
            boolean left = place.leave();
            releaser.join();
            assertEquals(left ? before : before + 1, granted.get(), "in round " + round);
            assertEquals(0, backend.servers().get(0).inFlight());
            assertEquals(0, backend.queueLength());
        }
    }
}

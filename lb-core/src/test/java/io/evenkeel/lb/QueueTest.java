package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.server;
import static io.evenkeel.lb.Fixture.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Connections that wait: in which order they are served, and for which server they wait. */
class QueueTest {
    private final List<String> told = new ArrayList<>();

    private Customer customer(String name) {
        return new Customer(name, told);
    }

    private static Backend slots(Balance balance, int a, int b) {
        return new Backend(
                Fixture.config(
                                Fixture.server("A").maxConnections(a),
                                Fixture.server("B").maxConnections(b))
                        .balance(balance)
                        .build());
    }

    private void told(String... expected) {
        assertEquals(List.of(expected), told);
        told.clear();
    }

    @Test
    void firstComeFirstServed() {
        Backend backend = slots(Balance.roundRobin(), 1, 1);
        Customer one = customer("1");
        Customer two = customer("2");
        one.come(backend, 0);
        two.come(backend, 1);
        for (int i = 3; i <= 5; i++) {
            customer(String.valueOf(i)).come(backend, i);
        }
        assertEquals(3, backend.queueLength());
        told("1 A", "2 B");
        two.go(6);
        told("3 B");
        one.go(7);
        told("4 A");
        assertEquals(1, backend.queueLength());
    }

    @Test
    void whoComesNewIsBehindThoseWhoWait() {
        Backend backend = slots(Balance.roundRobin(), 1, 1);
        List<Customer> inside = List.of(customer("1"), customer("2"));
        inside.forEach(c -> c.come(backend, 0));
        customer("3").come(backend, 1);
        assertNull(backend.pick(PickRequest.ANY, 2));
        inside.get(0).go(3);
        told("1 A", "2 B", "3 A");
        assertNull(backend.pick(PickRequest.ANY, 4), "the slot went to the one who waited");
    }

    @Test
    void aLowerClassComesFirstAndAnOffsetCountsAsTime() {
        Backend backend = slots(Balance.first(), 1, 1);
        List<Customer> inside = List.of(customer("i"), customer("j"));
        inside.forEach(c -> c.come(backend, 0));
        customer("late").come(backend, 30);
        customer("later").later(100).come(backend, 1);
        customer("early").later(-20).come(backend, 40);
        customer("vip").ofClass(-1).come(backend, 90);
        told.clear();
        inside.get(0).go(100);
        inside.get(1).go(100);
        told("vip A", "early B");
        Server b = server(backend, "B");
        backend.setMaxConnections(b, 3, 110);
        told("late B", "later B");
    }

    @Test
    void whoLeavesIsNotServedAndTheLengthIsExact() {
        Backend backend = slots(Balance.roundRobin(), 1, 1);
        Customer one = customer("1");
        one.come(backend, 0);
        customer("2").come(backend, 0);
        QueuePlace three = Objects.requireNonNull(customer("3").come(backend, 0));
        customer("4").come(backend, 0);
        assertEquals(2, backend.queueLength());
        assertTrue(three.leave());
        assertFalse(three.leave());
        assertEquals(1, backend.queueLength());
        one.go(1);
        told("1 A", "2 B", "4 A");
        assertEquals(0, backend.queueLength());
    }

    @Test
    void withAHashAConnectionWaitsForItsServer() {
        Backend backend = slots(Balance.ring(BalanceKey.SOURCE), 1, 1);
        long key = keyOf(backend, "A");
        Customer one = customer("1").ofKey(key);
        one.come(backend, 0);
        customer("2").ofKey(key).come(backend, 1);
        assertEquals(1, server(backend, "A").waiting());
        customer("3").ofKey(keyOf(backend, "B")).come(backend, 2);
        told("1 A", "3 B");
        one.go(3);
        told("2 A");
    }

    @Test
    void aFullQueueOfAServerRefusesOrWithMaxqueueAffinitySendsOn() {
        for (HashAffinity affinity : HashAffinity.values()) {
            Backend backend =
                    new Backend(
                            Fixture.config(
                                            Fixture.server("A").maxConnections(1).maxQueue(1),
                                            Fixture.server("B").maxConnections(1).maxQueue(1))
                                    .balance(Balance.maglev(BalanceKey.SOURCE))
                                    .hashAffinity(affinity)
                                    .build());
            long key = keyOf(backend, "A");
            for (int i = 1; i <= 4; i++) {
                customer(String.valueOf(i)).ofKey(key).come(backend, i);
            }
            assertEquals(
                    switch (affinity) {
                        case ALWAYS -> List.of("1 A", "3 QUEUE_FULL", "4 QUEUE_FULL");
                        case MAXCONN -> List.of("1 A", "2 B");
                        case MAXQUEUE -> List.of("1 A", "3 B");
                    },
                    told,
                    affinity.name());
            told.clear();
        }
    }

    @Test
    void aQueueForAnyServerHasItsLimitToo() {
        Backend backend =
                new Backend(
                        Fixture.config(Fixture.server("A").maxConnections(1)).maxQueue(1).build());
        customer("1").come(backend, 0);
        customer("2").come(backend, 0);
        QueuePlace refused = Objects.requireNonNull(customer("3").come(backend, 0));
        told("1 A", "3 QUEUE_FULL");
        assertFalse(refused.leave());
    }

    @Test
    void aServerThatGoesDownLeavesItsQueueToOthersInOrder() {
        Backend backend =
                new Backend(
                        Fixture.config(
                                        Fixture.server("A").maxConnections(1).check(Fixture.CHECK),
                                        Fixture.server("B").maxConnections(3).check(Fixture.CHECK))
                                .balance(Balance.ring(BalanceKey.SOURCE))
                                .build());
        set(backend, "A", HealthState.UP);
        set(backend, "B", HealthState.UP);
        long key = keyOf(backend, "A");
        for (int i = 1; i <= 5; i++) {
            customer(String.valueOf(i)).ofKey(key).come(backend, i);
        }
        told("1 A");
        set(backend, "A", HealthState.DOWN);
        told("2 B", "3 B", "4 B");
        assertEquals(1, server(backend, "B").waiting());
        assertEquals(0, server(backend, "A").waiting());
        set(backend, "B", HealthState.DOWN);
        told("5 NONE_USABLE");
    }

    @Test
    void aStickyConnectionWaitsForItsServerThoughItDrainsAndAnotherIsFree() {
        Backend backend = slots(Balance.roundRobin(), 1, 1);
        Server a = server(backend, "A");
        Customer one = customer("1").on(a);
        one.come(backend, 0);
        customer("2").on(a).come(backend, 0);
        backend.setAdminState(a, AdminState.DRAIN, 1);
        assertEquals(1, a.waiting());
        customer("3").come(backend, 2);
        told("1 A", "3 B");
        one.go(3);
        told("2 A");
        backend.setAdminState(a, AdminState.MAINTENANCE, 4);
        customer("4").on(a).come(backend, 5);
        assertEquals(1, backend.queueLength(), "it takes any server now");
        backend.setMaxConnections(server(backend, "B"), 2, 6);
        told("4 B");
        Customer waiting = customer("5");
        waiting.come(backend, 7);
        assertNull(backend.pick(customer("6").on(a), 8), "its server is away: it is behind 5");
    }

    @Test
    void aStickyConnectionLeavesAFullQueueOnlyWithRedispatch() {
        for (int redispatch : new int[] {0, -1}) {
            Backend backend =
                    new Backend(
                            Fixture.config(
                                            Fixture.server("A").maxConnections(1).maxQueue(1),
                                            Fixture.server("B"))
                                    .redispatchInterval(redispatch)
                                    .build());
            Server a = server(backend, "A");
            for (int i = 1; i <= 3; i++) {
                customer(String.valueOf(i)).on(a).come(backend, i);
            }
            if (redispatch == 0) {
                told("1 A", "3 QUEUE_FULL");
            } else {
                told("1 A", "3 B");
            }
        }
    }

    @Test
    void whoLeftAFullQueueGetsAnyServerThoughTheQueueHasRoomAgain() {
        Backend backend =
                new Backend(
                        Fixture.config(
                                        Fixture.server("A").maxConnections(1).maxQueue(1),
                                        Fixture.server("B").maxConnections(1))
                                .redispatchInterval(-1)
                                .build());
        Server a = server(backend, "A");
        Customer one = customer("1").on(a);
        Customer other = customer("x");
        one.come(backend, 0);
        other.come(backend, 0);
        customer("2").on(a).come(backend, 1);
        customer("3").on(a).come(backend, 2);
        customer("4").come(backend, 3);
        one.go(4);
        other.go(5);
        told("1 A", "x B", "2 A", "3 B");
        assertEquals(1, backend.queueLength());
    }

    @Test
    void whoFoundAllQueuesFullGetsAnyServerThoughItsOwnQueueHasRoomAgain() {
        Backend backend =
                new Backend(
                        Fixture.config(
                                        Fixture.server("A").maxConnections(1).maxQueue(1),
                                        Fixture.server("B").maxConnections(1).maxQueue(1))
                                .balance(Balance.maglev(BalanceKey.SOURCE))
                                .hashAffinity(HashAffinity.MAXQUEUE)
                                .build());
        long key = keyOf(backend, "A");
        List<Customer> all = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            all.add(customer(String.valueOf(i)).ofKey(key));
        }
        all.forEach(customer -> customer.come(backend, 0));
        told("1 A", "3 B");
        all.get(0).go(1);
        told("2 A");
        all.get(2).go(2);
        told("4 B");
        all.get(3).go(3);
        told("5 B");
    }

    @Test
    void whoWaitsForAFirstCheckIsServedOrRefusedByItsResult() {
        for (HealthState result : new HealthState[] {HealthState.UP, HealthState.DOWN}) {
            Backend backend = Fixture.backend(Fixture.server("A").check(Fixture.CHECK));
            assertEquals(Refusal.AWAITING_FIRST_CHECK, backend.refusal());
            customer("1").come(backend, 0);
            told();
            set(backend, "A", result);
            told(result == HealthState.UP ? "1 A" : "1 NONE_USABLE");
        }
    }

    @Test
    void whoJoinsWithoutAServerLeftIsRefusedAtOnce() {
        Backend backend = Fixture.backend(Fixture.server("A").disabled(true));
        customer("1").come(backend, 0);
        told("1 NONE_USABLE");
        assertEquals(0, backend.queueLength());
    }

    @Test
    void theBackendsLimitHoldsOverAllServers() {
        Backend backend =
                new Backend(
                        Fixture.config(Fixture.server("A"), Fixture.server("B"))
                                .maxConnections(3)
                                .build());
        List<Customer> all = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            all.add(customer(String.valueOf(i)));
            all.get(i - 1).come(backend, i);
        }
        told("1 A", "2 B", "3 A");
        all.get(1).go(10);
        told("4 B");
        all.get(0).go(11);
        told("5 A");
    }

    @Test
    void betweenMinconnAndMaxconnTheLimitGrowsWithTheBackend() {
        Backend backend =
                new Backend(
                        Fixture.config(
                                        Fixture.server("A").minConnections(2).maxConnections(10),
                                        Fixture.server("B"))
                                .fullConnections(20)
                                .balance(Balance.first())
                                .build());
        Server a = server(backend, "A");
        assertEquals(2, a.limit());
        List<Lease> held = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            held.add(Fixture.pick(backend));
        }
        assertEquals(5, a.limit(), "half of fullconn, half of maxconn");
        for (int i = 0; i < 15; i++) {
            held.add(Fixture.pick(backend));
        }
        assertEquals(10, a.limit());
        held.forEach(Lease::close);
        assertEquals(2, a.limit());
    }

    @Test
    void whoWaitsMakesALimitGrowForItself() {
        Backend backend =
                new Backend(
                        Fixture.config(Fixture.server("A").minConnections(1).maxConnections(4))
                                .fullConnections(4)
                                .build());
        for (int i = 1; i <= 4; i++) {
            customer(String.valueOf(i)).come(backend, i);
        }
        told("1 A", "2 A", "3 A", "4 A");
    }

    @Test
    void aHashAvoidsAServerThatRefusedUntilNoOtherIsLeft() {
        for (HashAffinity affinity :
                new HashAffinity[] {HashAffinity.ALWAYS, HashAffinity.MAXQUEUE}) {
            Backend backend =
                    new Backend(
                            Fixture.config(Fixture.server("A"), Fixture.server("B"))
                                    .balance(Balance.maglev(BalanceKey.SOURCE))
                                    .hashAffinity(affinity)
                                    .build());
            Server a = server(backend, "A");
            Server b = server(backend, "B");
            assertEquals("B", Fixture.pick(backend, "A").server().name());
            assertEquals("A", Fixture.pick(backend, "A", "B").server().name());
            backend.setAdminState(a, AdminState.DRAIN, 0);
            assertEquals("B", Fixture.pick(backend, "B").server().name());
            assertEquals("B", Fixture.pick(backend, "A", "B").server().name());
            backend.setAdminState(b, AdminState.DRAIN, 0);
            assertNull(backend.pick(PickRequest.avoiding(List.of(a, b)), 0));
        }
    }

    @Test
    void whoWaitsForOneServerGoesOnWaitingWhenAllAreUsedThoughDown() {
        Backend backend =
                new Backend(
                        Fixture.config(
                                        Fixture.server("A").maxConnections(1).check(Fixture.CHECK),
                                        Fixture.server("B").maxConnections(1).check(Fixture.CHECK))
                                .balance(Balance.ring(BalanceKey.SOURCE))
                                .allDown(AllDown.failOpenBelow(100))
                                .build());
        set(backend, "A", HealthState.UP);
        set(backend, "B", HealthState.UP);
        long key = keyOf(backend, "A");
        Customer one = customer("1").ofKey(key);
        one.come(backend, 0);
        customer("2").ofKey(key).come(backend, 1);
        set(backend, "A", HealthState.DOWN);
        assertTrue(backend.pool().isFailOpen());
        assertEquals(1, server(backend, "A").waiting());
        one.go(2);
        told("1 A", "2 A");
    }

    @Test
    void aLeaseOfNothingSaysSo() {
        Lease lease = new Lease();
        lease.close();
        assertFalse(lease.isOpen());
        assertEquals("lease of nothing", lease.toString());
        assertThrows(IllegalStateException.class, lease::server);
    }

    @Test
    void aLeaseIsUsedAgainOnlyWhenClosed() {
        Backend backend = slots(Balance.roundRobin(), 1, 1);
        Lease lease = new Lease();
        assertTrue(backend.pick(PickRequest.ANY, 0, lease));
        assertNotEquals(0, backend.servers().stream().mapToInt(Server::inFlight).sum());
        String thrown =
                assertThrows(
                                IllegalStateException.class,
                                () -> backend.pick(PickRequest.ANY, 0, lease))
                        .getMessage();
        assertTrue(Objects.requireNonNull(thrown).contains("close it first"), thrown);
        lease.close();
        lease.close();
        assertTrue(backend.pick(PickRequest.ANY, 0, lease));
        assertEquals("B", lease.server().name());
    }

    @Test
    void aLostLeaseIsFound() {
        LeaseLeaks leaks = new LeaseLeaks();
        Backend backend = new Backend(Fixture.config(Fixture.server("A")).build(), leaks);
        Fixture.pick(backend).close();
        assertEquals(0, leaks.open());
        lose(backend);
        List<Throwable> lost = new ArrayList<>();
        // The JVM says on another thread that an object is gone.
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (lost.isEmpty() && System.nanoTime() - giveUp < 0) {
            System.gc();
            lost.addAll(leaks.lost());
            Thread.onSpinWait();
        }
        assertEquals(1, lost.size());
        assertTrue(
                List.of(lost.get(0).getStackTrace()).stream()
                        .anyMatch(frame -> frame.getMethodName().equals("lose")),
                "it says where it was picked");
        assertEquals(0, leaks.open());
    }

    private static void lose(Backend backend) {
        assertNotNull(backend.pick(PickRequest.ANY, 0));
    }

    static long keyOf(Backend backend, String server) {
        for (long key = 1; ; key++) {
            Server home = backend.pool().home(PickRequest.ofKey(key), 0);
            if (home != null && home.name().equals(server)) {
                return key;
            }
        }
    }

    private static Runnable failing(String what) {
        return () -> {
            throw new IllegalStateException(what);
        };
    }

    private static BackendObserver atPick(Runnable then) {
        return new BackendObserver() {
            @Override
            public void onPick(Backend backend, Server server) {
                then.run();
            }
        };
    }

    /** As for a moment it had none free. */
    @Test
    void theSlotOfAConnectionThatFailedAtItsPickGoesToOneThatWaitsSince() {
        Backend backend = slots(Balance.first(), 1, 1);
        customer("1").come(backend, 0);
        List<Runnable> once = new ArrayList<>(List.of(failing("observer")));
        backend.addObserver(
                atPick(
                        () -> {
                            if (!once.isEmpty()) {
                                Runnable fails = once.remove(0);
                                customer("3").come(backend, 1);
                                fails.run();
                            }
                        }));
        assertThrows(IllegalStateException.class, () -> backend.pick(PickRequest.ANY, 1));
        told("1 A", "3 B");
        assertEquals(0, backend.queueLength());
    }

    @Test
    void whoWaitsIsServedThoughAnObserverFails() {
        Backend backend = slots(Balance.first(), 1, 1);
        List<Customer> inside = List.of(customer("i"), customer("j"));
        inside.forEach(c -> c.come(backend, 0));
        for (int i = 1; i <= 4; i++) {
            customer(String.valueOf(i)).come(backend, i);
        }
        told.clear();
        backend.addObserver(atPick(failing("observer")));
        assertThrows(IllegalStateException.class, () -> inside.get(0).go(10));
        told("1 A");
        Server b = server(backend, "B");
        IllegalStateException first =
                assertThrows(
                        IllegalStateException.class, () -> backend.setMaxConnections(b, 4, 20));
        told("2 B", "3 B", "4 B");
        assertEquals(2, first.getSuppressed().length);
        assertEquals(0, backend.queueLength());
    }
}

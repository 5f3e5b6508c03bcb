package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.CHECK;
import static io.evenkeel.lb.Fixture.backend;
import static io.evenkeel.lb.Fixture.pick;
import static io.evenkeel.lb.Fixture.picks;
import static io.evenkeel.lb.Fixture.server;
import static io.evenkeel.lb.Fixture.set;
import static io.evenkeel.lb.Fixture.up;
import static io.evenkeel.lb.HealthState.DOWN;
import static io.evenkeel.lb.HealthState.UP;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackendTest {
    @Test
    void roundRobinFollowsTheWeights() {
        assertEquals("ABACBAABACBA", picks(up(3, 2, 1), 12));
    }

    @Test
    void uncheckedServersAreUsedFromTheStart() {
        Backend backend = backend(server("A"), server("B"));
        assertTrue(backend.hasUsable());
        assertEquals(HealthState.UNCHECKED, server(backend, "A").health());
        assertEquals("ABAB", picks(backend, 4));
    }

    @Test
    void checkedServersAreNotUsedBeforeTheirFirstCheck() {
        Backend backend = backend(server("A").check(CHECK), server("B").check(CHECK));
        assertNull(backend.pick(PickRequest.ANY, 0));
        assertTrue(backend.awaitingFirstChecks());
        assertEquals(Refusal.AWAITING_FIRST_CHECK, backend.refusal());

        set(backend, "A", DOWN);
        assertEquals(Refusal.AWAITING_FIRST_CHECK, backend.refusal());

        set(backend, "B", UP);
        assertFalse(backend.awaitingFirstChecks());
        assertEquals("BB", picks(backend, 2));

        set(backend, "B", DOWN);
        assertNull(backend.pick(PickRequest.ANY, 0));
        assertFalse(backend.hasUsable());
        assertEquals(Refusal.NONE_USABLE, backend.refusal());
    }

    @Test
    void backendWithoutServersGivesNone() {
        Backend backend = backend();
        assertNull(backend.pick(PickRequest.ANY, 0));
        assertEquals(Refusal.NONE_USABLE, backend.refusal());
    }

    @Test
    void weightZeroAndDisabledGetNothing() {
        Backend backend = backend(server("A").weight(0), server("B"), server("C").disabled(true));
        assertEquals("BBB", picks(backend, 3));
        assertTrue(server(backend, "A").isRunning());
        assertFalse(server(backend, "C").isRunning());
        assertEquals(
                Refusal.NONE_USABLE,
                backend(server("A").weight(0).check(CHECK), server("B").disabled(true)).refusal());
    }

    @Test
    void avoidedServerIsUsedOnlyIfThereIsNoOther() {
        Backend backend = up(1, 1, 1);
        assertEquals("B", pick(backend, "A").server().name());
        assertEquals("C", pick(backend, "A").server().name());
        assertEquals("B", pick(backend, "A").server().name());
        assertEquals("A", pick(up(1), "A").server().name());
    }

    @Test
    void heavyServerThatIsAvoidedLeavesTheRestInTurn() {
        Backend backend = up(200, 1, 1);
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            names.append(pick(backend, "A").server().name());
        }
        assertEquals("BCBCBC", names.toString());
    }

    @Test
    void severalAvoidedServersComeBackInTheOrderGiven() {
        Backend backend = up(1, 1, 1);
        assertEquals("B", pick(backend, "C", "A").server().name());
        assertEquals("C", pick(backend, "C", "A", "B").server().name());
    }

    @Test
    void avoidedServerThatIsDownIsNotUsed() {
        Backend backend = up(1, 1);
        set(backend, "A", DOWN);
        set(backend, "B", DOWN);
        assertNull(backend.pick(PickRequest.avoiding(List.of(server(backend, "A"))), 0));
    }

    @Test
    void olderPoolGivesNoServerThatHasGoneDownSince() {
        Backend backend = up(1, 1);
        Pool older = backend.pool();
        set(backend, "A", DOWN);
        for (int i = 0; i < 4; i++) {
            assertSame(server(backend, "B"), older.acquire(PickRequest.ANY, 0, null));
        }
        assertSame(
                server(backend, "B"),
                older.acquire(PickRequest.avoiding(List.of(server(backend, "B"))), 0, null));
    }

    @Test
    void backupsServeOnlyWhenNoActiveServerIsUsable() {
        Backend backend =
                backend(
                        server("X").backup(true).check(CHECK),
                        server("A").check(CHECK),
                        server("Y").backup(true).check(CHECK));
        backend.servers().forEach(s -> set(backend, s, UP));
        assertEquals("AAA", picks(backend, 3));
        assertEquals("A", pick(backend, "A").server().name());
        assertFalse(backend.pool().onBackups());

        set(backend, "A", DOWN);
        assertTrue(backend.pool().onBackups());
        assertEquals("XXX", picks(backend, 3));
        assertEquals("X", pick(backend, "X").server().name(), "one that refused is tried again");
        assertEquals(1, backend.pool().usableCount());

        set(backend, "X", DOWN);
        assertEquals("YY", picks(backend, 2));
        set(backend, "X", UP);
        assertEquals("XX", picks(backend, 2));
        set(backend, "A", UP);
        assertEquals("AA", picks(backend, 2));
    }

    @Test
    void fullServerIsPassedOver() {
        Backend backend =
                backend(server("A").maxConnections(1), server("B").maxConnections(2), server("C"));
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            names.append(pick(backend).server().name());
        }
        assertEquals("ABCBCCCC", names.toString());
        assertEquals(1, server(backend, "A").inFlight());
        assertEquals(2, server(backend, "B").inFlight());
    }

    @Test
    void freeSlotIsFoundHoweverFarOffItsTurn() {
        ServerConfig.Builder[] servers = new ServerConfig.Builder[30];
        for (int i = 0; i < 29; i++) {
            servers[i] = server("s" + i).weight(256 - i % 2).maxConnections(1);
        }
        servers[29] = server("light").weight(1);
        Backend backend = backend(servers);
        for (int i = 0; i < 29; i++) {
            assertEquals(1, pick(backend, "light").server().inFlight());
        }
        assertEquals("light", pick(backend).server().name());
    }

    @Test
    void slotComesBackWithTheLease() {
        Backend backend = backend(server("A").maxConnections(1));
        Lease first = pick(backend);
        assertNull(backend.pick(PickRequest.ANY, 0));
        assertEquals(Refusal.ALL_FULL, backend.refusal());
        first.close();
        assertEquals("A", pick(backend).server().name());
    }

    @Test
    void anObserverThatFailsKeepsNoSlot() {
        Backend backend = backend(server("A").maxConnections(1));
        BackendObserver failing =
                new BackendObserver() {
                    @Override
                    public void onPick(Backend of, Server server) {
                        throw new IllegalStateException("of " + server.name());
                    }
                };
        backend.addObserver(failing);
        Lease lease = new Lease();
        assertThrows(IllegalStateException.class, () -> backend.pick(PickRequest.ANY, 0, lease));
        assertFalse(lease.isOpen());
        assertEquals(0, server(backend, "A").inFlight());
        backend.removeObserver(failing);
        assertTrue(backend.pick(PickRequest.ANY, 0, lease));
    }

    @Test
    void fullBackupIsWaitedForUnlessAllBackupsServe() {
        BackendConfig.Builder config =
                Fixture.config(
                        server("X").backup(true).maxConnections(1), server("Y").backup(true));
        Backend first = new Backend(config.build());
        assertEquals("X", pick(first).server().name());
        assertNull(first.pick(PickRequest.ANY, 0));
        assertEquals(Refusal.ALL_FULL, first.refusal());
        Backend all = new Backend(config.allBackups(true).build());
        assertEquals("X", pick(all).server().name());
        assertEquals("Y", pick(all).server().name());
        assertEquals("Y", pick(all).server().name());
    }

    @Test
    void avoidedServerIsUsedWhenTheOthersAreFull() {
        Backend backend = backend(server("A"), server("B").maxConnections(1));
        assertEquals("B", pick(backend, "A").server().name());
        assertEquals("A", pick(backend, "A").server().name());
    }

    @Test
    void leaseCountsUntilItIsClosedAndOnlyOnce() {
        Backend backend = up(1);
        Server server = server(backend, "A");
        Lease first = pick(backend);
        Lease second = pick(backend);
        assertEquals(2, server.inFlight());
        first.close();
        first.close();
        assertEquals(1, server.inFlight());
        second.close();
        assertEquals(0, server.inFlight());
        assertEquals(2, server.totalPicks());
        assertEquals("closed lease of A (192.0.2.1:80)", first.toString());
    }

    @Test
    void countersOutliveAChangeOfThePool() {
        Backend backend = up(1, 1);
        Lease lease = pick(backend);
        set(backend, "A", DOWN);
        assertEquals(1, server(backend, "A").inFlight());
        set(backend, "A", UP);
        assertEquals(1, server(backend, "A").inFlight());
        lease.close();
        assertEquals(0, server(backend, "A").inFlight());
    }

    @Test
    void changeOfOneServerDoesNotRestartTheOthers() {
        Backend backend = up(1, 1, 1, 1);
        assertEquals("AB", picks(backend, 2));
        set(backend, "D", DOWN);
        assertEquals("C", picks(backend, 1));
        set(backend, "D", UP);
        assertEquals("ABC", picks(backend, 3));
        set(backend, "D", DOWN);
        assertEquals(
                "ABC", picks(backend, 3), "the one that was next is gone, so the one after it");
    }

    @Test
    void changeThatLeavesTheUsableServersAloneKeepsTheTurn() {
        Backend backend =
                backend(
                        server("A").weight(5),
                        server("B"),
                        server("C"),
                        server("X").backup(true).check(CHECK));
        assertEquals("AAB", picks(backend, 3));
        set(backend, "X", UP);
        assertEquals("ACA", picks(backend, 3));
        set(backend, "X", DOWN);
        assertEquals("A", picks(backend, 1));
        assertEquals("AABACAA", picks(backend, 7));
    }

    @Test
    void flappingServerLeavesTheOthersEvenlyLoaded() {
        Backend backend = up(1, 1, 1);
        for (int i = 0; i < 300; i++) {
            set(backend, "C", i % 2 == 0 ? DOWN : UP);
            picks(backend, 1);
        }
        long a = server(backend, "A").totalPicks();
        long b = server(backend, "B").totalPicks();
        assertTrue(Math.abs(a - b) <= 1, "A " + a + ", B " + b);
    }

    @Test
    void observersHearTheCauseAndTheCountInOrder() {
        Backend backend = backend(server("A").check(CHECK), server("B").check(CHECK));
        List<String> heard = new ArrayList<>();
        BackendObserver observer =
                new BackendObserver() {
                    @Override
                    public void onHealthChange(Backend of, Server server, HealthTransition t) {
                        assertSame(backend, of);
                        heard.add(server.name() + " " + t.to() + ": " + t.cause());
                    }

                    @Override
                    public void onUsableCountChange(Backend of, int before, int now) {
                        assertEquals(now, of.pool().usableCount(), "a pick sees the new state");
                        heard.add(before + " -> " + now);
                    }
                };
        backend.addObserver(observer);
        HealthCheck check = Fixture.check(CHECK);
        HealthTransition up = check.onResult(CheckResult.of(CheckStatus.L4OK), 0);
        assertNotNull(up);
        backend.apply(server(backend, "A"), up, 0);
        backend.apply(
                server(backend, "B"),
                new HealthTransition(HealthState.UNKNOWN, DOWN, "Layer7 wrong status, 503"),
                0);
        set(backend, "A", DOWN);
        backend.removeObserver(observer);
        set(backend, "A", UP);
        assertEquals(
                List.of(
                        "A UP: Layer4 check passed",
                        "0 -> 1",
                        "B DOWN: Layer7 wrong status, 503",
                        "A DOWN: test",
                        "1 -> 0"),
                heard);
    }

    @Test
    void failingObserverNeitherStopsTheChangeNorTheOthers() {
        Backend backend = up(1);
        List<Integer> counts = new ArrayList<>();
        for (String message : List.of("first", "second")) {
            backend.addObserver(
                    new BackendObserver() {
                        @Override
                        public void onHealthChange(Backend of, Server s, HealthTransition t) {
                            throw new IllegalStateException(message);
                        }

                        @Override
                        public void onUsableCountChange(Backend of, int before, int now) {
                            counts.add(now);
                        }
                    });
        }
        IllegalStateException e =
                assertThrows(IllegalStateException.class, () -> set(backend, "A", DOWN));
        assertEquals("first", e.getMessage());
        assertEquals("second", e.getSuppressed()[0].getMessage());
        assertEquals(List.of(0, 0), counts);
        assertFalse(backend.hasUsable());
    }

    @Test
    void serverOfAnotherBackendIsRefused() {
        Server stranger = server(up(1), "A");
        Backend backend = up(1);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> set(backend, stranger, DOWN));
        assertEquals(
                "Server A (192.0.2.1:80) is not one of backend web; ask its own", e.getMessage());
        assertEquals(UP, stranger.health());
    }
}

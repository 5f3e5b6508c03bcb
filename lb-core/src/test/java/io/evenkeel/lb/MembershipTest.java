package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.server;
import static io.evenkeel.lb.Fixture.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Servers that come and go while connections do. */
class MembershipTest {
    private final List<String> told = new ArrayList<>();
    private final BackendObserver observer =
            new BackendObserver() {
                @Override
                public void onServerConfigured(Backend backend, Server server) {
                    told.add("configured " + server.name());
                }

                @Override
                public void onServerRemoved(Backend backend, Server server) {
                    told.add("removed " + server.name());
                }

                @Override
                public void onUsableCountChange(Backend backend, int before, int now) {
                    told.add(before + " to " + now);
                }
            };

    private static BackendConfig config(ServerConfig.Builder... servers) {
        return Fixture.config(servers).build();
    }

    private static ServerConfig.Builder checked(String name) {
        return Fixture.server(name).check(Fixture.CHECK);
    }

    @Test
    void whoStaysKeepsHealthCountersAndWhatPeopleSet() {
        Backend backend = new Backend(config(checked("A"), checked("B")));
        set(backend, "A", HealthState.UP);
        Server a = server(backend, "A");
        Lease held = Fixture.pick(backend);
        backend.setWeight(a, 7, 0);
        backend.addObserver(observer);
        backend.update(config(checked("C"), checked("A").maxQueue(3)), 0);
        assertSame(a, backend.server("A"));
        assertEquals(HealthState.UP, a.health());
        assertEquals(1, a.inFlight());
        assertEquals(7, a.weight(), "nobody configured another weight");
        assertEquals(3, a.config().maxQueue());
        assertEquals(List.of("C", "A"), backend.servers().stream().map(Server::name).toList());
        assertEquals(HealthState.UNKNOWN, server(backend, "C").health());
        assertEquals(List.of("configured C", "configured A", "removed B"), told);
        backend.update(config(checked("C"), checked("A").weight(2)), 0);
        assertEquals(2, a.weight(), "now somebody did");
        held.close();
        assertEquals(0, a.inFlight());
    }

    @Test
    void whoGoesGetsNoMoreAndKeepsWhatItHas() {
        Backend backend = new Backend(config(Fixture.server("A"), Fixture.server("B")));
        Server a = server(backend, "A");
        Lease held = Fixture.pick(backend);
        assertSame(a, held.server());
        backend.update(config(Fixture.server("B")), 0);
        assertTrue(a.isRemoved());
        assertEquals("BBB", Fixture.picks(backend, 3));
        assertNull(backend.server("A"));
        assertEquals(List.of(a), backend.leaving());
        set(backend, a, HealthState.DOWN);
        assertEquals("BBB", Fixture.picks(backend, 3), "a check that ends late is no error");
        held.close();
        assertEquals(0, a.inFlight());
        assertEquals(List.of(), backend.leaving());
    }

    @Test
    void anotherAddressIsAnotherServer() {
        Backend backend = new Backend(config(checked("A")));
        Server before = server(backend, "A");
        set(backend, "A", HealthState.UP);
        backend.update(config(ServerConfig.builder("A", "192.0.2.2", 80).check(Fixture.CHECK)), 0);
        assertNotSame(before, server(backend, "A"));
        assertEquals(HealthState.UNKNOWN, server(backend, "A").health(), "nobody checked that one");
    }

    @Test
    void anotherBalanceCountsFromTheNextPickOn() {
        Backend backend = new Backend(config(Fixture.server("A"), Fixture.server("B")));
        assertEquals("AB", Fixture.picks(backend, 2));
        backend.update(
                Fixture.config(Fixture.server("A"), Fixture.server("B"))
                        .balance(Balance.first())
                        .build(),
                0);
        assertEquals("AAA", Fixture.picks(backend, 3));
    }

    @Test
    void theSameConfigurationAgainChangesNothing() {
        Backend backend = new Backend(config(checked("A"), Fixture.server("B")));
        backend.addObserver(observer);
        backend.update(config(checked("A"), Fixture.server("B")), 0);
        assertEquals(List.of(), told);
    }

    @Test
    void eachSettingThatIsConfiguredAnewCounts() {
        Backend backend = new Backend(config(checked("A"), Fixture.server("B")));
        Server a = server(backend, "A");
        Server b = server(backend, "B");
        backend.update(
                config(checked("A").maxConnections(3), Fixture.server("B").disabled(true)), 0);
        assertEquals(3, a.maxConnections());
        assertEquals(AdminState.MAINTENANCE, b.adminState());
        backend.update(config(checked("A"), Fixture.server("B")), 0);
        assertEquals(0, a.maxConnections());
        assertEquals(AdminState.READY, b.adminState());
        set(backend, "A", HealthState.UP);
        backend.update(config(Fixture.server("A"), checked("B")), 0);
        assertEquals(HealthState.UNCHECKED, a.health(), "nobody checks it any more");
        assertEquals(HealthState.UNKNOWN, b.health());
        backend.update(
                Fixture.config(Fixture.server("A"), Fixture.server("B"))
                        .balance(Balance.peakEwma(Duration.ofSeconds(1)))
                        .build(),
                0);
        try (Lease lease = Fixture.pick(backend)) {
            lease.observeLatency(1_000, 1);
            assertEquals(1_000, lease.server().latencyNanos(1), 1, "latencies are measured now");
        }
    }

    @Test
    void anotherWeightInTheFileMakesAnotherRing() {
        Balance ring = Balance.ring(BalanceKey.SOURCE);
        Backend backend =
                new Backend(
                        Fixture.config(Fixture.server("A"), Fixture.server("B"))
                                .balance(ring)
                                .build());
        backend.update(
                Fixture.config(
                                Fixture.server("A"),
                                Fixture.server("B"),
                                Fixture.server("C").weight(256).disabled(true))
                        .balance(ring)
                        .build(),
                0);
        Backend fresh = new Backend(backend.config());
        for (long key = 0; key < 500; key++) {
            assertEquals(Fixture.home(fresh, key), Fixture.home(backend, key));
        }
    }

    @Test
    void aBackendKeepsItsName() {
        Backend backend = new Backend(config(Fixture.server("A")));
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> backend.update(BackendConfig.builder("other").build(), 0))
                        .getMessage();
        assertTrue(message != null && message.contains("keeps its name"), message);
    }

    @Test
    void anUnrelatedServerDoesNotRestartTheTurn() {
        Backend backend = new Backend(config(Fixture.server("A"), Fixture.server("B")));
        assertEquals("A", Fixture.picks(backend, 1));
        backend.update(config(Fixture.server("A"), Fixture.server("B"), Fixture.server("C")), 0);
        assertTrue(!Fixture.picks(backend, 1).equals("A"), "A had its turn");
    }

    @Test
    void inFlightIsExactWhateverComesAndGoes() {
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            Backend backend = new Backend(config(Fixture.server("s0")));
            Map<Server, Integer> expected = new IdentityHashMap<>();
            List<Lease> held = new ArrayList<>();
            for (int step = 0; step < 500; step++) {
                switch (random.nextInt(10)) {
                    case 0 -> {
                        List<ServerConfig.Builder> servers = new ArrayList<>();
                        for (int i = 0; i < 6; i++) {
                            if (random.nextBoolean()) {
                                servers.add(Fixture.server("s" + i).weight(random.nextInt(4)));
                            }
                        }
                        backend.update(config(servers.toArray(new ServerConfig.Builder[0])), step);
                    }
                    case 1, 2, 3, 4 -> {
                        if (!held.isEmpty()) {
                            Lease lease = held.remove(random.nextInt(held.size()));
                            expected.merge(lease.server(), -1, Integer::sum);
                            lease.close();
                        }
                    }
                    default -> {
                        Lease lease = backend.pick(PickRequest.ANY, step);
                        if (lease != null) {
                            assertTrue(!lease.server().isRemoved(), "seed " + seed);
                            held.add(lease);
                            expected.merge(lease.server(), 1, Integer::sum);
                        }
                    }
                }
                expected.forEach((s, n) -> assertEquals(n, s.inFlight()));
            }
            assertEquals(
                    held.size(),
                    expected.values().stream().mapToInt(Integer::intValue).sum(),
                    "seed " + seed);
        }
    }
}

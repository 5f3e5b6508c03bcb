package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.server;
import static io.evenkeel.lb.Fixture.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers of the next priority get what those before them are too few for. */
class PriorityTest {
    /** So many servers of each priority, named p0, p1 and so on by it; so many of them up. */
    private static Backend backend(Balance balance, int overprovision, int[] all, int[] up) {
        BackendConfig.Builder config =
                BackendConfig.builder("web").balance(balance).overprovisionPercent(overprovision);
        for (int priority = 0; priority < all.length; priority++) {
            for (int i = 0; i < all[priority]; i++) {
                config.server(
                        Fixture.server("p" + priority + "-" + i)
                                .priority(priority)
                                .check(Fixture.CHECK)
                                .build());
            }
        }
        Backend backend = new Backend(config.build());
        for (int priority = 0; priority < all.length; priority++) {
            for (int i = 0; i < all[priority]; i++) {
                set(
                        backend,
                        "p" + priority + "-" + i,
                        i < up[priority] ? HealthState.UP : HealthState.DOWN);
            }
        }
        return backend;
    }

    private static double percent(Backend backend, int priority) {
        return Math.round(backend.pool().share(priority) * 1000) / 10.0;
    }

    @ParameterizedTest(name = "{0} of 100 and {1} of 100 up: {3} %, {4} %, {5} %")
    @CsvSource({
        // The table of Envoy's documentation, with an overprovisioning factor of 1.4.
        "100, 100, 100, 100, 0, 0",
        "72, 100, 100, 100, 0, 0",
        "71, 100, 100, 99.4, 0.6, 0",
        "50, 100, 100, 70, 30, 0",
        "25, 100, 100, 35, 65, 0",
        "25, 25, 100, 35, 35, 30",
        "25, 25, 20, 35.7, 35.7, 28.6",
        "0, 100, 100, 0, 100, 0",
        "0, 0, 50, 0, 0, 100",
    })
    void sharesOfPriorities(int up0, int up1, int up2, double p0, double p1, double p2) {
        Backend backend =
                backend(
                        Balance.roundRobin(),
                        140,
                        new int[] {100, 100, 100},
                        new int[] {up0, up1, up2});
        assertEquals(p0, percent(backend, 0));
        assertEquals(p1, percent(backend, 1));
        assertEquals(p2, percent(backend, 2));
    }

    @Test
    void connectionsFollowTheShares() {
        Backend backend = backend(Balance.roundRobin(), 140, new int[] {4, 2}, new int[] {2, 2});
        TreeMap<String, Integer> picks = new TreeMap<>();
        for (int i = 0; i < 10_000; i++) {
            try (Lease lease = Fixture.pick(backend)) {
                picks.merge(lease.server().name(), 1, Integer::sum);
            }
        }
        assertEquals(4, picks.size());
        int first = picks.get("p0-0") + picks.get("p0-1");
        assertEquals(7_000, first, 200, "70 % as 2 of 4 are up");
        assertEquals(picks.get("p0-0"), picks.get("p0-1"), 1, "in turn within a priority");
    }

    @Test
    void aKeyStaysWithItsServer() {
        Backend backend =
                backend(Balance.maglev(BalanceKey.SOURCE), 100, new int[] {4, 4}, new int[] {2, 4});
        Set<String> tiers = new HashSet<>();
        for (long key = 0; key < 1_000; key++) {
            String home = Fixture.home(backend, key);
            tiers.add(home.substring(0, 2));
            assertEquals(home, Fixture.home(backend, key));
        }
        assertEquals(Set.of("p0", "p1"), tiers);
    }

    @Test
    void aFullPrioritySpillsOver() {
        Backend backend =
                new Backend(
                        Fixture.config(
                                        Fixture.server("A").maxConnections(1),
                                        Fixture.server("B").priority(1).maxConnections(1),
                                        Fixture.server("C").priority(7).maxConnections(1))
                                .build());
        StringBuilder picks = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            picks.append(Fixture.pick(backend).server().name());
        }
        assertEquals("ABC", picks.toString());
    }

    @Test
    void backupsComeOnlyWhenNoPriorityHasAnyLeft() {
        Backend backend =
                new Backend(
                        Fixture.config(
                                        Fixture.server("A"),
                                        Fixture.server("B").priority(1),
                                        Fixture.server("X").backup(true))
                                .build());
        backend.setAdminState(server(backend, "A"), AdminState.MAINTENANCE, 0);
        assertEquals("BBB", Fixture.picks(backend, 3));
        assertEquals(1.0, backend.pool().share(1));
        backend.setAdminState(server(backend, "B"), AdminState.MAINTENANCE, 0);
        assertEquals("XX", Fixture.picks(backend, 2));
        assertTrue(backend.pool().onBackups());
    }

    @Test
    void theFirstBackupIsOneOfTheFirstPriority() {
        BackendConfig.Builder config =
                Fixture.config(
                        Fixture.server("A").disabled(true),
                        Fixture.server("X").backup(true).priority(1),
                        Fixture.server("Y").backup(true),
                        Fixture.server("Z").backup(true));
        Backend first = new Backend(config.build());
        assertEquals("YY", Fixture.picks(first, 2));
        assertEquals(1.0, first.pool().share(0));
        Backend all = new Backend(config.allBackups(true).build());
        assertEquals("YZY", Fixture.picks(all, 3));
    }
}

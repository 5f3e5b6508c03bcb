package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.pick;
import static io.evenkeel.lb.Fixture.picks;
import static io.evenkeel.lb.Fixture.server;
import static io.evenkeel.lb.Fixture.set;
import static io.evenkeel.lb.Fixture.up;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The algorithms whose next server can be told by counting. */
class BalanceOrderTest {
    @ParameterizedTest(name = "weights {0}: smooth {1}, static {2}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    1 1 1   | ABC        | ABC
                    5 1 1   | AABACAA    | AAABAAC
                    3 2 1   | ABACBA     | AABABC
                    1 2 3   | CBACBC     | ACBCBC
                    4 3 2 1 | ABCABDACBA | ABABCABACD
                    """)
    void theTwoOrdersOfTheWeights(String weights, String smooth, String fixed) {
        int[] each = Arrays.stream(weights.split(" ")).mapToInt(Integer::parseInt).toArray();
        for (int round = 0; round < 2; round++) {
            assertEquals(smooth.repeat(2), picks(up(each), 2 * smooth.length()));
        }
        Backend backend = up(Balance.staticRoundRobin(), each);
        assertEquals(fixed.repeat(2), picks(backend, 2 * fixed.length()));
    }

    @Test
    void aStaticOrderOfManyHeavyServersIsScaledDown() {
        int[] weights = new int[1_000];
        Arrays.setAll(weights, i -> 1 + i % 256);
        int[] order = StaticOrder.of(weights);
        int[] counts = new int[weights.length];
        for (int index : order) {
            counts[index]++;
        }
        assertTrue(order.length <= 70_000);
        assertEquals(256.0 / 128, (double) counts[255] / counts[127], 0.05);
        assertTrue(Arrays.stream(counts).allMatch(count -> count > 0));
    }

    @Test
    void leastConnectionsTakesAnIdleServerWhateverItsWeight() {
        Backend backend = up(Balance.leastConnections(), 1, 10);
        pick(backend);
        pick(backend);
        assertEquals(1, server(backend, "A").inFlight());
        assertEquals(1, server(backend, "B").inFlight());
    }

    @Test
    void leastConnectionsCountsTheConnectionThatItWouldMake() {
        Backend backend = up(Balance.leastConnections(), 2, 1);
        load(backend, "A", 4);
        load(backend, "B", 3);
        assertEquals("A", pick(backend).server().name(), "5/2 is less than 4/1");
    }

    @Test
    void leastConnectionsThatAreEqualTakeTurns() {
        assertEquals("ABCABC", picks(up(Balance.leastConnections(), 1, 1, 1), 6));
    }

    @Test
    void leastConnectionsLeavesAFullServerAndOneToBeAvoided() {
        BackendConfig config =
                Fixture.config(
                                Fixture.server("A").maxConnections(1),
                                Fixture.server("B").weight(256),
                                Fixture.server("C"))
                        .balance(Balance.leastConnections())
                        .build();
        Backend backend = new Backend(config);
        load(backend, "A", 1);
        load(backend, "C", 9);
        load(backend, "B", 200);
        assertEquals("B", pick(backend).server().name());
        assertEquals("C", pick(backend, "B").server().name());
        assertEquals("B", pick(backend, "B", "C").server().name(), "the first to be avoided");
    }

    @Test
    void leastConnectionsComesBackToAServerWhoseLimitHasGrownWithTheBackend() {
        Backend backend =
                new Backend(
                        Fixture.config(
                                        Fixture.server("A"),
                                        Fixture.server("B")
                                                .weight(2)
                                                .minConnections(1)
                                                .maxConnections(10))
                                .fullConnections(20)
                                .balance(Balance.leastConnections())
                                .build());
        for (int i = 0; i < 20; i++) {
            pick(backend);
        }
        assertEquals(10, server(backend, "B").inFlight(), "all that it may have by then");
    }

    @Test
    void leastConnectionsThatAreEqualTakeTurnsWhereLimitsGrow() {
        Backend backend =
                new Backend(
                        Fixture.config(
                                        Fixture.server("A").minConnections(1).maxConnections(5),
                                        Fixture.server("B").minConnections(1).maxConnections(5),
                                        Fixture.server("C"))
                                .fullConnections(20)
                                .balance(Balance.leastConnections())
                                .build());
        assertEquals("ABCABC", picks(backend, 6));
    }

    @Test
    void leastConnectionsSeesALimitThatAnotherConfigurationRaises() {
        ServerConfig.Builder a = Fixture.server("A");
        ServerConfig.Builder b = Fixture.server("B").weight(2).maxConnections(10);
        BackendConfig.Builder config =
                Fixture.config(a, b.minConnections(1)).balance(Balance.leastConnections());
        Backend backend = new Backend(config.fullConnections(1000).build());
        for (int i = 0; i < 4; i++) {
            pick(backend);
        }
        assertEquals(1, server(backend, "B").inFlight());
        backend.update(
                Fixture.config(a, b.minConnections(0)).balance(Balance.leastConnections()).build(),
                0);
        assertEquals("B", pick(backend).server().name());
    }

    @Test
    void firstFillsOneServerAfterTheOther() {
        BackendConfig config =
                Fixture.config(
                                Fixture.server("A").maxConnections(2),
                                Fixture.server("B").maxConnections(2),
                                Fixture.server("C").maxConnections(2))
                        .balance(Balance.first())
                        .build();
        Backend backend = new Backend(config);
        Lease first = pick(backend);
        StringBuilder names = new StringBuilder(first.server().name());
        for (int i = 1; i < 5; i++) {
            names.append(pick(backend).server().name());
        }
        assertEquals("AABBC", names.toString());
        first.close();
        assertEquals("A", pick(backend).server().name());
        pick(backend);
        assertNull(backend.pick(PickRequest.ANY, 0));
        assertEquals(Refusal.ALL_FULL, backend.refusal());
    }

    @Test
    void stickyStaysAndDoesNotGoBack() {
        Backend backend = up(Balance.sticky(), 1, 1, 1);
        assertEquals("AAA", picks(backend, 3));
        set(backend, "A", HealthState.DOWN);
        assertEquals("BB", picks(backend, 2));
        set(backend, "A", HealthState.UP);
        assertEquals("BB", picks(backend, 2), "it does not fail back");
        set(backend, "C", HealthState.DOWN);
        assertEquals("BB", picks(backend, 2), "nor when another one goes");
        set(backend, "B", HealthState.DOWN);
        assertEquals("AA", picks(backend, 2));
    }

    @Test
    void theOnlyServerIsTakenThoughItIsToBeAvoided() {
        for (Balance balance :
                List.of(
                        Balance.leastConnections(),
                        Balance.powerOfTwo(),
                        Balance.maglev(BalanceKey.SOURCE))) {
            Backend backend = up(balance, 1);
            assertEquals("A", pick(backend, "A").server().name(), balance.keyword());
        }
    }

    private static void load(Backend backend, String name, int connections) {
        Server server = server(backend, name);
        for (int i = 0; i < connections; i++) {
            assertTrue(server.tryAcquire(null));
        }
    }
}

package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.server;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A server that returns gets little at first and all of its share when its slow start is over. */
class SlowStartTest {
    private static final long SECOND = 1_000_000_000L;
    // Monotonic time may be negative and pass from the greatest number to the least.
    private static final long START = Long.MAX_VALUE - 3 * SECOND;

    private static ServerConfig.Builder slow(String name) {
        return Fixture.server(name).check(Fixture.CHECK).slowStart(Duration.ofSeconds(10));
    }

    private static Backend backend(Balance balance) {
        Backend backend =
                new Backend(
                        Fixture.config(slow("A").maxConnections(200), slow("B"))
                                .balance(balance)
                                .build());
        for (Server server : backend.servers()) {
            set(backend, server, HealthState.UP, START - 1);
        }
        return backend;
    }

    private static void set(Backend backend, Server server, HealthState state, long nowNanos) {
        backend.apply(server, new HealthTransition(server.health(), state, "test"), nowNanos);
    }

    private static Backend returned(Balance balance) {
        Backend backend = backend(balance);
        set(backend, server(backend, "A"), HealthState.DOWN, START - 1);
        set(backend, server(backend, "A"), HealthState.UP, START);
        return backend;
    }

    /** How many of so many picks the server gets. */
    private static long share(Backend backend, String name, int picks) {
        return Fixture.picks(backend, picks).chars().filter(c -> c == name.charAt(0)).count();
    }

    @Test
    void theWeightGrowsInSixteenthsFromTheFirstToAll() {
        Backend backend = returned(Balance.roundRobin());
        List<Long> shares = new ArrayList<>();
        for (int tenths = 0; tenths <= 10; tenths++) {
            backend.advance(START + tenths * SECOND);
            int sixteenths = server(backend, "A").ramp().sixteenths();
            assertEquals(sixteenths, share(backend, "A", 16 + sixteenths), "at " + tenths + " s");
            shares.add((long) sixteenths);
        }
        assertEquals(List.of(1L, 2L, 4L, 5L, 7L, 9L, 10L, 12L, 13L, 15L, 16L), shares);
        assertEquals(Backend.NO_DEADLINE, backend.nextDeadlineNanos());
    }

    @Test
    void theLimitGrowsWithTheTimeAndIsNeverNothing() {
        Backend backend = returned(Balance.roundRobin());
        Server a = server(backend, "A");
        assertEquals(1, a.limit());
        assertEquals(200, a.maxConnections());
        backend.advance(START + 5 * SECOND);
        assertEquals(100, a.limit());
        backend.advance(START + 10 * SECOND);
        assertEquals(200, a.limit());
    }

    @Test
    void theDeadlinesLeadToItsEnd() {
        Backend backend = returned(Balance.roundRobin());
        Server a = server(backend, "A");
        int steps = 0;
        long now = START;
        while (backend.nextDeadlineNanos() != Backend.NO_DEADLINE) {
            long next = backend.nextDeadlineNanos();
            assertTrue(next - now > 0, "a deadline is in the future");
            now = next;
            backend.advance(now);
            steps++;
        }
        assertEquals(15, steps);
        assertEquals(10 * SECOND, now - START);
        assertEquals(200, a.limit());
        assertEquals(5, share(backend, "A", 10));
    }

    @Test
    void ofTwoThatStartSlowlyTheNearerDeadlineCounts() {
        Backend backend = returned(Balance.roundRobin());
        Server b = server(backend, "B");
        set(backend, b, HealthState.DOWN, START);
        set(backend, b, HealthState.UP, START - SECOND / 10);
        long first = backend.nextDeadlineNanos();
        assertEquals(START - SECOND / 10 + 10 * SECOND / 16, first);
        backend.advance(first);
        assertEquals(2, b.ramp().sixteenths());
        assertEquals(1, server(backend, "A").ramp().sixteenths());
        assertEquals(START + 10 * SECOND / 16, backend.nextDeadlineNanos());
    }

    @Test
    void notAtTheBeginningButAfterMaintenanceAndForOneThatJoins() {
        Backend backend = backend(Balance.roundRobin());
        Server a = server(backend, "A");
        assertTrue(a.ramp().isOver(), "at the first check of all");
        backend.setAdminState(a, AdminState.MAINTENANCE, START);
        backend.setAdminState(a, AdminState.READY, START);
        assertEquals(1, a.ramp().sixteenths());
        backend.setAdminState(a, AdminState.DRAIN, START);
        backend.advance(START + 20 * SECOND);
        backend.setAdminState(a, AdminState.READY, START + 20 * SECOND);
        assertTrue(a.ramp().isOver(), "it was there while it drained");
        backend.update(
                Fixture.config(
                                slow("A").maxConnections(200),
                                slow("B"),
                                slow("C"),
                                slow("D").check(null))
                        .build(),
                START);
        assertEquals(1, server(backend, "D").ramp().sixteenths(), "an unchecked one at once");
        assertTrue(server(backend, "C").ramp().isOver());
        set(backend, server(backend, "C"), HealthState.UP, START + SECOND);
        assertEquals(1, server(backend, "C").ramp().sixteenths());
    }

    @Test
    void goingDownEndsItAndReturningBeginsAnew() {
        Backend backend = returned(Balance.roundRobin());
        Server a = server(backend, "A");
        backend.advance(START + 5 * SECOND);
        set(backend, a, HealthState.DOWN, START + 5 * SECOND);
        assertEquals(Backend.NO_DEADLINE, backend.nextDeadlineNanos());
        set(backend, a, HealthState.UP, START + 6 * SECOND);
        assertEquals(1, a.ramp().sixteenths());
    }

    @Test
    void aHashMovesNoKeysForIt() {
        Backend backend = backend(Balance.ring(BalanceKey.SOURCE));
        List<String> before = homes(backend);
        set(backend, server(backend, "A"), HealthState.DOWN, START);
        set(backend, server(backend, "A"), HealthState.UP, START);
        assertEquals(before, homes(backend));
        assertEquals(1, server(backend, "A").limit(), "its limit grows all the same");
    }

    @Test
    void whoWaitsIsServedWhenTheLimitGrows() {
        Backend backend = returned(Balance.roundRobin());
        Server a = server(backend, "A");
        backend.setAdminState(server(backend, "B"), AdminState.MAINTENANCE, START);
        List<String> told = new ArrayList<>();
        for (int i = 1; i <= 3; i++) {
            new Customer(String.valueOf(i), told).come(backend, START);
        }
        assertEquals(List.of("1 A"), told);
        backend.advance(backend.nextDeadlineNanos());
        assertEquals(List.of("1 A", "2 A", "3 A"), told);
        assertEquals(12, a.limit());
    }

    private static List<String> homes(Backend backend) {
        List<String> homes = new ArrayList<>();
        for (long key = 0; key < 200; key++) {
            homes.add(Fixture.home(backend, key));
        }
        return homes;
    }
}

package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.config;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectAttemptsTest {
    /** What follows each failure: S(ame server, after 1 s), R(edispatch at once), r (after 1 s), X. */
    @ParameterizedTest(name = "retries {0} redispatch {1} persistent {2} servers {3}: {4} ({5})")
    @CsvSource({
        "3,  0, false, 2, RRRX,   the next server at once",
        "3,  0, false, 1, SSSX,   a server alone: a second apart",
        "3, -1, false, 2, RRRX,   the next server at once",
        "0, -1, false, 2, X,      no retry",
        "1, -1, false, 2, RX,     one retry elsewhere",
        "3,  0, true,  2, SSSX,   persistent and no redispatch",
        "3, -1, true,  2, SSRX,   the last retry",
        "3, -2, true,  2, SRSX,   the last but one",
        "3, -3, true,  2, RRRX,   the last but two is every one",
        "3, -4, true,  2, SSSX,   further back than there are retries",
        "3, -9, true,  2, SSSX,   further back than there are retries",
        "3,  1, true,  2, RRRX,   every retry",
        "4,  2, true,  2, SRSRX,  every second retry",
        "4,  9, true,  2, SSSSX,  later than there are retries",
        "1, -1, true,  2, RX,     the last retry is the first",
        "3, -1, true,  1, SSrX,   there is no other server: it will be the same",
        "3,  1, false, 1, rrrX,   there is no other server: it will be the same",
    })
    void decides(
            int retries,
            int redispatch,
            boolean persistent,
            int servers,
            String expected,
            String why) {
        BackendConfig.Builder config = config(server("A"));
        if (servers > 1) {
            config.server(server("B").build());
        }
        Backend backend =
                new Backend(config.retries(retries).redispatchInterval(redispatch).build());
        ConnectAttempts attempts = new ConnectAttempts(backend.config(), persistent);
        StringBuilder decisions = new StringBuilder();
        while (decisions.indexOf("X") < 0) {
            decisions.append(letter(attempts.afterError(server(backend, "A"), backend.pool())));
        }
        assertEquals(expected, decisions.toString(), why);
        assertEquals(retries, attempts.retries());
    }

    @ParameterizedTest(name = "redispatch {0} persistent {1} other server {2}: {3}")
    @CsvSource({
        // The server that failed has gone down; whether another is usable is the second thing.
        "0,  false, true,  R",
        "0,  true,  true,  S",
        "-1, true,  true,  R",
        "9,  true,  true,  R",
        "-1, false, false, r",
        "0,  false, false, S",
    })
    void serverThatWentDownIsLeftWhereItMayBe(
            int redispatch, boolean persistent, boolean other, String expected) {
        Backend backend =
                new Backend(
                        config(server("A").check(Fixture.CHECK), server("B").check(Fixture.CHECK))
                                .redispatchInterval(redispatch)
                                .build());
        Fixture.set(backend, "A", HealthState.DOWN);
        Fixture.set(backend, "B", other ? HealthState.UP : HealthState.DOWN);
        ConnectAttempts attempts = new ConnectAttempts(backend.config(), persistent);
        assertEquals(
                expected.charAt(0),
                letter(attempts.afterError(server(backend, "A"), backend.pool())));
    }

    @ParameterizedTest(name = "connect timeout {0} ms: waits {1} ms")
    @CsvSource({"0, 1000", "250, 250", "1000, 1000", "5000, 1000"})
    void waitsForASecondOrTheConnectTimeout(long connectMillis, long delayMillis) {
        Backend backend =
                new Backend(
                        config(server("A"))
                                .connectTimeout(Duration.ofMillis(connectMillis))
                                .build());
        ConnectAttempts attempts = new ConnectAttempts(backend.config());
        NextAttempt next = attempts.afterError(server(backend, "A"), backend.pool());
        assertEquals(
                new NextAttempt(
                        NextAttempt.Kind.RETRY_SAME, Duration.ofMillis(delayMillis).toNanos()),
                next);
    }

    @Test
    void timedOutAttemptHasWaitedAlready() {
        Backend backend = new Backend(config(server("A")).build());
        ConnectAttempts attempts = new ConnectAttempts(backend.config());
        assertEquals(
                new NextAttempt(NextAttempt.Kind.RETRY_SAME, 0),
                attempts.afterTimeout(server(backend, "A"), backend.pool()));
    }

    @Test
    void noServerIsTriedTwiceBeforeTheOthers() {
        Backend backend = Fixture.up(9, 1, 1, 1);
        ConnectAttempts attempts = new ConnectAttempts(backend.config());
        List<String> tried = new ArrayList<>();
        Lease lease = Fixture.pick(backend);
        NextAttempt next;
        do {
            tried.add(lease.server().name());
            lease.close();
            next = attempts.afterError(lease.server(), backend.pool());
            lease = Fixture.pick(backend, names(attempts.failed()));
        } while (next.kind() != NextAttempt.Kind.GIVE_UP);
        assertEquals(4, tried.stream().distinct().count(), "tried " + tried);
        assertEquals(tried, List.of(names(attempts.failed())), "the oldest failure first");
        assertEquals(tried.get(0), lease.server().name(), "and it is the one to come back to");
    }

    @Test
    void backupsOfferNoImmediateRedispatchUntilTheyAreInUse() {
        Backend backend = new Backend(config(server("A"), server("X").backup(true)).build());
        ConnectAttempts attempts = new ConnectAttempts(backend.config());
        assertEquals('S', letter(attempts.afterError(server(backend, "A"), backend.pool())));
    }

    @Test
    void theFirstBackupIsTriedAgainAndNoOtherBackup() {
        Backend backend =
                new Backend(
                        config(server("X").backup(true), server("Y").backup(true))
                                .redispatchInterval(-1)
                                .build());
        Server x = server(backend, "X");
        ConnectAttempts attempts = new ConnectAttempts(backend.config());
        NextAttempt next = attempts.afterError(x, backend.pool());
        while (next.kind() != NextAttempt.Kind.GIVE_UP) {
            assertTrue(next.delayNanos() > 0, "it waits for its only server: " + next);
            assertEquals("X", Fixture.pick(backend, names(attempts.failed())).server().name());
            next = attempts.afterError(x, backend.pool());
        }
    }

    @Test
    void delayIsNotNegative() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new NextAttempt(NextAttempt.Kind.RETRY_SAME, -1));
    }

    private static Server server(Backend backend, String name) {
        return Fixture.server(backend, name);
    }

    private static ServerConfig.Builder server(String name) {
        return Fixture.server(name);
    }

    private static String[] names(List<Server> servers) {
        return servers.stream().map(Server::name).toArray(String[]::new);
    }

    private static char letter(NextAttempt next) {
        boolean waits = next.delayNanos() > 0;
        return switch (next.kind()) {
            case RETRY_SAME -> {
                assertEquals(1_000_000_000L, next.delayNanos());
                yield 'S';
            }
            case REDISPATCH -> waits ? 'r' : 'R';
            case GIVE_UP -> 'X';
        };
    }
}

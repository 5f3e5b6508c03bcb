package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HealthCheckTest {
    private static final CheckResult PASS = CheckResult.of(CheckStatus.L7OK);
    private static final CheckResult FAIL = new CheckResult(CheckStatus.L7STS, "503");
    private static final CheckResult LOCAL = new CheckResult(CheckStatus.SOCKERR, "no port left");

    /** Results S(uccess), F(ailure) or - (not made); states U(p), D(own) or ? after each. */
    @ParameterizedTest(name = "rise {0} fall {1}: {2} gives {3} ({5})")
    @CsvSource({
        "2, 3, S,         U,         4,         first pass brings it up with full credit",
        "2, 3, F,         D,         0,         first failure takes it down",
        "2, 3, -F,        ?D,        00,        a check that was not made says nothing",
        "2, 3, -S,        ?U,        04,        a check that was not made says nothing",
        "2, 3, S--,       UUU,       444,       nor does it later",
        "2, 3, SFFSFFF,   UUUUUUD,   4324320,   down after fall failures in a row and no sooner",
        "2, 3, FSFSS,     DDDDU,     01014,     a failure on the way up starts over",
        "2, 3, FSS,       DDU,       014,       up after rise passes in a row",
        "2, 3, SFFSF,     UUUUU,     43243,     one pass gives full credit back",
        "2, 3, SFFFFF,    UUUDDD,    432000,    down is down",
        "2, 3, SS,        UU,        44,        full is full",
        "1, 1, SFS,       UDU,       101,       one result decides",
        "3, 1, SFSSFSSS,  UDDDDDDU,  30120123,  fall 1",
        "1, 4, SFFFSFFFF, UUUUUUUUD, 432143210, rise 1",
    })
    void risesAndFalls(
            int rise, int fall, String results, String states, String health, String why) {
        CheckConfig config = CheckConfig.builder().rise(rise).fall(fall).build();
        HealthCheck check = Fixture.check(config);
        assertEquals(HealthState.UNKNOWN, check.state());
        StringBuilder seenStates = new StringBuilder();
        StringBuilder seenHealth = new StringBuilder();
        for (char result : results.toCharArray()) {
            HealthState before = check.state();
            HealthTransition transition = check.onResult(result(result), 0);
            assertEquals(before != check.state(), transition != null, "told of every change");
            if (transition != null) {
                assertEquals(before, transition.from());
                assertEquals(check.state(), transition.to());
            }
            seenStates.append(letter(check.state()));
            seenHealth.append(check.health());
        }
        assertEquals(states, seenStates.toString(), why);
        assertEquals(health, seenHealth.toString(), why);
    }

    /** Intervals of 1000 ms, 100 ms while it moves and 3000 ms while it is down; ten times as slow. */
    @ParameterizedTest(name = "after {0} the next check comes in {1} ms: {2}")
    @CsvSource({
        "'',    1000,  not known yet",
        "S,     10000, wholly up",
        "SF,    100,   it may go down",
        "SFFF,  30000, down",
        "SFFFS, 100,   it may come up",
        "FSS,   10000, wholly up again",
    })
    void slowedDownItStillMovesAsFast(String results, long expectedMillis, String why) {
        HealthCheck check =
                Fixture.check(
                        CheckConfig.builder()
                                .inter(Duration.ofMillis(1000))
                                .fastInter(Duration.ofMillis(100))
                                .downInter(Duration.ofMillis(3000))
                                .build());
        check.start(Duration.ofHours(1).toNanos(), 0, 1);
        check.slowDown(10, 0);
        for (char result : results.toCharArray()) {
            check.onResult(result(result), 0);
        }
        assertEquals(Duration.ofMillis(expectedMillis).toNanos(), check.nextCheckNanos(), why);

        check.slowDown(1, 0);
        assertTrue(
                check.nextCheckNanos() <= Duration.ofMillis(3000).toNanos(),
                "back at its pace within an interval");
        assertThrows(IllegalArgumentException.class, () -> check.slowDown(0, 0));
        assertThrows(IllegalArgumentException.class, () -> check.slowDown(1001, 0));
    }

    /** Rise and fall before, results, then rise and fall after, and the health that it goes on with. */
    @ParameterizedTest(name = "rise {0} fall {1}, {2}; then rise {3} fall {4}: health {5} {6}")
    @CsvSource({
        "2, 3, S,    2, 3, 4, U, nothing changes",
        "2, 3, S,    3, 5, 7, U, full credit is full credit",
        "2, 3, SFF,  3, 5, 5, U, as many failures against it",
        "2, 3, SFF,  2, 2, 2, U, but it is not down for that",
        "2, 3, F,    5, 1, 0, D, down is down",
        "3, 3, FSS,  5, 1, 2, D, the passes on the way up count",
        "3, 3, FSS,  2, 1, 1, D, and do not suffice for the state",
        "2, 3, -,    3, 3, 0, ?, what is not known is not known",
    })
    void anotherConfigurationGoesOnWithWhatIsKnown(
            int rise,
            int fall,
            String results,
            int nextRise,
            int nextFall,
            int health,
            char state,
            String why) {
        HealthCheck check = Fixture.check(CheckConfig.builder().rise(rise).fall(fall).build());
        for (char result : results.toCharArray()) {
            check.onResult(result(result), 0);
        }
        CheckConfig next = CheckConfig.builder().rise(nextRise).fall(nextFall).build();
        HealthCheck same = check.reconfigured(next, 0);
        assertEquals(health, same.health(), why);
        assertEquals(state, letter(same.state()), why);
        assertEquals(next, same.config());
    }

    @Test
    void aShorterIntervalCountsAtOnce() {
        HealthCheck check = Fixture.check(CheckConfig.builder().inter(Duration.ofHours(1)).build());
        check.onResult(PASS, 0);
        HealthCheck often =
                check.reconfigured(
                        CheckConfig.builder().inter(Duration.ofSeconds(1)).build(), 5_000_000_000L);
        assertEquals(6_000_000_000L, often.nextCheckNanos());
        HealthCheck seldom = often.reconfigured(check.config(), 5_000_000_000L);
        assertEquals(6_000_000_000L, seldom.nextCheckNanos());
    }

    /** HAProxy's four actions, at full health of rise 2 and fall 3, which is 4. */
    @ParameterizedTest(name = "{0}: health {1}, then {2} failed checks until it is down")
    @CsvSource({
        "FASTINTER,    4, 3",
        "FAIL_CHECK,   3, 2",
        "SUDDEN_DEATH, 2, 1",
        "MARK_DOWN,    0, 0",
    })
    void errorsInARowCountAsTheActionSays(Observation.Action action, int health, int more) {
        CheckConfig config =
                CheckConfig.builder()
                        .fastInter(Duration.ofMillis(300))
                        .downInter(Duration.ofMillis(700))
                        .observation(new Observation(10, action))
                        .build();
        HealthCheck check = Fixture.check(config);
        assertNull(check.onErrors(0), "nothing is known yet, so nothing is lost");
        check.onResult(PASS, 0);
        HealthTransition transition = check.onErrors(5);
        assertEquals(health, check.health());
        assertEquals(action == Observation.Action.MARK_DOWN, transition != null);
        if (transition != null) {
            assertEquals("10 connections in a row failed", transition.cause());
            assertNull(check.onErrors(6), "it is down already");
        }
        assertEquals(5 + (health == 0 ? 700 : 300) * 1_000_000L, check.nextCheckNanos());
        int failures = 0;
        while (check.state() == HealthState.UP) {
            check.onResult(FAIL, 0);
            failures++;
        }
        assertEquals(more, failures);
    }

    @Test
    void errorsDoNotPutTheNextCheckOff() {
        CheckConfig config =
                CheckConfig.builder()
                        .observation(new Observation(1, Observation.Action.FASTINTER))
                        .build();
        HealthCheck check = Fixture.check(config);
        check.onResult(PASS, 0);
        long due = check.nextCheckNanos();
        check.onErrors(due - 1);
        assertEquals(due, check.nextCheckNanos());
    }

    @Test
    void onlyErrorsInARowReachTheLimit() {
        CheckConfig config =
                CheckConfig.builder()
                        .observation(new Observation(3, Observation.Action.MARK_DOWN))
                        .build();
        Server server = new Server(Fixture.server("A").check(config).build(), new BackendLoad(), 0);
        StringBuilder reached = new StringBuilder();
        for (char connect : "FFSFFFFFF".toCharArray()) {
            reached.append(server.observe(connect == 'S') ? '!' : '.');
        }
        assertEquals(".....!..!", reached.toString());
        Server unobserved = new Server(Fixture.server("A").build(), new BackendLoad(), 0);
        assertEquals(false, unobserved.observe(false));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Observation(0, Observation.Action.MARK_DOWN));
    }

    @Test
    void maintenanceForgetsAndTheFirstCheckAfterItDecides() {
        HealthCheck check = Fixture.check(CheckConfig.builder().build());
        check.onResult(PASS, 0);
        HealthTransition transition = check.suspend(5);
        assertNotNull(transition);
        assertEquals(HealthState.UNKNOWN, transition.to());
        assertEquals(5 + check.config().interNanos(), check.nextCheckNanos());
        assertNull(check.suspend(6));
        check.onResult(FAIL, 7);
        assertEquals(HealthState.DOWN, check.state());
    }

    @Test
    void fasterWhileItMovesSlowerWhileItIsDown() {
        HealthCheck check =
                Fixture.check(
                        CheckConfig.builder()
                                .inter(Duration.ofSeconds(2))
                                .fastInter(Duration.ofMillis(500))
                                .downInter(Duration.ofSeconds(5))
                                .build());
        String results = "-SFSFFFFSS";
        int[] afterMillis = {2000, 2000, 500, 2000, 500, 500, 5000, 5000, 500, 2000};
        long now = 7;
        for (int i = 0; i < afterMillis.length; i++) {
            check.onResult(result(results.charAt(i)), now);
            long next = now + Duration.ofMillis(afterMillis[i]).toNanos();
            assertEquals(next, check.nextCheckNanos(), "after " + results.substring(0, i + 1));
            now = next + 3;
        }
    }

    @Test
    void fastAndDownIntervalsAreInterWhenNotSet() {
        HealthCheck check =
                Fixture.check(CheckConfig.builder().inter(Duration.ofSeconds(1)).build());
        for (char result : "SFFFSS".toCharArray()) {
            check.onResult(result(result), 0);
            assertEquals(1_000_000_000L, check.nextCheckNanos());
        }
    }

    @Test
    void firstChecksAreSpreadEvenlyOverTheInterval() {
        CheckConfig config = CheckConfig.builder().inter(Duration.ofSeconds(2)).build();
        int[] bins = new int[200];
        long start = 1_000;
        for (int i = 0; i < 100; i++) {
            HealthCheck check = Fixture.check(config);
            long first = check.start(start, i, 100);
            assertEquals(first, check.nextCheckNanos());
            bins[(int) ((first - start) / 10_000_000)]++;
        }
        for (int bin = 0; bin < bins.length; bin++) {
            assertTrue(bins[bin] <= 1, bins[bin] + " checks start in bin " + bin);
        }
        assertEquals(start, Fixture.check(config).start(start, 0, 1), "a server alone: at once");
    }

    @Test
    void firstCheckOfTheLongestIntervalDoesNotOverflow() {
        CheckConfig config =
                CheckConfig.builder().inter(Duration.ofMillis(Integer.MAX_VALUE)).build();
        long first = Fixture.check(config).start(0, 99_999, 100_000);
        assertTrue(first > 0 && first < config.interNanos(), "first check at " + first);
    }

    @ParameterizedTest
    @CsvSource({"-1, 3", "3, 3", "0, 0"})
    void positionMustBeAmongTheChecks(int position, int count) {
        HealthCheck check = Fixture.check(Fixture.CHECK);
        assertThrows(IllegalArgumentException.class, () -> check.start(0, position, count));
    }

    @Test
    void intervalsVaryByNoMoreThanTheSpread() {
        CheckConfig config =
                CheckConfig.builder().inter(Duration.ofSeconds(2)).spreadPercent(50).build();
        long seed = 42;
        HealthCheck check = new HealthCheck(config, new Random(seed));
        long sum = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int i = 0; i < 1000; i++) {
            check.onResult(PASS, 0);
            long interval = check.nextCheckNanos();
            sum += interval;
            least = Math.min(least, interval);
            most = Math.max(most, interval);
        }
        String seen = "seed " + seed + ": " + least + " to " + most + ", mean " + sum / 1000;
        assertTrue(least >= 1_000_000_000L && least < 1_100_000_000L, seen);
        assertTrue(most <= 3_000_000_000L && most > 2_900_000_000L, seen);
        assertEquals(2_000_000_000.0, sum / 1000.0, 40_000_000, seen);
    }

    @Test
    void transitionNamesItsCause() {
        HealthCheck check = Fixture.check(CheckConfig.builder().fall(1).build());
        HealthTransition up = check.onResult(PASS, 0);
        assertNotNull(up);
        assertEquals("Layer7 check passed", up.cause());
        HealthTransition down = check.onResult(FAIL, 0);
        assertNotNull(down);
        assertEquals("Layer7 wrong status, 503", down.cause());
        assertNull(check.onResult(LOCAL, 0));
    }

    /** Results as above and C(onditional pass); states also S(topping); what it starts with in front. */
    @ParameterizedTest(name = "init-state {0}: {1} gives {2} ({4})")
    @CsvSource({
        "UNKNOWN,    C,      ?S,      04,      the first check decides as ever",
        "UNKNOWN,    SCCS,   ?USSU,   04444,   back in use with the first usual pass",
        "UNKNOWN,    SCFFF,  ?USSSD,  044320,  one that stops can still fail",
        "UNKNOWN,    SCFC,   ?USSS,   04434,   a conditional pass is a pass",
        "UNKNOWN,    FCCC,   ?DDDD,   00000,   one that is down stays so",
        "UNKNOWN,    FSC,    ?DDD,    0010,    and starts over",
        "UP,         F,      UD,      20,      one failure takes it down",
        "UP,         SFF,    UUUU,    2432,    one pass gives full credit",
        "FULLY_UP,   FFF,    UUUD,    4320,    fall failures take it down",
        "DOWN,       S,      DU,      14,      one pass brings it up",
        "DOWN,       FSS,    DDDU,    1014,    a failure starts over",
        "FULLY_DOWN, SS,     DDU,     014,     rise passes bring it up",
    })
    void startsWithWhatIsTakenForGranted(
            InitialState initial, String results, String states, String health, String why) {
        CheckConfig config = CheckConfig.builder().initialState(initial).build();
        HealthCheck check = Fixture.check(config);
        StringBuilder seenStates = new StringBuilder(String.valueOf(letter(check.state())));
        StringBuilder seenHealth = new StringBuilder(String.valueOf(check.health()));
        for (char result : results.toCharArray()) {
            check.onResult(result == 'C' ? CheckResult.of(CheckStatus.L7OKC) : result(result), 0);
            seenStates.append(letter(check.state()));
            seenHealth.append(check.health());
        }
        assertEquals(states, seenStates.toString(), why);
        assertEquals(health, seenHealth.toString(), why);
        check.suspend(0);
        assertEquals(states.charAt(0), letter(check.state()), "after maintenance it starts anew");
    }

    @Test
    void aServerThatStopsGetsNoNewConnectionsButIsUp() {
        Backend backend =
                Fixture.backend(
                        Fixture.server("A").check(Fixture.CHECK),
                        Fixture.server("B").check(Fixture.CHECK));
        Fixture.set(backend, "A", HealthState.STOPPING);
        Fixture.set(backend, "B", HealthState.UP);
        assertEquals("BBB", Fixture.picks(backend, 3));
        assertTrue(Fixture.server(backend, "A").isUp());
        assertTrue(Fixture.server(backend, "A").isRunning());
    }

    @Test
    void everyStatusPassesOrFailsOrNeither() {
        for (CheckStatus status : CheckStatus.values()) {
            CheckResult result = CheckResult.of(status);
            assertEquals(status.name().endsWith("OK"), result.passed(), status.name());
            boolean neither = status == CheckStatus.SOCKERR || result.passedConditionally();
            assertEquals(!neither && !result.passed(), result.failed(), status.name());
        }
    }

    private static CheckResult result(char letter) {
        return switch (letter) {
            case 'S' -> PASS;
            case 'F' -> FAIL;
            default -> LOCAL;
        };
    }

    private static char letter(HealthState state) {
        return switch (state) {
            case UP -> 'U';
            case STOPPING -> 'S';
            case DOWN -> 'D';
            default -> '?';
        };
    }
}

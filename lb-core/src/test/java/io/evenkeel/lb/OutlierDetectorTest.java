package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutlierDetectorTest {
    private static final long SECOND = 1_000_000_000L;

    /** Monotonic times may be negative and wrap. */
    private static final long START = Long.MAX_VALUE - 25 * SECOND;

    private final OutlierConfig config = OutlierConfig.builder().build();

    private static Backend servers(int count) {
        ServerConfig.Builder[] servers = new ServerConfig.Builder[count];
        for (int i = 0; i < count; i++) {
            String name = i < 26 ? String.valueOf((char) ('A' + i)) : "S" + i;
            servers[i] = Fixture.server(name).check(Fixture.CHECK);
        }
        Backend backend = Fixture.backend(servers);
        backend.servers().forEach(s -> Fixture.set(backend, s, HealthState.UP));
        return backend;
    }

    private OutlierDetector detector(Backend backend) {
        return new OutlierDetector(config, backend.servers(), START);
    }

    private static OutlierChange failInARow(OutlierDetector detector, Server server, long now) {
        for (int i = 1; i < 5; i++) {
            assertFalse(detector.record(server, false), "not before the fifth");
        }
        assertTrue(detector.record(server, false));
        return detector.onErrors(server, now);
    }

    private static void traffic(OutlierDetector detector, Server server, int good, int bad) {
        for (int i = 0; i < Math.max(good, bad); i++) {
            if (i < bad) {
                detector.record(server, false);
            }
            if (i < good) {
                detector.record(server, true);
            }
        }
    }

    @Test
    void fiveErrorsInARowEjectAndASuccessCountsAnew() {
        Backend backend = servers(10);
        OutlierDetector detector = detector(backend);
        Server first = backend.servers().get(0);
        for (int i = 0; i < 4; i++) {
            detector.record(first, false);
        }
        detector.record(first, true);
        OutlierChange change = failInARow(detector, first, START);
        assertEquals(new OutlierChange(first, true, "5 connects in a row failed"), change);
    }

    @Test
    void anEjectionLastsLongerEachTimeUpToItsMost() {
        Backend backend = servers(10);
        OutlierDetector detector = detector(backend);
        Server first = backend.servers().get(0);
        long now = START;
        for (int n = 1; n <= 12; n++) {
            assertNotNull(failInARow(detector, first, now));
            long end = now + Math.min(300, 30 * n) * SECOND;
            // Intervals pass meanwhile.
            while (detector.nextDeadlineNanos() - end < 0) {
                assertEquals(List.of(), detector.onDeadline(detector.nextDeadlineNanos()));
            }
            assertEquals(List.of(), detector.onDeadline(end - 1));
            List<OutlierChange> changes = detector.onDeadline(end);
            assertEquals(List.of(new OutlierChange(first, false, "its time is over")), changes);
            now = end;
        }
    }

    @Test
    void eachIntervalInUseTakesOneEjectionOff() {
        Backend backend = servers(10);
        OutlierDetector detector = detector(backend);
        Server first = backend.servers().get(0);
        assertNotNull(failInARow(detector, first, START));
        long now = START + 30 * SECOND;
        assertEquals(1, detector.onDeadline(now).size());
        now += 11 * SECOND;
        detector.onDeadline(now);
        assertNotNull(failInARow(detector, first, now));
        detector.onDeadline(now + 30 * SECOND - 1);
        assertEquals(1, detector.onDeadline(now + 30 * SECOND).size(), "the first one again");
    }

    /** Of the servers but one, which are all outliers, no more than the part that may be out is. */
    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource({"1, 0", "2, 1", "9, 1", "10, 1", "19, 1", "20, 2", "100, 10"})
    void noMoreThanTheirPartIsEjected(int servers, int ejected) {
        Backend backend = servers(servers);
        OutlierDetector detector = detector(backend);
        int out = 0;
        for (Server server : backend.servers().subList(0, Math.max(1, servers - 1))) {
            out += failInARow(detector, server, START) == null ? 0 : 1;
        }
        assertEquals(ejected, out);
        assertEquals(ejected, detector.ejectedCount());
    }

    @Test
    void anEjectionThatEndsWhileTheCheckFailsGoesOn() {
        Backend backend = servers(10);
        OutlierDetector detector = detector(backend);
        Server first = backend.servers().get(0);
        OutlierChange out = failInARow(detector, first, START);
        assertNotNull(out);
        backend.setEjected(first, true, out.cause(), 0);
        assertNull(detector.onCheck(first, false, START + SECOND));
        assertEquals(List.of(), detector.onDeadline(START + 60 * SECOND));
        assertFalse(first.isUsable());

        // Also when the time was over before: what the check says goes first.
        backend.setEjected(first, false, "test", 0);
        Fixture.set(backend, first, HealthState.DOWN);
        assertFalse(first.isUsable());

        OutlierChange in = detector.onCheck(first, true, START + 61 * SECOND);
        assertEquals(new OutlierChange(first, false, "a health check has passed"), in);
    }

    @Test
    void aPassedCheckEndsAnEjectionAtOnceUnlessItMayNot() {
        Backend backend = servers(10);
        Server first = backend.servers().get(0);
        OutlierDetector detector = detector(backend);
        failInARow(detector, first, START);
        assertNotNull(detector.onCheck(first, true, START + SECOND));
        assertNull(detector.onCheck(first, true, START + SECOND));

        OutlierConfig strict = OutlierConfig.builder().checkEndsEjection(false).build();
        OutlierDetector waits = new OutlierDetector(strict, backend.servers(), START);
        failInARow(waits, first, START);
        assertNull(waits.onCheck(first, true, START + SECOND));
        assertNull(waits.onCheck(first, false, START + 2 * SECOND));
        assertEquals(List.of(), waits.onDeadline(START + 40 * SECOND));
        assertNotNull(waits.onCheck(first, true, START + 41 * SECOND));
    }

    @Test
    void aSuccessRateFarBelowTheMeanEjects() {
        Backend backend = servers(10);
        OutlierDetector detector = detector(backend);
        for (Server server : backend.servers()) {
            traffic(detector, server, 200, server.name().equals("A") ? 100 : 1);
        }
        assertEquals(START + 10 * SECOND, detector.nextDeadlineNanos());
        List<OutlierChange> changes = detector.onDeadline(START + 10 * SECOND);
        assertEquals(1, changes.size());
        assertEquals("A", changes.get(0).server().name());
        assertEquals(
                "its success rate of 67 % is far below the mean of 96 %", changes.get(0).cause());
        assertEquals(START + 20 * SECOND, detector.nextDeadlineNanos());
    }

    @Test
    void ratesAreNotComparedOfTooFewServersOrConnects() {
        Backend few = servers(4);
        OutlierDetector detector = detector(few);
        few.servers().forEach(s -> traffic(detector, s, 200, s.name().equals("A") ? 200 : 0));
        assertEquals(List.of(), detector.onDeadline(START + 10 * SECOND));

        Backend idle = servers(10);
        OutlierDetector quiet = detector(idle);
        for (Server server : idle.servers()) {
            // A has too little to do to be judged, and what it does does not count for the mean.
            boolean a = server.name().equals("A");
            traffic(quiet, server, a ? 40 : 200, a ? 40 : 0);
        }
        assertEquals(List.of(), quiet.onDeadline(START + 10 * SECOND));
        idle.servers().forEach(s -> traffic(quiet, s, 60, s.name().equals("A") ? 30 : 0));
        assertEquals(List.of(), quiet.onDeadline(START + 20 * SECOND), "each interval starts at 0");
    }

    @Test
    void equalServersAreNoOutliers() {
        Backend backend = servers(10);
        OutlierDetector detector = detector(backend);
        backend.servers().forEach(s -> traffic(detector, s, 100, 100));
        assertEquals(List.of(), detector.onDeadline(START + 10 * SECOND));
    }

    @Test
    void serversComeAndGo() {
        Backend backend = servers(3);
        OutlierDetector detector = detector(backend);
        Server a = Fixture.server(backend, "A");
        Server b = Fixture.server(backend, "B");
        Server c = Fixture.server(backend, "C");
        assertNotNull(failInARow(detector, a, START));
        detector.setServers(List.of(a, b));
        assertEquals(1, detector.ejectedCount(), "one that stays is still out");
        assertFalse(detector.record(c, false));
        assertNull(detector.onErrors(c, START));
        assertNull(detector.onCheck(c, true, START));
        detector.setServers(List.of(b, c));
        assertEquals(0, detector.ejectedCount(), "one that is gone makes room");
        assertNotNull(failInARow(detector, c, START));
    }

    @Test
    void whereFewerServersAreLeftThoseThatAreOutTooManyComeBack() {
        Backend backend = servers(30);
        OutlierDetector detector = detector(backend);
        List<Server> all = backend.servers();
        assertNotNull(failInARow(detector, all.get(1), START + 2 * SECOND));
        assertNotNull(failInARow(detector, all.get(2), START));
        assertNotNull(failInARow(detector, all.get(0), START + SECOND));
        assertNull(detector.onCheck(all.get(2), false, START + 2 * SECOND));
        assertEquals(List.of(), detector.setServers(all));

        String cause = "too few servers are left to leave out so many";
        assertEquals(
                List.of(new OutlierChange(all.get(0), false, cause)),
                detector.setServers(all.subList(0, 20)),
                "of those whose check does not fail the one whose time is over first");
        assertEquals(2, detector.ejectedCount());
        assertEquals(
                List.of(new OutlierChange(all.get(1), false, cause)),
                detector.setServers(all.subList(0, 3)));
        assertEquals(
                List.of(new OutlierChange(all.get(2), false, cause)),
                detector.setServers(all.subList(2, 3)),
                "the only one is never out");
        assertEquals(0, detector.ejectedCount());
        assertEquals(List.of(), detector.onDeadline(START + 60 * SECOND));
    }

    /** Whatever happens: never more out than may be, and changes and states agree. */
    @Test
    void neverMoreThanTheMostAreOut() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            String failure = "seed " + seed;
            Backend backend = servers(1 + random.nextInt(30));
            OutlierConfig any =
                    OutlierConfig.builder()
                            .maxEjectedPercent(random.nextInt(101))
                            .minRequests(1 + random.nextInt(5))
                            .consecutiveErrors(random.nextInt(4))
                            .checkEndsEjection(random.nextBoolean())
                            .build();
            OutlierDetector detector = new OutlierDetector(any, backend.servers(), START);
            List<Server> out = new ArrayList<>();
            long now = START;
            for (int i = 0; i < 2000; i++) {
                Server server = backend.servers().get(random.nextInt(backend.servers().size()));
                List<OutlierChange> changes = new ArrayList<>();
                switch (random.nextInt(8)) {
                    case 0 -> {
                        now += random.nextInt(20) * SECOND;
                        changes.addAll(detector.onDeadline(now));
                    }
                    case 1 -> add(changes, detector.onCheck(server, random.nextBoolean(), now));
                    default -> {
                        if (detector.record(server, random.nextBoolean())) {
                            add(changes, detector.onErrors(server, now));
                        }
                    }
                }
                for (OutlierChange change : changes) {
                    assertEquals(change.ejected(), !out.contains(change.server()), failure);
                    if (change.ejected()) {
                        out.add(change.server());
                    } else {
                        out.remove(change.server());
                    }
                }
                int most =
                        backend.servers().size() < 2 || any.maxEjectedPercent() == 0
                                ? 0
                                : Math.max(
                                        1,
                                        backend.servers().size() * any.maxEjectedPercent() / 100);
                assertTrue(out.size() <= most, failure);
                assertEquals(out.size(), detector.ejectedCount(), failure);
            }
        }
    }

    private static void add(List<OutlierChange> changes, OutlierChange change) {
        if (change != null) {
            changes.add(change);
        }
    }

    @Test
    void anEjectedServerIsNotPickedAndObserversHearWhy() {
        Backend backend = servers(3);
        List<String> heard = new ArrayList<>();
        backend.addObserver(
                new BackendObserver() {
                    @Override
                    public void onEjectionChange(Backend b, Server s, boolean out, String cause) {
                        heard.add(s.name() + " " + out + " " + cause);
                    }
                });
        Server a = Fixture.server(backend, "A");
        backend.setEjected(a, true, "errors", 0);
        backend.setEjected(a, true, "again", 0);
        assertFalse(Fixture.picks(backend, 6).contains("A"));
        assertTrue(a.isUp(), "its sessions go on");
        backend.setEjected(a, false, "over", 0);
        assertTrue(Fixture.picks(backend, 6).contains("A"));
        assertEquals(List.of("A true errors", "A false over"), heard);
    }

    @Test
    void everySettingIsChecked() {
        InvalidConfigException problems =
                assertThrows(
                        InvalidConfigException.class,
                        () ->
                                OutlierConfig.builder()
                                        .consecutiveErrors(-1)
                                        .successRateDeviations(Double.NaN)
                                        .minHosts(0)
                                        .minRequests(0)
                                        .interval(Duration.ZERO)
                                        .baseEjection(Duration.ofSeconds(2))
                                        .maxEjection(Duration.ofSeconds(1))
                                        .maxEjectedPercent(101)
                                        .build());
        assertEquals(7, problems.problems().size(), problems.getMessage());
        assertEquals(OutlierConfig.builder().build(), config);
    }
}

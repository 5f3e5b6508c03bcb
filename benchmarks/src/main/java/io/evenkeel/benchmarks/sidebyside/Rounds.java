package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Does all measurements to all contestants in turn, round by round: one row after the other, and in each row one contestant after the
 * other, so that what is compared is measured within seconds. Who is first changes from round to round.
 */
final class Rounds {
    private static final long PAUSE_NANOS = Duration.ofMillis(300).toNanos();

    private final Arena arena;
    private final List<Measurement> measurements;
    private final Settings settings;
    private final Results results;
    private final PrintStream progress;

    Rounds(
            Arena arena,
            List<Measurement> measurements,
            Settings settings,
            Results results,
            PrintStream progress) {
        this.arena = arena;
        this.measurements = measurements;
        this.settings = settings;
        this.results = results;
        this.progress = progress;
    }

    /** Does them all. What failed is noted in the results. */
    void run() throws IOException {
        for (int round = 0; round <= settings.rounds(); round++) {
            List<Proxy> order = new ArrayList<>(arena.proxies());
            Collections.rotate(order, -round);
            for (Measurement measurement : measurements) {
                if (round > 0 || measurement.warmsUp()) {
                    row(measurement, round, order);
                }
            }
            progress.println(
                    "side-by-side: "
                            + (round == 0
                                    ? "warm, now it counts"
                                    : "round %d of %d done".formatted(round, settings.rounds())));
            if (round > 0) {
                results.write(settings.output());
            }
        }
    }

    private void row(Measurement measurement, int round, List<Proxy> order) {
        if (round > 0) {
            attempt(measurement, round, Figure.DIRECT, measurement::direct);
        }
        for (Proxy proxy : order) {
            LockSupport.parkNanos(PAUSE_NANOS);
            attempt(measurement, round, proxy.name(), () -> measurement.measure(proxy));
            if (!proxy.child().isAlive()) {
                throw new SideBySideException(
                        "%s has ended.%n%s".formatted(proxy.name(), proxy.child().lastWords()));
            }
        }
    }

    /** One failure leaves a gap in the figures, and is told; the run goes on. */
    private void attempt(Measurement measurement, int round, String contestant, Attempt attempt) {
        try {
            Map<Row, Double> values = attempt.make();
            if (round > 0) {
                add(contestant, round, values);
            }
        } catch (SideBySideException | IOException e) {
            String what =
                    "%s of %s in round %d: %s"
                            .formatted(measurement.key(), contestant, round, e.getMessage());
            progress.println("side-by-side: no figure for " + what);
            results.noteFailure(what);
        }
    }

    private interface Attempt {
        Map<Row, Double> make() throws IOException;
    }

    private void add(String contestant, int round, Map<Row, Double> values) {
        values.forEach((row, value) -> results.add(new Figure(contestant, row, round, value)));
    }
}

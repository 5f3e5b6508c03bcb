package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The Backup is stopped by a signal for 100 ms, again and again. */
final class PausedBackup implements Scenario {
    private static final Routers ROUTERS = new Routers(1, 10);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration BETWEEN = Duration.ofMillis(400);

    @Override
    public String name() {
        return "paused-backup";
    }

    @Override
    public String description() {
        return "Advertisements 10 ms apart; the Backup's process is stopped for 100 ms twice a second (SIGSTOP, SIGCONT):"
                + " how often it promotes itself";
    }

    @Override
    public List<Row> measure(Settings settings) {
        List<Row> rows = new ArrayList<>();
        for (Pair pair : settings.pairsOr(Pair.EVENKEEL, Pair.KEEPALIVED)) {
            rows.addAll(measure(settings, pair));
        }
        return rows;
    }

    private static List<Row> measure(Settings settings, Pair pair) {
        int seconds = settings.seconds(10, 600);
        try (Cluster cluster = new Cluster(settings, ROUTERS, pair)) {
            cluster.startBoth();
            LabProcess backup = cluster.process(2);
            long before = pair.backup().promotions(backup.output());
            Series pauses = new Series();
            long start = Capture.epochNanos();
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            while (System.nanoTime() < end) {
                backup.suspend();
                long stopped = System.nanoTime();
                Await.pass(PAUSE);
                pauses.add((System.nanoTime() - stopped) / 1e6);
                backup.resume();
                Await.pass(BETWEEN);
            }
            long promotions = pair.backup().promotions(backup.output()) - before;
            Row row =
                    Row.of(
                            pair + ": promotions in " + seconds + " s",
                            Unit.COUNT,
                            Samples.of(promotions));
            boolean held = pair.backup() == Product.EVENKEEL;
            return List.of(
                    held ? row.within(Row.Target.always(0)) : row,
                    Row.of(pair + ": pauses", Unit.MILLIS, pauses.samples()),
                    Row.of(
                            pair + ": between two advertisements",
                            Unit.MILLIS,
                            Intervals.between(
                                    cluster.capture()
                                            .since(start, p -> cluster.isAdvertisement(p, 1)))));
        }
    }
}

package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** SIGTERM to the Active. */
final class PlannedStop implements Scenario {
    private static final Routers ROUTERS = new Routers(1, 1_000);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "planned-stop";
    }

    @Override
    public String description() {
        return "SIGTERM to the Active, an advertisement a second: how long a client that asks each millisecond waits for an answer at most";
    }

    @Override
    public List<Row> measure(Settings settings) {
        List<Row> rows = new ArrayList<>();
        for (Pair pair : settings.pairsOr(Pair.EVENKEEL, Pair.TO_KEEPALIVED, Pair.KEEPALIVED)) {
            Row row = Row.of(pair + ": client's wait", Unit.MILLIS, waits(settings, pair));
            boolean held = pair.active() == Product.EVENKEEL;
            rows.add(held ? row.within(Row.Target.p99(50)) : row);
        }
        return rows;
    }

    private static Samples waits(Settings settings, Pair pair) {
        Series waits = new Series();
        int runs = settings.runs(5, 50);
        try (Cluster cluster = new Cluster(settings, ROUTERS, pair)) {
            cluster.start(2, Load.NONE);
            cluster.awaitUp(2);
            cluster.startProbe();
            for (int run = 1; run <= runs; run++) {
                LabProcess active = cluster.start(1, Load.NONE);
                cluster.awaitFirstOwns();
                // At any moment between two advertisements.
                Await.pass(Duration.ofMillis(500 + ThreadLocalRandom.current().nextInt(1_000)));
                long stop = Capture.epochNanos();
                active.terminate();
                boolean answered = cluster.awaitReply(2, stop, LIMIT);
                Await.pass(Duration.ofMillis(200));
                if (answered) {
                    waits.add(cluster.longestWaitMillis(stop));
                } else {
                    waits.miss();
                }
                active.awaitExit(10, TimeUnit.SECONDS);
                settings.tell("%s: stop %d of %d: %s", pair, run, runs, waits.latest(Unit.MILLIS));
                cluster.capture().forgetBefore(stop);
            }
        }
        return waits.samples();
    }
}

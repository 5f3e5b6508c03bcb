package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** SIGKILL of the Active. */
final class KilledActive implements Scenario {
    private static final Routers ROUTERS = new Routers(1, 1_000);
    private static final double MARGIN_SECONDS = 1;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "killed-active";
    }

    @Override
    public String description() {
        return "SIGKILL of the Active, an advertisement a second: when the address is gone from its host, within %d s"
                .formatted(LIMIT.toSeconds());
    }

    @Override
    public List<Row> measure(Settings settings) {
        List<Row> rows = new ArrayList<>();
        for (Pair pair : settings.pairsOr(Pair.EVENKEEL, Pair.KEEPALIVED)) {
            Row row = Row.of(pair.active() + ": address gone", Unit.SECONDS, gone(settings, pair));
            double limit = ROUTERS.leaseSeconds() + MARGIN_SECONDS;
            boolean held = pair.active() == Product.EVENKEEL;
            rows.add(held ? row.within(Row.Target.always(limit)) : row);
        }
        return rows;
    }

    private static Samples gone(Settings settings, Pair pair) {
        Series gone = new Series();
        int runs = pair.active() == Product.EVENKEEL ? settings.runs(3, 20) : settings.runs(1, 3);
        for (int run = 1; run <= runs; run++) {
            try (Cluster cluster = new Cluster(settings, ROUTERS, pair)) {
                LabProcess active = cluster.start(1, Load.NONE);
                cluster.awaitFirstOwns();
                // At any moment of a lease.
                Await.pass(Duration.ofMillis(ThreadLocalRandom.current().nextInt(2_000)));
                long killed = System.nanoTime();
                active.kill();
                if (Await.within(LIMIT, () -> !cluster.host(1).holds(Routers.VIP))) {
                    gone.add((System.nanoTime() - killed) / 1e9);
                } else {
                    gone.miss();
                }
                settings.tell(
                        "%s: kill %d of %d: %s",
                        pair.active(), run, runs, gone.latest(Unit.SECONDS));
            }
        }
        return gone.samples();
    }
}

package io.evenkeel.benchmarks.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What VRRP costs where nothing happens. */
final class CpuUse implements Scenario {
    private static final Routers ROUTERS = new Routers(1, 10);
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public String description() {
        return "One virtual router, advertisements 10 ms apart, nothing happens: CPU of the whole process, user and system";
    }

    @Override
    public List<Row> measure(Settings settings) {
        List<Row> rows = new ArrayList<>();
        for (Pair pair : settings.pairsOr(Pair.EVENKEEL, Pair.KEEPALIVED)) {
            try (Cluster cluster = new Cluster(settings, ROUTERS, pair)) {
                cluster.startBoth();
                settings.tell("%s: warming up", pair);
                Await.pass(WARM_UP);
                CpuShare share = CpuShare.measure(cluster, settings.seconds(20, 60));
                Row active =
                        Row.of(pair.active() + ", Active", Unit.PERCENT_OF_A_CORE, share.active());
                boolean held = pair.active() == Product.EVENKEEL;
                rows.add(held ? active.within(Row.Target.always(1)) : active);
                rows.add(
                        Row.of(pair.backup() + ", Backup", Unit.PERCENT_OF_A_CORE, share.backup()));
            }
        }
        return rows;
    }
}

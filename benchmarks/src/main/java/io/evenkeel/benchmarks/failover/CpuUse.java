package io.evenkeel.benchmarks.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What VRRP costs where nothing happens. */
final class CpuUse implements Scenario {
    private static final Routers ROUTERS = new Routers(1, 10);

    /** Time until the JVM has compiled what a hundred rounds a second run. */
    private static final int WARM_UP_SECONDS = 20;

    private static final int WHOLE_WARM_UP_SECONDS = 240;

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
        int seconds = settings.seconds(20, 60);
        for (Pair pair : settings.pairsOr(Pair.EVENKEEL, Pair.KEEPALIVED)) {
            try (Cluster cluster = new Cluster(settings, ROUTERS, pair)) {
                cluster.startBoth();
                int warmUp = settings.full() ? WHOLE_WARM_UP_SECONDS : WARM_UP_SECONDS;
                settings.tell("%s: warming up for %d s", pair, warmUp);
                // Handing a packet to tcpdump would be done in the sender's name.
                cluster.stopCapture();
                Await.pass(Duration.ofSeconds(warmUp));
                CpuShare share = CpuShare.measure(cluster, seconds);
                Row active =
                        Row.of(pair.active() + ", Active", Unit.PERCENT_OF_A_CORE, share.active());
                boolean held = pair.active() == Product.EVENKEEL;
                rows.add(held ? active.within(Row.Target.always(1)) : active);
                rows.add(
                        Row.of(pair.backup() + ", Backup", Unit.PERCENT_OF_A_CORE, share.backup()));
            }
        }
        rows.add(
                Row.of(
                        "C, only waits and sends",
                        Unit.PERCENT_OF_A_CORE,
                        LeastSender.measure(settings, ROUTERS, seconds)));
        return rows;
    }
}

package io.evenkeel.benchmarks.failover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The Active is cut off, as by a switch that fails: its interface keeps its carrier. */
final class LinkCut implements Scenario {
    private static final Routers ROUTERS = new Routers(1, 10);
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final double MARGIN_MILLIS = 5;

    @Override
    public String name() {
        return "link-cut";
    }

    @Override
    public String description() {
        return "The Active is cut off, advertisements 10 ms apart: from its last one to the Backup's gratuitous ARP, which follows"
                + " the address";
    }

    @Override
    public List<Row> measure(Settings settings) {
        List<Row> rows = new ArrayList<>();
        for (Pair pair :
                settings.pairsOr(
                        Pair.EVENKEEL, Pair.TO_KEEPALIVED, Pair.TO_EVENKEEL, Pair.KEEPALIVED)) {
            Series takeovers = new Series();
            Series waits = new Series();
            measure(settings, pair, takeovers, waits);
            Row takeover = Row.of(pair + ": takeover", Unit.MILLIS, takeovers.samples());
            boolean held = pair.backup() == Product.EVENKEEL;
            double limit = ROUTERS.activeDownMillis() + MARGIN_MILLIS;
            rows.add(held ? takeover.within(Row.Target.p99(limit)) : takeover);
            rows.add(Row.of(pair + ": client's wait", Unit.MILLIS, waits.samples()));
        }
        return rows;
    }

    private static void measure(Settings settings, Pair pair, Series takeovers, Series waits) {
        int runs = settings.runs(20, 200);
        try (Cluster cluster = new Cluster(settings, ROUTERS, pair)) {
            cluster.startBoth();
            cluster.startProbe();
            for (int run = 1; run <= runs; run++) {
                cluster.awaitFirstOwns();
                Await.pass(Duration.ofMillis(200 + ThreadLocalRandom.current().nextInt(20)));
                long cut = Capture.epochNanos();
                cluster.host(1).isolate();
                if (cluster.awaitReply(2, cut, LIMIT)) {
                    Await.pass(Duration.ofMillis(20));
                    double takeover = takeoverMillis(cluster, cut);
                    if (Double.isNaN(takeover)) {
                        settings.tell(
                                "%s: cut %d does not count: the Backup had taken over before",
                                pair, run);
                    } else {
                        takeovers.add(takeover);
                        waits.add(cluster.longestWaitMillis(cut));
                    }
                } else {
                    takeovers.miss();
                    waits.miss();
                }
                cluster.capture().forgetBefore(cut);
                cluster.host(1).rejoin();
                if (run % 10 == 0) {
                    settings.tell(
                            "%s: cut %d of %d: %s", pair, run, runs, takeovers.latest(Unit.MILLIS));
                }
            }
        }
    }

    private static double takeoverMillis(Cluster cluster, long cut) {
        List<Packet> packets = cluster.capture().since(cut - Duration.ofMillis(100).toNanos());
        return Takeover.nanos(
                        packets,
                        p -> cluster.isAdvertisement(p, 1),
                        p -> cluster.isAdvertisement(p, 2),
                        p -> cluster.isAnnouncement(p, 2, Routers.VIP))
                / 1e6;
    }
}

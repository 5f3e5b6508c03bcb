package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Another program takes the address off the Active's host. */
final class DeletedAddress implements Scenario {
    private static final Routers ROUTERS = new Routers(1, 1_000);
    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** Longer than the 5 s after which an announcement is repeated, and than the time in which a fourth loss counts as a fight. */
    private static final Duration BETWEEN = Duration.ofMillis(6_500);

    @Override
    public String name() {
        return "deleted-address";
    }

    @Override
    public String description() {
        return "ip addr del of the Active's address: from telling an ip that waits for it to the gratuitous ARP that follows the address's return";
    }

    @Override
    public List<Row> measure(Settings settings) {
        List<Row> rows = new ArrayList<>();
        for (Pair pair : settings.pairsOr(Pair.EVENKEEL, Pair.KEEPALIVED)) {
            Row row =
                    Row.of(pair.active() + ": announced again", Unit.MILLIS, back(settings, pair));
            boolean held = pair.active() == Product.EVENKEEL;
            rows.add(held ? row.within(Row.Target.always(50)) : row);
        }
        return rows;
    }

    private static Samples back(Settings settings, Pair pair) {
        Series back = new Series();
        int runs = settings.runs(3, 50);
        try (Cluster cluster = new Cluster(settings, ROUTERS, pair)) {
            cluster.start(1, Load.NONE);
            cluster.awaitFirstOwns();
            LabHost host = cluster.host(1);
            for (int run = 1; run <= runs; run++) {
                long deleted;
                boolean announced;
                try (PreparedCommand ip = new PreparedCommand(host)) {
                    Await.pass(BETWEEN);
                    deleted = Capture.epochNanos();
                    ip.run("addr del " + Routers.VIP + "/32 dev eth0");
                    announced =
                            Await.within(LIMIT, () -> !announcements(cluster, deleted).isEmpty());
                }
                if (announced && host.holds(Routers.VIP)) {
                    long first = announcements(cluster, deleted).get(0).epochNanos();
                    back.add((first - deleted) / 1e6);
                } else {
                    back.miss();
                }
                settings.tell(
                        "%s: deletion %d of %d: %s",
                        pair.active(), run, runs, back.latest(Unit.MILLIS));
                cluster.capture().forgetBefore(deleted);
            }
        }
        return back.samples();
    }

    private static List<Packet> announcements(Cluster cluster, long since) {
        return cluster.capture()
                .since(since, packet -> cluster.isAnnouncement(packet, 1, Routers.VIP));
    }
}

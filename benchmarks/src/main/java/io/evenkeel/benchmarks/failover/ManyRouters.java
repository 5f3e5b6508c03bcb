package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** As many virtual routers as a LAN can have, in one process on each host. */
final class ManyRouters implements Scenario {
    private static final Routers ROUTERS = new Routers(255, 1_000);
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration WARM_UP = Duration.ofSeconds(15);
    private static final Duration AFTER_CUT = Duration.ofSeconds(6);

    @Override
    public String name() {
        return "many-routers";
    }

    @Override
    public String description() {
        return "255 virtual routers on each of two hosts, an advertisement a second: elected, CPU, and all of them taken over when the"
                + " Active is cut off";
    }

    @Override
    public List<Row> measure(Settings settings) {
        List<Row> rows = new ArrayList<>();
        for (Pair pair : settings.pairsOr(Pair.EVENKEEL, Pair.KEEPALIVED)) {
            try (Cluster cluster = new Cluster(settings, ROUTERS, pair)) {
                rows.addAll(measure(settings, pair, cluster));
            }
        }
        return rows;
    }

    private static List<Row> measure(Settings settings, Pair pair, Cluster cluster) {
        long start = System.nanoTime();
        cluster.start(1, Load.NONE);
        cluster.start(2, Load.NONE);
        cluster.require(
                "host 1 has all addresses",
                LIMIT,
                () -> wrong(cluster, 1) + wrong(cluster, 2) == 0);
        double elected = (System.nanoTime() - start) / 1e9;
        settings.tell("%s: elected after %.2f s, warming up", pair, elected);
        Await.pass(WARM_UP);
        int wrongBefore = wrong(cluster, 1) + wrong(cluster, 2);
        CpuShare share = CpuShare.measure(cluster, settings.seconds(20, 60));
        long cut = Capture.epochNanos();
        settings.tell("%s: cutting the Active off", pair);
        cluster.host(1).isolate();
        Await.pass(AFTER_CUT);
        int missing = ROUTERS.count() - held(cluster.host(2)).size();
        Samples takeovers = takeovers(cluster, cut);
        boolean own = pair.active() == Product.EVENKEEL && pair.backup() == Product.EVENKEEL;
        Row cpu = Row.of(pair + ": CPU, Active", Unit.PERCENT_OF_A_CORE, share.active());
        Row wrong = Row.of(pair + ": wrong owners", Unit.COUNT, Samples.of(wrongBefore));
        Row gone = Row.of(pair + ": not taken over", Unit.COUNT, Samples.of(missing));
        return List.of(
                Row.of(pair + ": start to all elected", Unit.SECONDS, Samples.of(elected)),
                own ? wrong.within(Row.Target.always(0)) : wrong,
                own ? cpu.within(Row.Target.always(10)) : cpu,
                Row.of(pair + ": CPU, Backup", Unit.PERCENT_OF_A_CORE, share.backup()),
                own ? gone.within(Row.Target.always(0)) : gone,
                Row.of(pair + ": takeover", Unit.MILLIS, takeovers));
    }

    /** How many addresses this host has and should not have, or should have and has not. */
    private static int wrong(Cluster cluster, int host) {
        int held = held(cluster.host(host)).size();
        return host == 1 ? ROUTERS.count() - held : held;
    }

    private static Set<String> held(LabHost host) {
        Set<String> all = new HashSet<>();
        for (int vrid = 1; vrid <= ROUTERS.count(); vrid++) {
            all.add(Routers.address(vrid));
        }
        Set<String> here =
                host.addressLines().stream()
                        .map(line -> line.replaceFirst(".* inet ([0-9.]+).*", "$1"))
                        .collect(Collectors.toSet());
        all.retainAll(here);
        return all;
    }

    private static Samples takeovers(Cluster cluster, long cut) {
        List<Packet> packets = cluster.capture().since(cut - Duration.ofSeconds(3).toNanos());
        Series takeovers = new Series();
        for (int vrid = 1; vrid <= ROUTERS.count(); vrid++) {
            int id = vrid;
            double nanos =
                    Takeover.nanos(
                            packets,
                            p -> cluster.isAdvertisement(p, 1) && p.number() == id,
                            p -> cluster.isAdvertisement(p, 2) && p.number() == id,
                            p -> cluster.isAnnouncement(p, 2, Routers.address(id)));
            takeovers.addUnlessNaN(nanos / 1e6);
        }
        return takeovers.samples();
    }
}

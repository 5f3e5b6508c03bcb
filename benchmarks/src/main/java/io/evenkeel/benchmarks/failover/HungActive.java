package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabProcess;
import io.evenkeel.examples.lab.OwnershipWatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** The Active hangs for longer than its pause tolerance, and comes back. */
final class HungActive implements Scenario {
    private static final Routers ROUTERS = new Routers(1, 10);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    /** Long enough to tell a contradiction that lasts, too short for another failover to be likely. */
    private static final Duration AFTERMATH = Duration.ofMillis(300);

    /** With the address still leased, and after the kernel has taken it away. */
    private static final List<Duration> HANGS =
            List.of(Duration.ofSeconds(1), Duration.ofSeconds(4));

    @Override
    public String name() {
        return "hung-active";
    }

    @Override
    public String description() {
        return "SIGSTOP of the Active for 1 s and for 4 s, advertisements 10 ms apart: when the Backup takes over, and for how long"
                + " the two contradict each other after SIGCONT";
    }

    @Override
    public List<Row> measure(Settings settings) {
        List<Row> rows = new ArrayList<>();
        for (Pair pair : settings.pairsOr(Pair.EVENKEEL, Pair.TO_KEEPALIVED, Pair.KEEPALIVED)) {
            for (Duration hang : HANGS) {
                rows.addAll(measure(settings, pair, hang));
            }
        }
        return rows;
    }

    private static List<Row> measure(Settings settings, Pair pair, Duration hang) {
        Series takeovers = new Series();
        Series addresses = new Series();
        Series packets = new Series();
        int runs = settings.runs(3, 20);
        try (Cluster cluster = new Cluster(settings, ROUTERS, pair);
                OwnershipWatch watch =
                        OwnershipWatch.start(
                                List.of(cluster.host(1), cluster.host(2)),
                                List.of(Routers.VIP),
                                Duration.ofMillis(1))) {
            cluster.startBoth();
            LabProcess active = cluster.process(1);
            for (int run = 1; run <= runs; run++) {
                cluster.awaitFirstOwns();
                Await.pass(Duration.ofMillis(500 + ThreadLocalRandom.current().nextInt(700)));
                long stopped = Capture.epochNanos();
                active.suspend();
                if (Await.within(LIMIT, () -> !advertisements(cluster, 2, stopped).isEmpty())) {
                    long first = advertisements(cluster, 2, stopped).get(0).epochNanos();
                    takeovers.add((first - stopped) / 1e6);
                } else {
                    takeovers.miss();
                }
                Await.pass(hang.minusNanos(Capture.epochNanos() - stopped));
                active.resume();
                long resumedNanos = System.nanoTime();
                long resumed = Capture.epochNanos();
                Await.pass(AFTERMATH);
                addresses.add(
                        watch.timeline(Routers.VIP)
                                        .nanosWithOwners(2, resumedNanos, System.nanoTime())
                                / 1e6);
                packets.add(contradictionNanos(cluster, resumed) / 1e6);
                settings.tell(
                        "%s, %d s: hang %d of %d: both owned for %s",
                        pair, hang.toSeconds(), run, runs, addresses.latest(Unit.MILLIS));
                cluster.capture().forgetBefore(resumed);
            }
        }
        String what = pair + ", " + hang.toSeconds() + " s: ";
        Row owned = Row.of(what + "address on both", Unit.MILLIS, addresses.samples());
        Row sent = Row.of(what + "both advertise", Unit.MILLIS, packets.samples());
        boolean held = pair.active() == Product.EVENKEEL;
        Row.Target interval = Row.Target.always(ROUTERS.intervalMillis());
        return List.of(
                Row.of(what + "takeover", Unit.MILLIS, takeovers.samples()),
                held ? owned.within(interval) : owned,
                held ? sent.within(interval) : sent);
    }

    /** From the first advertisement of who came back to the last one of who gave in. */
    private static long contradictionNanos(Cluster cluster, long resumed) {
        List<Packet> back = advertisements(cluster, 1, resumed);
        List<Packet> other = advertisements(cluster, 2, resumed);
        if (back.isEmpty() || other.isEmpty()) {
            return 0;
        }
        long end = Math.min(last(back), last(other));
        return Math.max(0, end - back.get(0).epochNanos());
    }

    private static long last(List<Packet> packets) {
        return packets.get(packets.size() - 1).epochNanos();
    }

    private static List<Packet> advertisements(Cluster cluster, int host, long since) {
        return cluster.capture().since(since, packet -> cluster.isAdvertisement(packet, host));
    }
}

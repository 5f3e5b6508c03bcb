package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The garbage collector stops one of the two for longer than an Active_Down_Interval, again and again. */
final class BusyHost implements Scenario {
    private static final Routers ROUTERS = new Routers(1, 10);
    private static final Duration SLICE = Duration.ofSeconds(10);

    private final int busy;

    /**
     * @param busy the host with the load: 1 is the Active, 2 its Backup
     */
    BusyHost(int busy) {
        this.busy = busy;
    }

    @Override
    public String name() {
        return busy == 1 ? "busy-active" : "busy-backup";
    }

    @Override
    public String description() {
        return "Advertisements 10 ms apart; the "
                + (busy == 1 ? "Active" : "Backup")
                + "'s JVM (default collector, two cores) has two threads that allocate hard, and whole collections:"
                + " how often the Backup promotes itself";
    }

    @Override
    public List<Row> measure(Settings settings) {
        List<Row> rows = new ArrayList<>();
        Pair[] own =
                busy == 1
                        ? new Pair[] {Pair.EVENKEEL, Pair.TO_KEEPALIVED}
                        : new Pair[] {Pair.EVENKEEL};
        for (Pair pair : settings.pairsOr(own)) {
            rows.addAll(measure(settings, pair));
        }
        return rows;
    }

    private List<Row> measure(Settings settings, Pair pair) {
        int seconds = settings.seconds(20, 600);
        try (Cluster cluster = new Cluster(settings, ROUTERS, pair)) {
            cluster.start(1, busy == 1 ? settings.load() : Load.NONE);
            LabProcess backup = cluster.start(2, busy == 2 ? settings.load() : Load.NONE);
            cluster.awaitUp(2);
            cluster.awaitFirstOwns();
            // Until the live objects are there.
            Await.pass(Duration.ofSeconds(5));
            cluster.awaitFirstOwns();
            Path gcLog = cluster.host(busy).directory().resolve("gc.log");
            int pausesBefore = GcLog.pausesMillis(lines(gcLog)).size();
            long before = pair.backup().promotions(backup.output());
            long start = Capture.epochNanos();
            Series intervals = new Series();
            long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
            long from = start;
            while (System.nanoTime() < end) {
                Await.pass(shorter(SLICE, Duration.ofNanos(end - System.nanoTime())));
                from = addIntervals(cluster, from, intervals);
                settings.tell(
                        "%s: after %d s of %d: %d promotions",
                        pair,
                        (Capture.epochNanos() - start) / 1_000_000_000L,
                        seconds,
                        pair.backup().promotions(backup.output()) - before);
            }
            long promotions = pair.backup().promotions(backup.output()) - before;
            List<Double> pauses = GcLog.pausesMillis(lines(gcLog));
            return List.of(
                    Row.of(
                                    pair + ": promotions in " + seconds + " s",
                                    Unit.COUNT,
                                    Samples.of(promotions))
                            .within(Row.Target.always(0)),
                    Row.of(
                            pair + ": pauses of the collector",
                            Unit.MILLIS,
                            new Samples(pauses.subList(pausesBefore, pauses.size()), 0)),
                    Row.of(
                            pair + ": between two advertisements",
                            Unit.MILLIS,
                            intervals.samples()));
        }
    }

    /** Adds the times between the Active's advertisements since {@code from}; returns when the last one came. */
    private static long addIntervals(Cluster cluster, long from, Series intervals) {
        List<Packet> sent =
                cluster.capture().since(from, packet -> cluster.isAdvertisement(packet, 1));
        Intervals.addTo(intervals, sent);
        long last = sent.isEmpty() ? from : sent.get(sent.size() - 1).epochNanos();
        cluster.capture().forgetBefore(last);
        return last;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The collector's log cannot be read: " + e, e);
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

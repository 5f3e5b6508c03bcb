package io.evenkeel.benchmarks.failover;

import java.time.Duration;

/**
 * The CPU that both processes of a cluster took over some time, in percent of one core.
 *
 * @param active of host 1
 * @param backup of host 2
 */
record CpuShare(Samples active, Samples backup) {
    static CpuShare measure(Cluster cluster, int seconds) {
        long[] pids = {cluster.process(1).pid(), cluster.process(2).pid()};
        double[] before = {CpuClock.seconds(pids[0]), CpuClock.seconds(pids[1])};
        long start = System.nanoTime();
        Await.pass(Duration.ofSeconds(seconds));
        double[] after = {CpuClock.seconds(pids[0]), CpuClock.seconds(pids[1])};
        double elapsed = (System.nanoTime() - start) / 1e9;
        return new CpuShare(
                Samples.of(100 * (after[0] - before[0]) / elapsed),
                Samples.of(100 * (after[1] - before[1]) / elapsed));
    }
}

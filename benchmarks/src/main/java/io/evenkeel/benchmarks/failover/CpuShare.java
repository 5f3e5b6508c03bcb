package io.evenkeel.benchmarks.failover;

import io.evenkeel.examples.lab.LabProcess;
import java.time.Duration;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The CPU that both processes of a cluster took over some time, in percent of one core.
 *
 * @param active of host 1
 * @param backup of host 2
 */
record CpuShare(Samples active, Samples backup) {
    static CpuShare measure(Cluster cluster, int seconds) {
        double[] shares = shares(seconds, cluster.process(1), cluster.process(2));
        return new CpuShare(Samples.of(shares[0]), Samples.of(shares[1]));
    }

    /** The share of one process. */
    static Samples of(LabProcess process, int seconds) {
        return Samples.of(shares(seconds, process));
    }

    private static double[] shares(int seconds, LabProcess... processes) {
        double[] before = clocks(processes);
        long start = System.nanoTime();
        Await.pass(Duration.ofSeconds(seconds));
        double[] after = clocks(processes);
        double elapsed = (System.nanoTime() - start) / 1e9;
        double[] shares = new double[processes.length];
        for (int i = 0; i < shares.length; i++) {
            shares[i] = 100 * (after[i] - before[i]) / elapsed;
        }
        return shares;
    }

    private static double[] clocks(LabProcess... processes) {
        DoubleStream clocks =
                Stream.of(processes).mapToDouble(process -> CpuClock.seconds(process.pid()));
        return clocks.toArray();
    }
}

package io.evenkeel.benchmarks.queueing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Compares the waiting times of balances, with equal servers and with one that is ten times as slow. */
@Command(
        name = "queueing",
        mixinStandardHelpOptions = true,
        description = "Simulates ten servers of four slots, 10 ms a request, with each balance.")
final class Queueing implements Callable<Integer> {
    private static final double LONG_MILLIS = 500;

    @Option(
            names = "--requests",
            description = "How many requests; ${DEFAULT-VALUE} if not given.",
            defaultValue = "1000000")
    private int requests;

    @Option(names = "--seed", description = "1 if not given.", defaultValue = "1")
    private long seed;

    @Option(names = "--svg", description = "Draw the site with a slow server there.")
    private @Nullable Path svg;

    public static void main(String[] args) {
        System.exit(new CommandLine(new Queueing()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        System.out.println("Equal servers, 80 % load:");
        run(new Site(10, 4, 10, 1, 0.8));
        System.out.println();
        System.out.println("One of ten servers ten times as slow, 60 % load:");
        Map<Policy, long[]> latencies = run(new Site(10, 4, 10, 10, 0.6));
        if (svg != null) {
            Files.writeString(
                    svg, Plot.of("Ten servers, one of them ten times as slow", latencies));
        }
        return 0;
    }

    private Map<Policy, long[]> run(Site site) {
        System.out.println("| balance | p50 | p99 | p99.9 | above 500 ms | to the slow server |");
        System.out.println("|---|---|---|---|---|---|");
        Map<Policy, long[]> all = new LinkedHashMap<>();
        for (Policy policy : Policy.values()) {
            Simulation simulation = new Simulation(site, policy, requests, seed);
            long[] latencies = simulation.run();
            long tooLong = Arrays.stream(latencies).filter(l -> l > LONG_MILLIS * 1e6).count();
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.0f ms | %.0f ms | %.0f ms | %.4f %% | %.1f %% |%n",
                    policy,
                    Percentile.of(latencies, 50) / 1e6,
                    Percentile.of(latencies, 99) / 1e6,
                    Percentile.of(latencies, 99.9) / 1e6,
                    100.0 * tooLong / latencies.length,
                    100 * simulation.slowShare());
            all.put(policy, latencies);
        }
        return all;
    }
}

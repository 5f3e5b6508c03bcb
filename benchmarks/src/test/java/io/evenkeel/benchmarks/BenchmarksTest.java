package io.evenkeel.benchmarks;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Benchmarks check what they get, and throw: each of them runs once, in this JVM, with all that it can be run with but large sizes. Not
 * the other libraries', which {@link ContestantTest} tries out.
 */
class BenchmarksTest {
    @Test
    void eachRuns() throws RunnerException {
        // Else a run of the benchmarks on this machine would make this fail.
        System.setProperty("jmh.ignoreLock", "true");
        Collection<RunResult> results =
                new Runner(
                                new OptionsBuilder()
                                        .exclude(RivalsBenchmark.class.getName())
                                        .mode(Mode.SingleShotTime)
                                        .forks(0)
                                        .warmupIterations(0)
                                        .measurementIterations(1)
                                        .param("servers", "10")
                                        .param("entries", "100")
                                        .param("rules", "100")
                                        .shouldFailOnError(true)
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .run();
        assertFalse(results.isEmpty());
    }
}

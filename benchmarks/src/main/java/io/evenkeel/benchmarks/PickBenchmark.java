package io.evenkeel.benchmarks;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Lease;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Picking a server for a connection and giving it back. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PickBenchmark {
    /** How many servers the backend has. */
    @Param({"3", "100"})
    public int servers;

    private Backend backend = new Backend(BackendConfig.builder("unset").build());

    /** Servers of weights 1 to 3, so that the order is not the trivial one. */
    @Setup
    public void build() {
        BackendConfig.Builder config = BackendConfig.builder("bench");
        for (int i = 0; i < servers; i++) {
            config.server(
                    ServerConfig.builder("s" + i, "127.0.0.1", 8000).weight(1 + i % 3).build());
        }
        backend = new Backend(config.build());
    }

    /** A pick and its return. */
    @Benchmark
    public Server pickAndClose() {
        try (Lease lease = Objects.requireNonNull(backend.pick(null))) {
            return lease.server();
        }
    }
}

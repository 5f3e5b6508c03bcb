package io.evenkeel.benchmarks;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Balance;
import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.Lease;
import io.evenkeel.lb.PickRequest;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.time.Duration;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Picking a server for a connection and giving it back, with each balance; each server has some connections already. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PickBenchmark {
    private static final long SECOND = 1_000_000_000L;

    /** How many servers the backend has. */
    @Param({"100"})
    public int servers;

    /** How they are chosen. */
    @Param public Way way;

    private Backend backend = new Backend(BackendConfig.builder("unset").build());

    /** The balances. */
    public enum Way {
        /** Smooth weighted round robin. */
        ROUND_ROBIN(Balance.roundRobin()),
        /** Round robin by a table. */
        STATIC_ROUND_ROBIN(Balance.staticRoundRobin()),
        /** The fewest connections. */
        LEAST_CONNECTIONS(Balance.leastConnections()),
        /** The first. */
        FIRST(Balance.first()),
        /** One for all. */
        STICKY(Balance.sticky()),
        /** By chance. */
        RANDOM(Balance.random()),
        /** The better of two. */
        POWER_OF_TWO(Balance.powerOfTwo()),
        /** By latency. */
        PEAK_EWMA(Balance.peakEwma(Duration.ofSeconds(10))),
        /** A hash by a table. */
        HASH(Balance.hash(BalanceKey.SOURCE)),
        /** A hash by a ring. */
        RING(Balance.ring(BalanceKey.SOURCE)),
        /** A ring with a bound. */
        BOUNDED_RING(Balance.boundedRing(BalanceKey.SOURCE, 125)),
        /** A hash by Maglev's table. */
        MAGLEV(Balance.maglev(BalanceKey.SOURCE)),
        /** The same by a larger table. */
        LARGE_MAGLEV(Balance.largeMaglev(BalanceKey.SOURCE)),
        /** The highest hash. */
        RENDEZVOUS(Balance.rendezvous(BalanceKey.SOURCE));

        private final Balance balance;

        Way(Balance balance) {
            this.balance = balance;
        }
    }

    /** What differs from one connection to the next, and the lease that they use one after the other. */
    @State(Scope.Thread)
    public static class Connection implements PickRequest {
        private final Lease lease = new Lease();
        private long key = System.nanoTime();

        @Override
        public long balanceKey() {
            return key += 0x9E3779B97F4A7C15L;
        }
    }

    /** Servers of weights 1 to 3, so that the order is not the trivial one, of some connections and latencies. */
    @Setup
    public void build() {
        BackendConfig.Builder config = BackendConfig.builder("bench").balance(way.balance);
        for (int i = 0; i < servers; i++) {
            config.server(
                    ServerConfig.builder("s" + i, "127.0.0.1", 8000).weight(1 + i % 3).build());
        }
        backend = new Backend(config.build());
        for (int i = 0; i < 10 * servers; i++) {
            Lease lease = Objects.requireNonNull(backend.pick(PickRequest.ofKey(i), SECOND));
            lease.observeLatency(1_000_000L + i, SECOND);
        }
    }

    /** A pick and its return. */
    @Benchmark
    public Server pickAndClose(Connection connection) {
        Lease lease = connection.lease;
        backend.pick(connection, 2 * SECOND, lease);
        lease.close(2 * SECOND);
        return lease.server();
    }

    /** The same from two threads. */
    @Benchmark
    @Threads(2)
    public Server pickAndCloseByTwo(Connection connection) {
        return pickAndClose(connection);
    }
}

package io.evenkeel.benchmarks;

import io.evenkeel.lb.Lease;
import io.evenkeel.lb.PickRequest;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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

/**
 * Choosing a server with Evenkeel and with other libraries, in one run.
 *
 * <p>They do not do the same. A pick of Evenkeel also sees whether others wait, counts a connection under the server's
 * {@code maxconn} and fills a lease, which is closed here: four writes for other threads to see that the others do not make. Armeria and
 * gRPC choose and count nothing. What compares with them is Evenkeel's {@code _SELECTION}: the algorithm alone, by its public
 * {@code Selector}, with every offer taken at once and no connection counted. ServiceTalk gives a connection, already open here, by way
 * of an asynchronous result, so it does more than a {@code _SELECTION} and counts nothing either; its round robin is without outlier
 * detection, which it has by default.
 *
 * <p>Of Armeria it is the {@code LoadBalancer} to which {@code EndpointGroup.selectNow} passes the choice on; of gRPC the picker of
 * the policy {@code round_robin}, in which each server has a {@code pick_first} of its own, as in a channel; of ServiceTalk
 * {@code LoadBalancer.selectConnection}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RivalsBenchmark {
    /** How many servers there are. */
    @Param({"100"})
    public int servers;

    /** Who chooses. */
    @Param public Contestant contestant;

    private Contestant.Choice choice = connection -> null;

    /** What differs from one connection to the next, and the lease that they use one after the other. */
    @State(Scope.Thread)
    public static class Connection implements PickRequest {
        final Lease lease = new Lease();
        private long key = System.nanoTime();

        @Override
        public long balanceKey() {
            return key += 0x9E3779B97F4A7C15L;
        }
    }

    /** The servers. */
    @Setup
    public void build() {
        choice = contestant.of(servers);
    }

    /** A choice; with Evenkeel's lease also its return. */
    @Benchmark
    public @Nullable Object choose(Connection connection) {
        return choice.choose(connection);
    }

    /** The same from two threads. */
    @Benchmark
    @Threads(2)
    public @Nullable Object chooseByTwo(Connection connection) {
        return choose(connection);
    }
}

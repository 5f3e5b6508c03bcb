package io.evenkeel.benchmarks;

import io.evenkeel.lb.AdminState;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Balance;
import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.Candidates;
import io.evenkeel.lb.Pool;
import io.evenkeel.lb.Selector;
import io.evenkeel.lb.Server;
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

/** What a change of the usable servers costs: each makes the pool anew, and the table or the turns of its balance. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PoolBuildBenchmark {
    /** How many servers the backend has. */
    @Param({"10", "100", "1000"})
    public int servers;

    /** Weights go from 1 to this. */
    @Param({"3"})
    public int heaviest;

    /** How they are chosen. */
    @Param public Way way;

    private Backend backend = new Backend(BackendConfig.builder("unset").build());
    private final CapturedCandidates captured = new CapturedCandidates();
    private AdminState next = AdminState.MAINTENANCE;

    /** The balances. */
    public enum Way {
        /** Smooth weighted round robin: the turns of a cycle. */
        ROUND_ROBIN(Balance.roundRobin()),
        /** A ring of 160 points for each server and unit of weight. */
        RING(Balance.ring(BalanceKey.SOURCE)),
        /** A table of 65537 places. */
        MAGLEV(Balance.maglev(BalanceKey.SOURCE)),
        /** A table of 655373 places. */
        LARGE_MAGLEV(Balance.largeMaglev(BalanceKey.SOURCE));

        private final Balance balance;

        Way(Balance balance) {
            this.balance = balance;
        }
    }

    /** The servers, all usable. */
    @Setup
    public void build() {
        backend = new Backend(Contestant.config(way.balance, servers, heaviest));
        new Backend(Contestant.config(captured, servers, heaviest));
    }

    /** Takes a server out, or in again: all that happens before the next pick sees it. */
    @Benchmark
    public Pool change() {
        Server server = backend.servers().get(servers / 2);
        backend.setAdminState(server, next, 0);
        next = next == AdminState.READY ? AdminState.MAINTENANCE : AdminState.READY;
        return backend.pool();
    }

    /** The balance's part of it: its table of all servers, by itself. */
    @Benchmark
    public Selector table() {
        Candidates candidates = captured.candidates();
        return way.balance.selector(candidates);
    }
}

package io.evenkeel.benchmarks;

import com.linecorp.armeria.common.loadbalancer.LoadBalancer;
import io.evenkeel.benchmarks.RivalsBenchmark.Connection;
import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Balance;
import io.evenkeel.lb.BalanceKey;
import io.evenkeel.lb.Lease;
import io.evenkeel.lb.PickRequest;
import io.evenkeel.lb.Selector;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import io.servicetalk.loadbalancer.LoadBalancingPolicies;
import io.servicetalk.loadbalancer.LoadBalancingPolicy;
import io.servicetalk.loadbalancer.OutlierDetectorConfig;
import io.servicetalk.loadbalancer.OutlierDetectorConfigs;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A way to choose a server, Evenkeel's or another library's. Most of Evenkeel's come twice: as an application uses it, and as
 * {@code _SELECTION}, the algorithm alone, which is what the other libraries do.
 */
public enum Contestant {
    /** In turn, equal weights. */
    EVENKEEL_ROUND_ROBIN(n -> lease(Balance.roundRobin(), n, 1)),
    /** The same, no lease. */
    EVENKEEL_ROUND_ROBIN_SELECTION(n -> selection(Balance.roundRobin(), n, 1)),
    /** In turn, equal weights. */
    ARMERIA_ROUND_ROBIN(n -> armeria(LoadBalancer.ofRoundRobin(names(n)))),
    /** In turn; gRPC's has no weights. */
    GRPC_ROUND_ROBIN(n -> new GrpcRoundRobin(n)::choose),
    /** In turn, equal weights. */
    SERVICETALK_ROUND_ROBIN(
            n ->
                    serviceTalk(
                            LoadBalancingPolicies.roundRobin().build(),
                            OutlierDetectorConfigs.disabled(),
                            names(n))),

    /** In turn, weights 1 to 3. */
    EVENKEEL_WEIGHTED(n -> lease(Balance.roundRobin(), n, 3)),
    /** The same, no lease. */
    EVENKEEL_WEIGHTED_SELECTION(n -> selection(Balance.roundRobin(), n, 3)),
    /** In turn, weights 1 to 3. */
    ARMERIA_WEIGHTED(
            n -> armeria(LoadBalancer.ofWeightedRoundRobin(numbers(n), i -> weight(i, 3)))),

    /** By chance, weights 1 to 3. */
    EVENKEEL_RANDOM(n -> lease(Balance.random(), n, 3)),
    /** The same, no lease. */
    EVENKEEL_RANDOM_SELECTION(n -> selection(Balance.random(), n, 3)),
    /** By chance, weights 1 to 3. It draws without replacement until all have had their weights. */
    ARMERIA_RANDOM(n -> armeria(LoadBalancer.ofWeightedRandom(numbers(n), i -> weight(i, 3)))),

    /** The better of two by their latencies, equal weights. */
    EVENKEEL_PEAK_EWMA(n -> timedLease(Balance.peakEwma(Duration.ofSeconds(10)), n)),
    /** The better of two by the latencies of their requests, equal weights. Nobody tells it any. */
    SERVICETALK_POWER_OF_TWO(
            n ->
                    serviceTalk(
                            LoadBalancingPolicies.p2c().build(),
                            new OutlierDetectorConfig.Builder().build(),
                            names(n))),

    /** By a hash of the connection's key, consistently, equal weights. */
    EVENKEEL_MAGLEV(n -> lease(Balance.maglev(BalanceKey.SOURCE), n, 1)),
    /** The same, no lease. */
    EVENKEEL_MAGLEV_SELECTION(n -> selection(Balance.maglev(BalanceKey.SOURCE), n, 1)),
    /** By a hash of the connection's key: a jump consistent hash, equal weights. */
    ARMERIA_STICKY(n -> armeria(LoadBalancer.ofSticky(names(n), Connection::balanceKey)));

    /** What is chosen, once. */
    interface Choice {
        /** The server, as the library has it, or null if there is none. */
        @Nullable Object choose(Connection connection);
    }

    private final IntFunction<Choice> kind;

    Contestant(IntFunction<Choice> kind) {
        this.kind = kind;
    }

    /** Over so many servers. */
    Choice of(int servers) {
        return kind.apply(servers);
    }

    private static Choice lease(Balance balance, int servers, int heaviest) {
        Backend backend = new Backend(config(balance, servers, heaviest));
        return connection -> {
            backend.pick(connection, 0, connection.lease);
            connection.lease.close(0);
            return connection.lease.server();
        };
    }

    /** With a look at the clock, as ServiceTalk does it, and with some latency of each server. */
    private static Choice timedLease(Balance balance, int servers) {
        Backend backend = new Backend(config(balance, servers, 1));
        for (int i = 0; i < 10 * servers; i++) {
            try (Lease lease = new Lease()) {
                backend.pick(PickRequest.ofKey(i), System.nanoTime(), lease);
                lease.observeLatency(1_000_000L + i, System.nanoTime());
            }
        }
        return connection -> {
            long nowNanos = System.nanoTime();
            backend.pick(connection, nowNanos, connection.lease);
            connection.lease.close(nowNanos);
            return connection.lease.server();
        };
    }

    /** Every server is offered once and taken. */
    private static Choice selection(Balance balance, int servers, int heaviest) {
        CapturedCandidates captured = new CapturedCandidates();
        new Backend(config(captured, servers, heaviest));
        Selector selector = balance.selector(captured.candidates());
        List<Server> order = captured.candidates().servers();
        return connection -> order.get(selector.select(connection.balanceKey(), 0, index -> true));
    }

    private static <T> Choice armeria(LoadBalancer<T, ? super Connection> balancer) {
        return balancer::pick;
    }

    private static Choice serviceTalk(
            LoadBalancingPolicy<String, ServiceTalkBalancer.Connection> policy,
            OutlierDetectorConfig outliers,
            List<String> servers) {
        return new ServiceTalkBalancer(policy, outliers, servers)::choose;
    }

    static BackendConfig config(Balance balance, int servers, int heaviest) {
        BackendConfig.Builder config = BackendConfig.builder("bench").balance(balance);
        for (int i = 0; i < servers; i++) {
            config.server(
                    ServerConfig.builder("s" + i, "127.0.0.1", 8000)
                            .weight(weight(i, heaviest))
                            .maxConnections(1000)
                            .build());
        }
        return config.build();
    }

    private static int weight(int server, int heaviest) {
        return 1 + server % heaviest;
    }

    private static List<Integer> numbers(int servers) {
        return IntStream.range(0, servers).boxed().toList();
    }

    private static List<String> names(int servers) {
        return IntStream.range(0, servers).mapToObj(i -> "s" + i).toList();
    }
}

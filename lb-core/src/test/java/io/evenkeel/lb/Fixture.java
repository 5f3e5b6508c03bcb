package io.evenkeel.lb;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Backends for the tests, with servers named by a letter. */
final class Fixture {
    static final CheckConfig CHECK = CheckConfig.builder().build();

    private Fixture() {}

    static ServerConfig.Builder server(String name) {
        return ServerConfig.builder(name, "192.0.2.1", 80);
    }

    static Backend backend(ServerConfig.Builder... servers) {
        return new Backend(config(servers).build());
    }

    static BackendConfig.Builder config(ServerConfig.Builder... servers) {
        return BackendConfig.builder("web")
                .servers(Arrays.stream(servers).map(ServerConfig.Builder::build).toList());
    }

    /** Checked servers A, B, ... of these weights, all up. */
    static Backend up(int... weights) {
        return up(Balance.roundRobin(), weights);
    }

    /** The same, balanced so. */
    static Backend up(Balance balance, int... weights) {
        BackendConfig.Builder config = BackendConfig.builder("web").balance(balance);
        for (int i = 0; i < weights.length; i++) {
            String name = String.valueOf((char) ('A' + i));
            config.server(server(name).weight(weights[i]).check(CHECK).build());
        }
        Backend backend = new Backend(config.build());
        backend.servers().forEach(s -> set(backend, s, HealthState.UP));
        return backend;
    }

    static Server server(Backend backend, String name) {
        Server server = backend.server(name);
        if (server == null) {
            throw new AssertionError("no server " + name);
        }
        return server;
    }

    static void set(Backend backend, String name, HealthState state) {
        set(backend, server(backend, name), state);
    }

    static void set(Backend backend, Server server, HealthState state) {
        backend.apply(server, new HealthTransition(server.health(), state, "test"), 0);
    }

    static Lease pick(Backend backend, String... avoid) {
        Lease lease =
                backend.pick(
                        PickRequest.avoiding(
                                Arrays.stream(avoid).map(n -> server(backend, n)).toList()),
                        0);
        if (lease == null) {
            throw new AssertionError("no server: " + backend.refusal());
        }
        return lease;
    }

    /** The names of the servers of so many picks, each closed at once. */
    static String picks(Backend backend, int count) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < count; i++) {
            try (Lease lease = pick(backend)) {
                names.append(lease.server().name());
            }
        }
        return names.toString();
    }

    /** Servers of a thousand names and these weights, unchecked, balanced so. */
    static Backend many(Balance balance, int... weights) {
        BackendConfig.Builder config = BackendConfig.builder("web").balance(balance);
        for (int i = 0; i < weights.length; i++) {
            config.server(server("s%03d".formatted(i)).weight(weights[i]).build());
        }
        return new Backend(config.build());
    }

    /** So many servers of weight 1. */
    static Backend many(Balance balance, int count) {
        int[] weights = new int[count];
        Arrays.fill(weights, 1);
        return many(balance, weights);
    }

    /** What a selector is made from. */
    static Candidates candidates(Backend backend) {
        List<Server> servers = backend.servers();
        int[] weights = servers.stream().mapToInt(s -> s.config().weight()).toArray();
        int[] previous = new int[weights.length];
        Arrays.fill(previous, -1);
        return new Candidates(
                servers, weights, WeightScale.of(weights), 7, new BackendLoad(), null, previous);
    }

    static Lease pick(Backend backend, long key) {
        Lease lease = backend.pick(PickRequest.ofKey(key), 0);
        if (lease == null) {
            throw new AssertionError("no server: " + backend.refusal());
        }
        return lease;
    }

    /** The server of a key. */
    static String home(Backend backend, long key) {
        try (Lease lease = pick(backend, key)) {
            return lease.server().name();
        }
    }

    static HealthCheck check(CheckConfig config) {
        return new HealthCheck(config, new Random(1));
    }
}

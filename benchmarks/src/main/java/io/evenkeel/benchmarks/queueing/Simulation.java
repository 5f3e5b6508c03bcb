package io.evenkeel.benchmarks.queueing;

import io.evenkeel.lb.Backend;
import io.evenkeel.lb.BackendConfig;
import io.evenkeel.lb.Lease;
import io.evenkeel.lb.PickRequest;
import io.evenkeel.lb.Server;
import io.evenkeel.lb.ServerConfig;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/** One run of a site with a policy, in virtual time. The same seed gives the same run. */
final class Simulation {
    private final Site site;
    private final Backend backend;
    private final Random random;
    private final List<Server> servers;
    private final List<Queue<Request>> waiting;
    private final int[] busy;
    private final PriorityQueue<Request> ends =
            new PriorityQueue<>(Comparator.comparingLong(request -> request.endNanos));
    private final long[] latencies;
    private int ended;
    private int slowPicks;

    private static final class Request {
        private final Lease lease;
        private final int server;
        private final long startNanos;
        private long endNanos;

        Request(Lease lease, int server, long startNanos) {
            this.lease = lease;
            this.server = server;
            this.startNanos = startNanos;
        }
    }

    Simulation(Site site, Policy policy, int requests, long seed) {
        this.site = site;
        random = new Random(seed);
        BackendConfig.Builder config = BackendConfig.builder("queueing").balance(policy.balance());
        for (int i = 0; i < site.servers(); i++) {
            config.server(ServerConfig.builder("s" + i, "192.0.2.1", 80).build());
        }
        backend = new Backend(config.build());
        servers = backend.servers();
        waiting = servers.stream().<Queue<Request>>map(server -> new ArrayDeque<>()).toList();
        busy = new int[servers.size()];
        latencies = new long[requests];
    }

    /** The time of each request from its arrival to its end, ascending. */
    long[] run() {
        long now = 0;
        for (int i = 0; i < latencies.length; i++) {
            now += exponential(1 / site.rate());
            while (!ends.isEmpty() && ends.peek().endNanos <= now) {
                end(ends.remove());
            }
            arrive(now);
        }
        while (!ends.isEmpty()) {
            end(ends.remove());
        }
        Arrays.sort(latencies);
        return latencies;
    }

    /** The part of the requests that went to the first server. */
    double slowShare() {
        return (double) slowPicks / latencies.length;
    }

    private void arrive(long now) {
        Lease lease = Objects.requireNonNull(backend.pick(PickRequest.ofKey(0), now));
        int server = servers.indexOf(lease.server());
        slowPicks += server == 0 ? 1 : 0;
        Request request = new Request(lease, server, now);
        if (busy[server] < site.slots()) {
            serve(request, now);
        } else {
            waiting.get(server).add(request);
        }
    }

    private void serve(Request request, long now) {
        busy[request.server]++;
        request.endNanos = now + exponential(site.meanNanos(request.server));
        ends.add(request);
    }

    private void end(Request request) {
        long latency = request.endNanos - request.startNanos;
        latencies[ended++] = latency;
        request.lease.observeLatency(latency, request.endNanos);
        request.lease.close();
        busy[request.server]--;
        Request next = waiting.get(request.server).poll();
        if (next != null) {
            serve(next, request.endNanos);
        }
    }

    private long exponential(double mean) {
        return (long) (-mean * Math.log(1 - random.nextDouble()));
    }
}

package io.evenkeel.lb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;

/**
 * Ten servers that each answer four requests at a time, 10 ms on average and one of them ten times as long; requests arrive by chance,
 * 60 % of what they can answer. In virtual time, by a seed.
 */
final class QueueSimulation {
    private static final int SERVERS = 10;
    private static final int SLOTS = 4;
    private static final double MEAN_NANOS = 10e6;
    private static final int SLOWER = 10;
    private static final double LOAD = 0.6;

    private final Backend backend;
    private final Random random;
    private final Server slow;
    private final Map<Server, Queue<Request>> waiting = new HashMap<>();
    private final Map<Server, Integer> busy = new HashMap<>();
    private final PriorityQueue<Request> ends =
            new PriorityQueue<>(Comparator.comparingLong(request -> request.endNanos));
    private final List<Long> latencies = new ArrayList<>();
    private int slowPicks;
    private int picks;

    private static final class Request {
        final Lease lease;
        final long startNanos;
        long endNanos;

        Request(Lease lease, long startNanos) {
            this.lease = lease;
            this.startNanos = startNanos;
        }
    }

    QueueSimulation(Balance balance, long seed) {
        backend = Fixture.many(balance, SERVERS);
        random = new Random(seed);
        slow = backend.servers().get(0);
        backend.servers()
                .forEach(
                        server -> {
                            waiting.put(server, new ArrayDeque<>());
                            busy.put(server, 0);
                        });
    }

    void run(long nanos) {
        double perNano = LOAD * SLOTS * (SERVERS - 1 + 1.0 / SLOWER) / MEAN_NANOS;
        long now = 0;
        while (now < nanos) {
            now += (long) exponential(1 / perNano);
            while (!ends.isEmpty() && ends.peek().endNanos <= now) {
                end(ends.remove());
            }
            arrive(now);
        }
        while (!ends.isEmpty()) {
            end(ends.remove());
        }
    }

    private void arrive(long now) {
        Lease lease = backend.pick(0, now, List.of());
        if (lease == null) {
            throw new AssertionError("no server");
        }
        Server server = lease.server();
        picks++;
        slowPicks += server == slow ? 1 : 0;
        Request request = new Request(lease, now);
        if (busy.get(server) < SLOTS) {
            serve(server, request, now);
        } else {
            waiting.get(server).add(request);
        }
    }

    private void serve(Server server, Request request, long now) {
        busy.merge(server, 1, Integer::sum);
        double mean = server == slow ? SLOWER * MEAN_NANOS : MEAN_NANOS;
        request.endNanos = now + (long) exponential(mean);
        ends.add(request);
    }

    private void end(Request request) {
        Server server = request.lease.server();
        long latency = request.endNanos - request.startNanos;
        latencies.add(latency);
        request.lease.observeLatency(latency, request.endNanos);
        request.lease.close();
        busy.merge(server, -1, Integer::sum);
        Request next = waiting.get(server).poll();
        if (next != null) {
            serve(server, next, request.endNanos);
        }
    }

    private double exponential(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    double slowShare() {
        return (double) slowPicks / picks;
    }

    double percentileMillis(double percent) {
        List<Long> sorted = latencies.stream().sorted().toList();
        int index = (int) Math.ceil(percent / 100 * sorted.size()) - 1;
        return sorted.get(index) / 1e6;
    }
}

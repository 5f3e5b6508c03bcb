package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * By how much the memory of a proxy grows with sessions that each had a request answered and are idle. The process is started for it,
 * and has answered requests before the first look, on 64 kept connections and on new ones, all of which are closed by then: what is
 * loaded, compiled and allocated once is no session's. Before either look it is left alone until it uses no more CPU, and a JVM collects
 * its heap.
 *
 * <p>{@link Row#SESSION_BYTES} is anonymous memory that is resident, {@link Row#SESSION_BYTES_LIVE} the same with the objects of a JVM's
 * heap that live in the place of the pages that the heap has.
 */
record IdleSessions(Arena arena, int sessions) implements Measurement {
    private static final int WARM_UP_CONNECTIONS = 64;
    private static final int WARM_UP_SECONDS = 2;
    private static final Duration REST = Duration.ofSeconds(1);
    private static final double QUIET_CPU_SECONDS = 0.03;
    private static final int LONGEST_REST = 20;

    @Override
    public String key() {
        return "sessions";
    }

    @Override
    public boolean warmsUp() {
        return false;
    }

    @Override
    public Map<Row, Double> measure(Proxy running) throws IOException {
        List<Socket> clients = new ArrayList<>();
        try (Proxy proxy = arena.startAlone(running.contestant())) {
            String url = proxy.frontends().url("/");
            Wrk.run(url, WARM_UP_CONNECTIONS, WARM_UP_SECONDS);
            Wrk.run(url, WARM_UP_CONNECTIONS, WARM_UP_SECONDS, "-H", "Connection: close");
            Memory before = look(proxy);
            for (int i = 0; i < sessions; i++) {
                clients.add(HttpRequest.sendTo(proxy.frontends().web()));
            }
            Memory after = look(proxy);
            Map<Row, Double> found = new EnumMap<>(Row.class);
            found.put(Row.SESSION_BYTES, perSession(before.resident(), after.resident()));
            found.put(Row.SESSION_BYTES_LIVE, perSession(before.live(), after.live()));
            return found;
        } finally {
            for (Socket client : clients) {
                client.close();
            }
        }
    }

    private static Memory look(Proxy proxy) {
        double before;
        int rests = 0;
        do {
            before = proxy.cpuSeconds();
            LockSupport.parkNanos(REST.toNanos());
            rests++;
        } while (proxy.cpuSeconds() - before > QUIET_CPU_SECONDS && rests < LONGEST_REST);
        return Memory.of(proxy.child().pids());
    }

    private double perSession(long before, long after) {
        return (after - before) / (double) sessions;
    }
}

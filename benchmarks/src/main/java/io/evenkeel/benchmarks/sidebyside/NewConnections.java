package io.evenkeel.benchmarks.sidebyside;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * As many requests as possible, each on a connection of its own, 64 at once. Each leaves a socket in TIME_WAIT for a minute, and the
 * kernel keeps a limited number of them: before there are too many they are waited for.
 */
record NewConnections(int seconds) implements Measurement {
    private static final int AT_ONCE = 64;
    private static final double MOST_OF_THE_LIMIT = 0.7;
    private static final Duration TIME_WAIT = Duration.ofSeconds(65);
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final Pattern WAITING = Pattern.compile("(?m)^TCP: .* tw (\\d+) ");

    @Override
    public String key() {
        return Row.CONNECTIONS.key();
    }

    @Override
    public Map<Row, Double> measure(Proxy proxy) throws IOException {
        awaitRoom();
        Wrk wrk = Wrk.run(proxy.frontends().url("/"), AT_ONCE, seconds, "-H", "Connection: close");
        return Map.of(Row.CONNECTIONS, wrk.perSecond());
    }

    private static void awaitRoom() throws IOException {
        double limit =
                MOST_OF_THE_LIMIT
                        // By lines, in one read: the kernel gives nothing to a second one.
                        * Long.parseLong(
                                Files.readAllLines(Path.of("/proc/sys/net/ipv4/tcp_max_tw_buckets"))
                                        .get(0));
        long deadline = System.nanoTime() + TIME_WAIT.toNanos();
        while (inTimeWait() > limit && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private static long inTimeWait() throws IOException {
        Matcher sockets = WAITING.matcher(Files.readString(Path.of("/proc/net/sockstat")));
        return sockets.find() ? Long.parseLong(sockets.group(1)) : 0;
    }
}

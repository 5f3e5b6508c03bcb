package io.evenkeel.benchmarks.crowd;

import io.evenkeel.benchmarks.sidebyside.OpenLoop;
import io.evenkeel.benchmarks.sidebyside.SideBySideException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Sends requests at a fixed rate that leaves the machine time to spare, so that what is measured is how long they take and not who gets the
 * processors: {@code GoodClients HOST PORT PER_SECOND SECONDS}.
 */
public final class GoodClients {
    private static final int CONNECTIONS = 16;
    private static final Duration LEAD = Duration.ofSeconds(3);
    private static final double NANOS_PER_MICRO = 1e3;

    private GoodClients() {}

    public static void main(String[] arguments) {
        InetSocketAddress target =
                new InetSocketAddress(arguments[0], Integer.parseInt(arguments[1]));
        double perSecond = Double.parseDouble(arguments[2]);
        Duration time = Duration.ofSeconds(Long.parseLong(arguments[3]));
        Histogram nanos;
        try {
            nanos = OpenLoop.run(List.of(target), CONNECTIONS, perSecond, LEAD, time);
        } catch (SideBySideException e) {
            // That is what the good clients noticed.
            System.out.println("no figure: " + e.getMessage());
            return;
        }
        System.out.printf(
                Locale.ROOT,
                "%6.0f requests/s   p50 %6.0f µs   p99 %6.0f µs%n",
                perSecond,
                nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
                nanos.getValueAtPercentile(99) / NANOS_PER_MICRO);
    }
}

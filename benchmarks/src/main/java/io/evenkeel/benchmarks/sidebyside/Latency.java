package io.evenkeel.benchmarks.sidebyside;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long answers take at half load, by {@link OpenLoop}; and without a proxy, which is what this client and the servers take. */
record Latency(HalfLoad load, List<InetSocketAddress> backends, int seconds)
        implements Measurement {
    private static final int CONNECTIONS = 64;
    private static final Duration LEAD = Duration.ofSeconds(1);
    private static final double NANOS_PER_MICRO = 1e3;

    @Override
    public String key() {
        return "latency";
    }

    @Override
    public Map<Row, Double> measure(Proxy proxy) {
        double before = proxy.cpuSeconds();
        Map<Row, Double> found = at(List.of(proxy.frontends().web()));
        if (proxy.cpuSeconds() <= before) {
            throw new SideBySideException(proxy.name() + " did nothing for these requests.");
        }
        return found;
    }

    @Override
    public Map<Row, Double> direct() {
        return at(backends);
    }

    private Map<Row, Double> at(List<InetSocketAddress> targets) {
        Histogram nanos =
                OpenLoop.run(
                        targets, CONNECTIONS, load.perSecond(), LEAD, Duration.ofSeconds(seconds));
        return Map.of(
                Row.LATENCY_P50, nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
                Row.LATENCY_P90, nanos.getValueAtPercentile(90) / NANOS_PER_MICRO,
                Row.LATENCY_P99, nanos.getValueAtPercentile(99) / NANOS_PER_MICRO,
                Row.LATENCY_P99_9, nanos.getValueAtPercentile(99.9) / NANOS_PER_MICRO,
                Row.LATENCY_P99_99, nanos.getValueAtPercentile(99.99) / NANOS_PER_MICRO);
    }
}

package io.evenkeel.benchmarks.sidebyside;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How long answers take while two clients download as fast as they can: whether who moves much leaves others their turn. */
record BesideBulk(int seconds) implements Measurement {
    private static final int DOWNLOADS = 2;
    private static final int CONNECTIONS = 16;
    private static final int PER_SECOND = 2000;
    private static final Duration LEAD = Duration.ofSeconds(1);
    private static final double NANOS_PER_MICRO = 1e3;
    private static final double MEBIBYTE = 1 << 20;

    @Override
    public String key() {
        return "beside-bulk";
    }

    @Override
    public Map<Row, Double> measure(Proxy proxy) {
        try (Downloads downloads = new Downloads(proxy.frontends().web(), DOWNLOADS)) {
            Histogram nanos =
                    OpenLoop.run(
                            List.of(proxy.frontends().web()),
                            CONNECTIONS,
                            PER_SECOND,
                            LEAD,
                            Duration.ofSeconds(seconds));
            return Map.of(
                    Row.BESIDE_BULK_P50, nanos.getValueAtPercentile(50) / NANOS_PER_MICRO,
                    Row.BESIDE_BULK_P99, nanos.getValueAtPercentile(99) / NANOS_PER_MICRO,
                    Row.BESIDE_BULK_RATE, downloads.bytesPerSecond() / MEBIBYTE);
        }
    }
}

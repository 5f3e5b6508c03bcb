package io.evenkeel.benchmarks.sidebyside;

import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A quantity of the result. */
enum Row {
    KEPT_ALIVE_1("kept-alive-1", "requests/s, 1 connection kept alive", Better.MORE, null),
    KEPT_ALIVE_64(
            "kept-alive-64",
            "requests/s, 64 connections kept alive",
            Better.MORE,
            Target.ratio(1.2)),
    KEPT_ALIVE_512("kept-alive-512", "requests/s, 512 connections kept alive", Better.MORE, null),
    CONNECTIONS("connections", "new connections/s", Better.MORE, Target.ratio(1)),
    BULK_DOWN("bulk-down", "1 GiB down, MiB/s", Better.MORE, Target.ratio(1.5)),
    BULK_UP("bulk-up", "1 GiB up, MiB/s", Better.MORE, Target.ratio(1.5)),
    LATENCY_P50("latency-p50", "p50 at half load, µs", Better.LESS, null),
    LATENCY_P90("latency-p90", "p90 at half load, µs", Better.LESS, null),
    LATENCY_P99("latency-p99", "p99 at half load, µs", Better.LESS, Target.ratio(1)),
    LATENCY_P99_9("latency-p99.9", "p99.9 at half load, µs", Better.LESS, null),
    LATENCY_P99_99("latency-p99.99", "p99.99 at half load, µs", Better.LESS, null),
    BESIDE_BULK_P50("beside-bulk-p50", "p50 beside two downloads, µs", Better.LESS, null),
    BESIDE_BULK_P99("beside-bulk-p99", "p99 beside two downloads, µs", Better.LESS, null),
    BESIDE_BULK_RATE("beside-bulk-rate", "those two downloads together, MiB/s", Better.MORE, null),
    CPU_REQUESTS("cpu-requests", "CPU seconds per million requests", Better.LESS, Target.ratio(1)),
    CPU_DOWN("cpu-down", "CPU seconds per GiB down", Better.LESS, null),
    CPU_UP("cpu-up", "CPU seconds per GiB up", Better.LESS, null),
    SESSION_BYTES("session-bytes", "bytes per idle session", Better.LESS, Target.ratio(1)),
    SESSION_BYTES_LIVE("session-bytes-live", "bytes in use per idle session", Better.LESS, null),
    START("start", "start to first request, s", Better.LESS, Target.value(1));

    private enum Better {
        MORE,
        LESS
    }

    private final String key;
    private final String title;
    private final Better better;
    private final @Nullable Target target;

    Row(String key, String title, Better better, @Nullable Target target) {
        this.key = key;
        this.title = title;
        this.better = better;
        this.target = target;
    }

    /** Its name in files. */
    String key() {
        return key;
    }

    /** For people, with the unit. */
    String title() {
        return title;
    }

    boolean isMoreBetter() {
        return better == Better.MORE;
    }

    /** What Evenkeel is to reach; null where the row is there to be known. */
    @Nullable Target target() {
        return target;
    }

    /** Whether what is measured is a gibibyte on its way, where HAProxy with {@code splice-auto} is what to compare with. */
    boolean isBulk() {
        return this == BULK_DOWN || this == BULK_UP || this == CPU_DOWN || this == CPU_UP;
    }

    /** A value with as many digits as mean something. */
    static String format(double value) {
        if (Double.isNaN(value)) {
            return "-";
        }
        String pattern = Math.abs(value) >= 100 ? "%,.0f" : Math.abs(value) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, value);
    }

    static Row of(String key) {
        return Stream.of(values())
                .filter(row -> row.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new SideBySideException("There is no row " + key + "."));
    }
}

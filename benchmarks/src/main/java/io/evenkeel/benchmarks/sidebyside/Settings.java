package io.evenkeel.benchmarks.sidebyside;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How to measure.
 *
 * @param rounds that count, after one that does not
 * @param seconds that each row of requests lasts
 * @param rate requests per second of the latency rows; null for half of the reference's most
 * @param sessions that idle
 * @param only names of measurements or of their groups; empty for all
 * @param output where the figures go
 */
record Settings(
        int rounds,
        int seconds,
        @Nullable Double rate,
        int sessions,
        List<String> only,
        Path output) {}

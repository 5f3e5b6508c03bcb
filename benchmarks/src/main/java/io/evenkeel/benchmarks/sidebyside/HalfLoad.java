package io.evenkeel.benchmarks.sidebyside;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Half of the requests per second that the reference answers on 64 kept-alive connections: as it was measured in the first round, or
 * here where that row is left out. It stays the same for the rest of the run.
 */
final class HalfLoad {
    private static final int FIRST_ROUND = 1;
    private static final int CONNECTIONS = 64;

    private final Results results;
    private final Arena arena;
    private final int seconds;
    private @Nullable Double fixed;
    private @Nullable Double estimate;

    /** @param fixed what it is, or null if it is to be found */
    HalfLoad(Results results, Arena arena, int seconds, @Nullable Double fixed) {
        this.results = results;
        this.arena = arena;
        this.seconds = seconds;
        this.fixed = fixed;
    }

    double perSecond() {
        if (fixed == null) {
            Double most =
                    results.values(results.reference(Row.LATENCY_P50), Row.KEPT_ALIVE_64)
                            .get(FIRST_ROUND);
            if (most == null) {
                // The warm-up, in which nothing is kept, or a run without that row.
                return estimate();
            }
            fixed = most / 2;
        }
        return noted(fixed);
    }

    private double estimate() {
        if (estimate == null) {
            String reference = results.reference(Row.LATENCY_P50);
            Proxy proxy =
                    arena.proxies().stream()
                            .filter(p -> p.name().equals(reference))
                            .findFirst()
                            .orElseThrow();
            estimate = Wrk.run(proxy.frontends().url("/"), CONNECTIONS, seconds).perSecond() / 2;
        }
        return noted(estimate);
    }

    private double noted(double perSecond) {
        results.note(
                "requests per second at half load", String.format(Locale.ROOT, "%.0f", perSecond));
        return perSecond;
    }
}

package io.evenkeel.benchmarks.queueing;

import io.evenkeel.benchmarks.render.Svg;
import java.util.Map;

/** Latencies by percentile as an SVG: both axes logarithmic, since the tail is what differs. */
final class Plot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 440;
    private static final int LEFT = 70;
    private static final int RIGHT = 170;
    private static final int TOP = 50;
    private static final int BOTTOM = 60;
    private static final double LEAST_MILLIS = 1;
    private static final double MOST_MILLIS = 10_000;
    private static final double[] PERCENTILES = {0, 90, 99, 99.9, 99.99};
    private static final int STEPS = 200;

    private final Svg svg = new Svg(WIDTH, HEIGHT, 13);

    private Plot() {}

    static String of(String title, Map<Policy, long[]> latencies) {
        Plot plot = new Plot();
        plot.frame(title);
        latencies.forEach(plot::curve);
        plot.names(latencies);
        return plot.svg.toString();
    }

    private void frame(String title) {
        svg.title(LEFT, 26, title);
        for (double percentile : PERCENTILES) {
            double x = x(percentile);
            svg.line(x, TOP, x, HEIGHT - BOTTOM, Svg.GRID);
            String label = percentile == 0 ? "0" : "p" + ("" + percentile).replaceAll("\\.0$", "");
            svg.text(x, HEIGHT - BOTTOM + 20, "middle", Svg.DARK, label);
        }
        for (double millis = LEAST_MILLIS; millis <= MOST_MILLIS; millis *= 10) {
            double y = y(millis);
            svg.line(LEFT, y, WIDTH - RIGHT, y, Svg.GRID);
            svg.text(
                    LEFT - 8,
                    y + 4,
                    "end",
                    Svg.DARK,
                    millis < 1_000
                            ? "%.0f ms".formatted(millis)
                            : "%.0f s".formatted(millis / 1_000));
        }
        svg.text(
                (LEFT + WIDTH - RIGHT) / 2.0,
                HEIGHT - 16,
                "middle",
                Svg.DARK,
                "part of the requests that take at most so long");
    }

    private void curve(Policy policy, long[] latencies) {
        Svg.Curve curve = svg.curve(policy.colour(), 2);
        for (int step = 0; step <= STEPS; step++) {
            double percentile = 100 * (1 - Math.pow(10, -4.0 * step / STEPS));
            curve.to(x(percentile), y(Percentile.of(latencies, percentile) / 1e6));
        }
        curve.end();
    }

    /** At the ends of the curves, moved apart where these meet. */
    private void names(Map<Policy, long[]> latencies) {
        double[] last = {Double.NEGATIVE_INFINITY};
        latencies.entrySet().stream()
                .sorted((a, b) -> Double.compare(end(a.getValue()), end(b.getValue())))
                .forEach(
                        entry -> {
                            double y = Math.max(end(entry.getValue()), last[0] + 16);
                            last[0] = y;
                            svg.text(
                                    WIDTH - RIGHT + 8,
                                    y + 4,
                                    "start",
                                    entry.getKey().colour(),
                                    entry.getKey().toString());
                        });
    }

    private static double end(long[] latencies) {
        return y(Percentile.of(latencies, 99.99) / 1e6);
    }

    private static double x(double percentile) {
        double nines = -Math.log10(1 - Math.min(percentile, 99.99) / 100);
        return LEFT + nines / 4 * (WIDTH - LEFT - RIGHT);
    }

    private static double y(double millis) {
        double bounded = Math.max(LEAST_MILLIS, Math.min(millis, MOST_MILLIS));
        double part = Math.log10(bounded / LEAST_MILLIS) / Math.log10(MOST_MILLIS / LEAST_MILLIS);
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
    }
}

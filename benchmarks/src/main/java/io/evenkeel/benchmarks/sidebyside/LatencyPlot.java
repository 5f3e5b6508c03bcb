package io.evenkeel.benchmarks.sidebyside;

import io.evenkeel.benchmarks.render.Svg;
import java.util.List;
import java.util.stream.Stream;

/** Latencies by percentile, medians of the rounds, on a logarithmic axis, since the tail is what differs. */
final class LatencyPlot {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 80;
    private static final int RIGHT = 150;
    private static final int TOP = 50;
    private static final int BOTTOM = 50;
    private static final int LINE_HEIGHT = 16;
    private static final List<Row> ROWS =
            List.of(
                    Row.LATENCY_P50,
                    Row.LATENCY_P90,
                    Row.LATENCY_P99,
                    Row.LATENCY_P99_9,
                    Row.LATENCY_P99_99);

    private final Results results;
    private final double least;
    private final double most;
    private final Svg svg = new Svg(WIDTH, HEIGHT, 13);

    private LatencyPlot(Results results) {
        this.results = results;
        double[] micros =
                names(results)
                        .flatMap(name -> ROWS.stream().map(row -> median(name, row)))
                        .mapToDouble(Double::doubleValue)
                        .sorted()
                        .toArray();
        least = Math.pow(10, Math.floor(Math.log10(micros[0])));
        most = Math.pow(10, Math.ceil(Math.log10(micros[micros.length - 1] * 1.01)));
    }

    static String of(Results results) {
        LatencyPlot plot = new LatencyPlot(results);
        plot.frame();
        plot.curves();
        return plot.svg.toString();
    }

    private static Stream<String> names(Results results) {
        return Stream.concat(Stream.of(Figure.DIRECT), results.contestants().stream())
                .filter(name -> !results.values(name, Row.LATENCY_P50).isEmpty());
    }

    private double median(String name, Row row) {
        return Spread.of(results.values(name, row).values()).median();
    }

    private void frame() {
        String rate = results.circumstances().get("requests per second at half load");
        svg.title(
                LEFT,
                26,
                "Time to the answer at half load"
                        + (rate == null ? "" : ", %s requests/s".formatted(rate)));
        for (Row row : ROWS) {
            double x = x(row);
            svg.line(x, TOP, x, HEIGHT - BOTTOM, Svg.GRID);
            String label = row.key().substring(row.key().indexOf('-') + 1);
            svg.text(x, HEIGHT - BOTTOM + 20, "middle", Svg.DARK, label);
        }
        for (double micros = least; micros <= most * 1.001; micros *= 10) {
            svg.line(LEFT, y(micros), WIDTH - RIGHT, y(micros), Svg.GRID);
            svg.text(
                    LEFT - 8,
                    y(micros) + 4,
                    "end",
                    Svg.DARK,
                    micros < 1000
                            ? "%.0f µs".formatted(micros)
                            : "%.0f ms".formatted(micros / 1000));
        }
    }

    /** With their names at their ends, moved apart where these meet. */
    private void curves() {
        Row last = ROWS.get(ROWS.size() - 1);
        double[] free = {Double.NEGATIVE_INFINITY};
        names(results)
                .sorted((a, b) -> Double.compare(median(b, last), median(a, last)))
                .forEach(
                        name -> {
                            String colour = Colours.of(results, name);
                            Svg.Curve curve = svg.curve(colour, 2);
                            ROWS.forEach(row -> curve.to(x(row), y(median(name, row))));
                            curve.end();
                            double y = Math.max(y(median(name, last)) + 4, free[0]);
                            free[0] = y + LINE_HEIGHT;
                            svg.text(WIDTH - RIGHT + 8, y, "start", colour, name);
                        });
    }

    private static double x(Row row) {
        double step = (WIDTH - LEFT - RIGHT) / (ROWS.size() - 1.0);
        return LEFT + ROWS.indexOf(row) * step;
    }

    private double y(double micros) {
        double part = Math.log10(micros / least) / Math.log10(most / least);
        return HEIGHT - BOTTOM - part * (HEIGHT - TOP - BOTTOM);
    }
}

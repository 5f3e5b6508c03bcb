package io.evenkeel.benchmarks.render;

import java.util.List;
import java.util.Map;

/** Times of operations side by side: a line for each, a dot for its time and a bar for the error. */
final class DotPlot {
    private static final int WIDTH = 760;
    private static final int LEFT = 210;
    private static final int RIGHT = 40;
    private static final int TOP = 64;
    private static final int ROW = 24;
    private static final int BOTTOM = 56;
    private static final String[] COLOURS = {"#1f5f3f", "#c8641e", "#3b6fb6"};

    /** More than this from the least to the most, and the axis is logarithmic. */
    private static final double WIDE = 20;

    private final double least;
    private final double most;
    private final boolean logarithmic;
    private final List<String> rows;
    private final Svg svg;

    /**
     * A dot.
     *
     * @param error to each side; NaN if that is not known
     */
    record Point(String row, double nanos, double error) {}

    private DotPlot(List<String> rows, List<Point> points) {
        this.rows = rows;
        double low = points.stream().mapToDouble(Point::nanos).min().orElse(1);
        double high = points.stream().mapToDouble(Point::nanos).max().orElse(1);
        logarithmic = high / low > WIDE;
        least = logarithmic ? Math.pow(10, Math.floor(Math.log10(low))) : 0;
        most = logarithmic ? Math.pow(10, Math.ceil(Math.log10(high * 1.01))) : roundUp(high);
        svg = new Svg(WIDTH, TOP + ROW * rows.size() + BOTTOM, 13);
    }

    /**
     * Draws it.
     *
     * @param series by name, in the order of the legend; at most three
     */
    static String of(String title, List<String> rows, Map<String, List<Point>> series) {
        DotPlot plot = new DotPlot(rows, series.values().stream().flatMap(List::stream).toList());
        plot.svg.title(16, 24, title);
        plot.axis();
        int number = 0;
        double x = LEFT;
        for (Map.Entry<String, List<Point>> entry : series.entrySet()) {
            String colour = COLOURS[number % COLOURS.length];
            if (series.size() > 1) {
                plot.svg.dot(x, 43, 4.5, colour);
                plot.svg.text(x + 10, 48, "start", colour, entry.getKey());
                x += 40 + 7.0 * entry.getKey().length();
            }
            double shift = 7.0 * (number - (series.size() - 1) / 2.0);
            entry.getValue().forEach(point -> plot.point(point, shift, colour));
            number++;
        }
        return plot.svg.toString();
    }

    private void axis() {
        int bottom = TOP + ROW * rows.size();
        if (logarithmic) {
            for (double nanos = least; nanos <= most * 1.001; nanos *= 10) {
                tick(nanos, bottom);
            }
        } else {
            for (int part = 0; part <= 5; part++) {
                tick(most * part / 5, bottom);
            }
        }
        svg.text(
                (LEFT + WIDTH - RIGHT) / 2.0,
                bottom + 44,
                "middle",
                Svg.DARK,
                "time of an operation" + (logarithmic ? ", logarithmic" : ""));
        for (int i = 0; i < rows.size(); i++) {
            svg.text(LEFT - 10, y(i) + 4.5, "end", Svg.DARK, rows.get(i));
            svg.line(LEFT, y(i), WIDTH - RIGHT, y(i), Svg.GRID);
        }
    }

    private void tick(double nanos, int bottom) {
        svg.line(x(nanos), TOP, x(nanos), bottom, Svg.GRID);
        svg.text(x(nanos), bottom + 20, "middle", Svg.DARK, label(nanos));
    }

    private static String label(double nanos) {
        return nanos == 0 ? "0" : Figures.time(nanos, Double.NaN).replace(".0 ", " ");
    }

    private void point(Point point, double shift, String colour) {
        double y = y(rows.indexOf(point.row())) + shift;
        if (!Double.isNaN(point.error())) {
            double from = x(Math.max(point.nanos() - point.error(), least));
            svg.line(from, y, x(Math.min(point.nanos() + point.error(), most)), y, colour);
        }
        svg.dot(x(point.nanos()), y, 4.5, colour);
    }

    private double x(double nanos) {
        double part =
                logarithmic ? Math.log10(nanos / least) / Math.log10(most / least) : nanos / most;
        return LEFT + part * (WIDTH - LEFT - RIGHT);
    }

    private static double y(int row) {
        return TOP + ROW * (row + 0.5);
    }

    /** The next of 1, 1.5, 2, 2.5, 3, 4, 5 and 7.5 times a power of ten. */
    private static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(value)));
        for (double step : new double[] {1, 1.5, 2, 2.5, 3, 4, 5, 7.5}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }
}

package io.evenkeel.benchmarks.sidebyside;

import io.evenkeel.benchmarks.render.Svg;
import java.util.List;
import java.util.stream.Stream;

/**
 * How many times as good as the reference the others are, as bars from the line at 1 on a logarithmic axis: to the right is better also
 * where less is better. A thin line goes from the worst round to the best.
 */
final class RatioPlot {
    private static final int WIDTH = 860;
    private static final int LEFT = 290;
    private static final int RIGHT = 30;
    private static final int TOP = 70;
    private static final int BOTTOM = 50;
    private static final int BAR = 9;
    private static final int GAP = 12;

    /** What is further out is cut off. */
    private static final double WIDEST = 10;

    /** A JVM starts so much later than a native program that the rest would shrink to nothing beside it. */
    private static final List<Row> LEFT_OUT =
            List.of(Row.START, Row.LATENCY_P90, Row.LATENCY_P99_99);

    private final Results results;
    private final List<String> names;
    private final List<Row> rows;
    private final double widest;
    private final Svg svg;

    private RatioPlot(Results results) {
        this.results = results;
        rows = rows(results);
        names = names(results);
        double extreme =
                rows.stream()
                        .flatMap(row -> goodnesses(results, row).stream())
                        .flatMap(s -> Stream.of(s.lowest(), s.highest()))
                        .mapToDouble(ratio -> Math.max(ratio, 1 / ratio))
                        .max()
                        .orElse(1);
        widest = Math.max(1.25, Math.min(extreme, WIDEST));
        svg = new Svg(WIDTH, TOP + rows.size() * rowHeight() + BOTTOM, 13);
    }

    static String of(Results results) {
        RatioPlot plot = new RatioPlot(results);
        plot.draw();
        return plot.svg.toString();
    }

    /** Those that have anything to draw. */
    static List<Row> rows(Results results) {
        return Stream.of(Row.values())
                .filter(row -> !LEFT_OUT.contains(row))
                .filter(row -> !goodnesses(results, row).isEmpty())
                .toList();
    }

    private static List<String> names(Results results) {
        return results.contestants().stream()
                .filter(
                        name ->
                                Stream.of(Row.values())
                                        .anyMatch(row -> !goodness(results, name, row).isEmpty()))
                .toList();
    }

    private static List<Spread> goodnesses(Results results, Row row) {
        return results.contestants().stream()
                .map(name -> goodness(results, name, row))
                .filter(spread -> !spread.isEmpty())
                .toList();
    }

    private static Spread goodness(Results results, String name, Row row) {
        Spread ratios = Comparison.of(results, name, row).ratios();
        return row.isMoreBetter() ? ratios : ratios.inverse();
    }

    private int rowHeight() {
        return names.size() * BAR + GAP;
    }

    private void draw() {
        svg.title(16, 24, "How many times as good as " + references());
        legend();
        int bottom = TOP + rows.size() * rowHeight();
        for (double tick : new double[] {0.1, 0.2, 0.5, 0.8, 1, 1.25, 2, 5, 10}) {
            boolean fits = Math.max(tick, 1 / tick) <= widest * 1.02;
            boolean fine = Math.abs(Math.log(tick)) < Math.log(2) - 1e-9 && tick != 1;
            if (fits && !(fine && widest > 3)) {
                svg.line(x(tick), TOP - 4, x(tick), bottom, tick == 1 ? Svg.DARK : Svg.GRID);
                svg.text(x(tick), bottom + 18, "middle", Svg.DARK, plain(tick));
            }
        }
        svg.text(x(1), bottom + 38, "middle", Svg.DARK, "← worse · better →");
        for (int i = 0; i < rows.size(); i++) {
            bars(rows.get(i), TOP + i * rowHeight());
        }
    }

    private String references() {
        String usual = results.reference(Row.KEPT_ALIVE_64);
        String bulk = results.reference(Row.BULK_DOWN);
        return usual.equals(bulk) ? usual : "%s (%s for 1 GiB)".formatted(usual, bulk);
    }

    private void legend() {
        double x = LEFT;
        for (String name : names) {
            String colour = Colours.of(results, name);
            svg.add(
                    "<rect x=\"%.1f\" y=\"40\" width=\"12\" height=\"%d\" fill=\"%s\"/>",
                    x, BAR, colour);
            svg.text(x + 18, 49, "start", colour, name);
            x += 44 + 7.0 * name.length();
        }
    }

    private void bars(Row row, int top) {
        svg.text(LEFT - 10, top + names.size() * BAR / 2.0 + 4, "end", Svg.DARK, row.title());
        for (int i = 0; i < names.size(); i++) {
            Spread spread = goodness(results, names.get(i), row);
            if (!spread.isEmpty()) {
                bar(spread, top + i * BAR, Colours.of(results, names.get(i)));
            }
        }
    }

    private void bar(Spread spread, int top, String colour) {
        double from = Math.min(x(1), x(spread.median()));
        double width = Math.abs(x(spread.median()) - x(1));
        svg.add(
                "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
                from, top + 1, Math.max(width, 1), BAR - 2, colour);
        double middle = top + BAR / 2.0;
        svg.line(x(spread.lowest()), middle, x(spread.highest()), middle, Svg.DARK);
    }

    private double x(double ratio) {
        double half = (WIDTH - LEFT - RIGHT) / 2.0;
        double part = Math.log(ratio) / Math.log(widest);
        return LEFT + half + Math.max(-1, Math.min(part, 1)) * half;
    }

    private static String plain(double tick) {
        return tick == Math.rint(tick) ? String.valueOf((long) tick) : String.valueOf(tick);
    }
}

package io.evenkeel.benchmarks.soak;

import io.evenkeel.benchmarks.render.Svg;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Findings as an SVG: a panel for each quantity over the same time, all from zero, so that what grows is seen as it is. */
final class Plot {
    private static final int WIDTH = 860;
    private static final int LEFT = 76;
    private static final int RIGHT = 20;
    private static final int TOP = 48;
    private static final int PANEL = 96;
    private static final int GAP = 38;
    private static final int BOTTOM = 44;

    private final Findings findings;
    private final Svg svg = new Svg(WIDTH, height(), 12);
    private final double end;

    private record Point(double seconds, double value) {}

    private Plot(Findings findings) {
        this.findings = findings;
        List<Sample> samples = findings.samples();
        end = Math.max(1, samples.isEmpty() ? 1 : samples.get(samples.size() - 1).seconds());
    }

    static String of(Findings findings) {
        Plot plot = new Plot(findings);
        plot.draw();
        return plot.svg.toString();
    }

    private static int height() {
        return TOP + (Quantity.values().length + 1) * (PANEL + GAP) + BOTTOM;
    }

    private void draw() {
        svg.text(
                LEFT,
                22,
                "start",
                Svg.DARK,
                "Evenkeel under churn, flaps and changing configurations");
        legend();
        marks();
        int top = TOP + GAP;
        for (Quantity quantity : Quantity.values()) {
            List<Point> points =
                    findings.samples().stream()
                            .map(s -> new Point(s.seconds(), quantity.of(s)))
                            .filter(point -> !Double.isNaN(point.value()))
                            .toList();
            panel(top, quantity.title(), points);
            top += PANEL + GAP;
        }
        panel(top, "sessions ended per second", rates());
        times(top + PANEL);
    }

    private void legend() {
        double x = LEFT;
        for (Mark.Kind kind : Mark.Kind.values()) {
            svg.add(
                    "<rect x=\"%.1f\" y=\"36\" width=\"3\" height=\"12\" fill=\"%s\"/>",
                    x, kind.colour());
            String text = "%s (%d)".formatted(kind.title(), findings.count(kind));
            svg.text(x + 8, 46, "start", kind.colour(), text);
            x += 24 + 7.0 * text.length();
        }
    }

    /** Once, and used below each panel. */
    private void marks() {
        svg.add("<defs><g id=\"marks\" stroke-width=\"0.6\">");
        for (Mark.Kind kind : Mark.Kind.values()) {
            StringBuilder path = new StringBuilder();
            for (Mark mark : findings.marks()) {
                if (mark.kind() == kind) {
                    path.append(
                            String.format(
                                    Locale.ROOT,
                                    "M%.1f %dv4",
                                    x(mark.seconds()),
                                    2 + 5 * kind.ordinal()));
                }
            }
            svg.add("<path stroke=\"%s\" d=\"%s\"/>", kind.colour(), path);
        }
        svg.add("</g></defs>");
    }

    private void panel(int top, String title, List<Point> points) {
        double most = points.stream().mapToDouble(Point::value).max().orElse(1);
        double scale = roundUp(most);
        int bottom = top + PANEL;
        svg.text(LEFT, top - 7, "start", Svg.DARK, title);
        for (double part : new double[] {0, 0.5, 1}) {
            double y = bottom - part * PANEL;
            svg.line(LEFT, y, WIDTH - RIGHT, y, Svg.GRID);
            svg.text(LEFT - 6, y + 4, "end", Svg.DARK, label(part * scale));
        }
        svg.add("<use href=\"#marks\" y=\"%d\"/>", bottom);
        Svg.Curve curve = svg.curve("#1f5f3f", 1.3);
        for (Point point : points) {
            curve.to(x(point.seconds()), bottom - point.value() / scale * PANEL);
        }
        curve.end();
    }

    private List<Point> rates() {
        List<Point> rates = new ArrayList<>();
        for (int i = 1; i < findings.samples().size(); i++) {
            Sample from = findings.samples().get(i - 1);
            Sample to = findings.samples().get(i);
            rates.add(
                    new Point(
                            to.seconds(),
                            (to.done() - from.done()) / (to.seconds() - from.seconds())));
        }
        return rates;
    }

    private void times(int bottom) {
        for (int sixth = 0; sixth <= 6; sixth++) {
            double seconds = end * sixth / 6;
            svg.text(
                    x(seconds),
                    bottom + 34,
                    sixth == 6 ? "end" : "middle",
                    Svg.DARK,
                    end < 600 ? "%.0f s".formatted(seconds) : "%.0f min".formatted(seconds / 60));
        }
    }

    private double x(double seconds) {
        return LEFT + Math.min(seconds / end, 1) * (WIDTH - LEFT - RIGHT);
    }

    /** The next of 1, 2, 4, 5 and 8 times a power of ten, all of which have a plain half. */
    private static double roundUp(double value) {
        double power = Math.pow(10, Math.floor(Math.log10(Math.max(value, 1e-3))));
        for (double step : new double[] {1, 2, 4, 5, 8}) {
            if (value <= step * power) {
                return step * power;
            }
        }
        return 10 * power;
    }

    private static String label(double value) {
        return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value);
    }
}

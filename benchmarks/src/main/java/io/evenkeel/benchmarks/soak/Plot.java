package io.evenkeel.benchmarks.soak;

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
    private static final String LINE = "#333333";

    private final Findings findings;
    private final StringBuilder svg = new StringBuilder();
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

    private void draw() {
        int panels = Quantity.values().length + 1;
        int height = TOP + panels * (PANEL + GAP) + BOTTOM;
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"12\">",
                WIDTH, height);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", WIDTH, height);
        text(LEFT, 22, "start", LINE, "Evenkeel under churn, flaps and changing configurations");
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
        svg.append("</svg>\n");
    }

    private void legend() {
        double x = LEFT;
        for (Mark.Kind kind : Mark.Kind.values()) {
            add(
                    "<rect x=\"%.1f\" y=\"36\" width=\"3\" height=\"12\" fill=\"%s\"/>",
                    x, kind.colour());
            String text = "%s (%d)".formatted(kind.title(), findings.count(kind));
            text(x + 8, 46, "start", kind.colour(), text);
            x += 24 + 7.0 * text.length();
        }
    }

    /** Once, and used below each panel. */
    private void marks() {
        svg.append("<defs><g id=\"marks\" stroke-width=\"0.6\">\n");
        for (Mark.Kind kind : Mark.Kind.values()) {
            svg.append("<path stroke=\"").append(kind.colour()).append("\" d=\"");
            for (Mark mark : findings.marks()) {
                if (mark.kind() == kind) {
                    svg.append(
                            String.format(
                                    Locale.ROOT,
                                    "M%.1f %dv4",
                                    x(mark.seconds()),
                                    2 + 5 * kind.ordinal()));
                }
            }
            svg.append("\"/>\n");
        }
        svg.append("</g></defs>\n");
    }

    private void panel(int top, String title, List<Point> points) {
        double most = points.stream().mapToDouble(Point::value).max().orElse(1);
        double scale = roundUp(most);
        int bottom = top + PANEL;
        text(LEFT, top - 7, "start", LINE, title);
        for (double part : new double[] {0, 0.5, 1}) {
            double y = bottom - part * PANEL;
            add(
                    "<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#d9d9d9\"/>",
                    LEFT, y, WIDTH - RIGHT, y);
            text(LEFT - 6, y + 4, "end", LINE, label(part * scale));
        }
        add("<use href=\"#marks\" y=\"%d\"/>", bottom);
        svg.append("<polyline fill=\"none\" stroke-width=\"1.3\" stroke=\"#1f5f3f\" points=\"");
        for (Point point : points) {
            add("%.1f,%.1f", x(point.seconds()), bottom - point.value() / scale * PANEL);
        }
        svg.append("\"/>\n");
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
            text(
                    x(seconds),
                    bottom + 34,
                    sixth == 6 ? "end" : "middle",
                    LINE,
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

    private void text(double x, double y, String anchor, String colour, String text) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x, y, anchor, colour, text);
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}

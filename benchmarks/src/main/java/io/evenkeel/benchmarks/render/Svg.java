package io.evenkeel.benchmarks.render;

import java.util.Locale;

/** An SVG document of lines, curves and texts on white, as plots need them. In pixels from the top left. */
public final class Svg {
    /** Of axes and captions. */
    public static final String DARK = "#333333";

    /** Of what is behind the figures. */
    public static final String GRID = "#d9d9d9";

    private final StringBuilder svg = new StringBuilder();

    /** An empty document. */
    public Svg(int width, int height, int fontSize) {
        add(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" font-family=\"sans-serif\" font-size=\"%d\">",
                width, height, fontSize);
        add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height);
    }

    /** A line of one pixel. */
    public void line(double x1, double y1, double x2, double y2, String colour) {
        add(
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>",
                x1, y1, x2, y2, colour);
    }

    /** A curve through points, which are to be told in order. */
    public Curve curve(String colour, double width) {
        return new Curve(colour, width);
    }

    /** A curve that is being drawn. */
    public final class Curve {
        private final StringBuilder points = new StringBuilder();
        private final String colour;
        private final double width;

        private Curve(String colour, double width) {
            this.colour = colour;
            this.width = width;
        }

        /** Goes on to a point. */
        public void to(double x, double y) {
            points.append(String.format(Locale.ROOT, "%.1f,%.1f\n", x, y));
        }

        /** Puts it into the document. */
        public void end() {
            add(
                    "<polyline fill=\"none\" stroke-width=\"%.1f\" stroke=\"%s\" points=\"%s\"/>",
                    width, colour, points);
        }
    }

    /** A filled circle. */
    public void dot(double x, double y, double radius, String colour) {
        add("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\" fill=\"%s\"/>", x, y, radius, colour);
    }

    /** A larger text, beginning at {@code x}. */
    public void title(double x, double y, String text) {
        add("<text x=\"%.1f\" y=\"%.1f\" font-size=\"15\">%s</text>", x, y, escaped(text));
    }

    /**
     * A text.
     *
     * @param anchor what of it is at {@code x}: {@code start}, {@code middle} or {@code end}
     */
    public void text(double x, double y, String anchor, String colour, String text) {
        add(
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" fill=\"%s\">%s</text>",
                x, y, anchor, colour, escaped(text));
    }

    /** Anything else, a line of SVG by {@link String#format}; what it says is not escaped. */
    public void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** The document, ended here. */
    @Override
    public String toString() {
        return svg + "</svg>\n";
    }
}

package io.evenkeel.examples.demo;

import java.util.ArrayList;
import java.util.List;

/** One line for the terminal, built piece by piece; knows its width, which escape sequences hide. */
final class StyledLine {
    private record Piece(Style style, String text) {}

    private final List<Piece> pieces = new ArrayList<>();
    private int width;

    static StyledLine of(String text) {
        return new StyledLine().add(text);
    }

    StyledLine add(String text) {
        return add(Style.PLAIN, text);
    }

    StyledLine add(Style style, String text) {
        pieces.add(new Piece(style, text));
        width += text.length();
        return this;
    }

    /** Spaces up to {@code column}, or one if the line is already longer. */
    StyledLine to(int column) {
        return add(" ".repeat(width > column ? 1 : column - width));
    }

    /** {@code text} so that it ends before {@code column}. */
    StyledLine endingAt(int column, Style style, String text) {
        return to(column - text.length()).add(style, text);
    }

    int width() {
        return width;
    }

    /** The line, cut to {@code maxWidth} characters. */
    String render(boolean colour, int maxWidth) {
        StringBuilder out = new StringBuilder(width + 16 * pieces.size());
        int left = maxWidth;
        for (Piece piece : pieces) {
            String text = piece.text.length() <= left ? piece.text : piece.text.substring(0, left);
            out.append(colour ? piece.style.paint(text) : text);
            left -= text.length();
        }
        return colour ? out.toString() : out.toString().stripTrailing();
    }

    @Override
    public String toString() {
        return render(false, Integer.MAX_VALUE);
    }
}

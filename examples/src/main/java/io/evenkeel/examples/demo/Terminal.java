package io.evenkeel.examples.demo;

import io.evenkeel.examples.StandardOutput;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where the demo writes: lines, and on a real terminal one block at the bottom that is redrawn in
 * place. Each redraw is one write that overwrites, never clears, so nothing flickers.
 */
final class Terminal {
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;

    private final PrintStream out;
    private final boolean live;
    private final boolean colour;
    private final Glyphs glyphs;
    private final int columns;
    private final int rows;
    private int blockHeight;

    Terminal(PrintStream out, boolean live, boolean colour, Glyphs glyphs, int columns, int rows) {
        this.out = out;
        this.live = live;
        this.colour = colour;
        this.glyphs = glyphs;
        this.columns = columns;
        this.rows = rows;
    }

    /** The process's standard output, with what its terminal and environment allow. */
    static Terminal standardOutput(PrintStream standardOutput) {
        Map<String, String> environment = System.getenv();
        boolean tty = StandardOutput.isTerminal();
        boolean dumb = environment.getOrDefault("TERM", "dumb").equals("dumb");
        // https://no-color.org: set and not empty means no colour.
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        boolean live = tty && !dumb && !noColour;
        int[] size = live ? size() : new int[] {DEFAULT_ROWS, 120};
        Glyphs glyphs = Glyphs.forEnvironment(environment);
        PrintStream out = new PrintStream(standardOutput, true, StandardCharsets.UTF_8);
        return new Terminal(out, live, live, glyphs, size[1], size[0]);
    }

    private static int[] size() {
        try {
            Process stty =
                    new ProcessBuilder("stty", "size")
                            .redirectInput(new File("/dev/tty"))
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            try (InputStream in = stty.getInputStream()) {
                String[] words =
                        new String(in.readAllBytes(), StandardCharsets.US_ASCII).trim().split(" ");
                stty.waitFor(1, TimeUnit.SECONDS);
                int rows = Integer.parseInt(words[0]);
                int columns = Integer.parseInt(words[1]);
                return rows > 0 && columns > 0
                        ? new int[] {rows, columns}
                        : new int[] {DEFAULT_ROWS, DEFAULT_COLUMNS};
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new int[] {DEFAULT_ROWS, DEFAULT_COLUMNS};
        } catch (IOException | RuntimeException e) {
            // No stty, no controlling terminal or an unexpected answer: the usual size is a fair
            // guess.
            return new int[] {DEFAULT_ROWS, DEFAULT_COLUMNS};
        }
    }

    boolean isLive() {
        return live;
    }

    Glyphs glyphs() {
        return glyphs;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    /** Writes a line that stays, whole: a terminal that is too narrow wraps it. */
    synchronized void print(StyledLine line) {
        out.print(line.render(colour, Integer.MAX_VALUE) + "\n");
        out.flush();
    }

    synchronized void print(String line) {
        print(StyledLine.of(line));
    }

    /** Draws the block in place of the one drawn before; without a live terminal, nothing. */
    synchronized void draw(List<StyledLine> block) {
        if (!live) {
            return;
        }
        StringBuilder frame = new StringBuilder(4096);
        // Synchronized update (ignored by terminals that do not know it), cursor hidden.
        frame.append("\u001b[?2026h\u001b[?25l");
        if (blockHeight > 0) {
            frame.append("\u001b[").append(blockHeight).append('A');
        }
        int height = Math.min(block.size(), rows - 1);
        for (StyledLine line : block.subList(0, height)) {
            frame.append('\r').append(line.render(colour, columns - 1)).append("\u001b[K\n");
        }
        frame.append("\u001b[J\u001b[?2026l");
        blockHeight = height;
        out.print(frame);
        out.flush();
    }

    /** Leaves the drawn block where it is and gives the cursor back. */
    synchronized void release() {
        if (live) {
            out.print("\u001b[?25h");
            out.flush();
            blockHeight = 0;
        }
    }
}

package io.evenkeel.examples.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The screen while the story runs: the steps with what was observed, the nodes, the servers and the
 * last seconds of the client's answers. On anything but a live terminal it prints each step once.
 */
final class LiveView implements AutoCloseable {
    private static final long FRAME_MILLIS = 80;
    private static final long CELL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int TEXT_COLUMN = 31;
    private static final int WIDEST = 100;

    private final Terminal terminal;
    private final Glyphs glyphs;
    private final Stage stage;
    private final Journal journal;
    private final List<Step> steps;
    private final long startNanos;
    private final Thread thread;
    private volatile boolean closed;
    private volatile Supplier<List<String>> footer = List::of;
    private long frame;
    private int printed;

    LiveView(Terminal terminal, Stage stage, Journal journal, List<Step> steps, long startNanos) {
        this.terminal = terminal;
        this.glyphs = terminal.glyphs();
        this.stage = stage;
        this.journal = journal;
        this.steps = steps;
        this.startNanos = startNanos;
        this.thread = new Thread(this::run, "demo-view");
        thread.setDaemon(true);
    }

    /** Lines below everything else, for as long as the view is open. */
    void footer(Supplier<List<String>> lines) {
        footer = lines;
    }

    void start() {
        if (!terminal.isLive()) {
            if (!steps.isEmpty()) {
                header().forEach(terminal::print);
            }
            footer.get().forEach(line -> terminal.print("  " + line));
        }
        thread.start();
    }

    private void run() {
        while (!closed) {
            refresh();
            try {
                Thread.sleep(FRAME_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void refresh() {
        frame++;
        if (terminal.isLive()) {
            terminal.draw(frame(true));
            return;
        }
        while (printed < steps.size() && isOver(steps.get(printed))) {
            terminal.print(stepLine(printed));
            printed++;
        }
    }

    private static boolean isOver(Step step) {
        return step.progress() == Step.Progress.SEEN || step.progress() == Step.Progress.FAILED;
    }

    private List<StyledLine> frame(boolean lively) {
        List<StyledLine> lines = new ArrayList<>();
        if (!steps.isEmpty()) {
            lines.addAll(header());
        }
        for (int i = 0; i < steps.size(); i++) {
            lines.add(stepLine(i));
        }
        if (lively) {
            lines.add(new StyledLine());
            for (int i = 0; i < stage.nodes().size(); i++) {
                lines.add(nodeLine(i));
            }
            lines.add(serverLine());
            lines.add(clientLine());
            lines.add(stripLine());
            lines.add(legendLine());
        }
        List<String> last = footer.get();
        if (!last.isEmpty()) {
            lines.add(new StyledLine());
            last.forEach(line -> lines.add(StyledLine.of("  " + line)));
        }
        return lines;
    }

    private List<StyledLine> header() {
        StyledLine title =
                new StyledLine()
                        .add("  ")
                        .add(Style.BOLD, "Evenkeel demo")
                        .add(Style.DIM, "  " + stage.description());
        if (terminal.isLive()) {
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            String clock = String.format(Locale.ROOT, "%.1f s", seconds);
            title.endingAt(width(), Style.DIM, clock);
        }
        return List.of(new StyledLine(), title, new StyledLine());
    }

    private int width() {
        return Math.min(terminal.columns() - 2, WIDEST);
    }

    private StyledLine stepLine(int index) {
        Step step = steps.get(index);
        StyledLine line = new StyledLine().add("  ");
        switch (step.progress()) {
            case WAITING -> line.add(" ");
            case RUNNING -> line.add(Style.WARN, glyphs.spinner(frame));
            case SEEN -> line.add(Style.GOOD, glyphs.tick);
            case FAILED -> line.add(Style.BAD, glyphs.cross);
        }
        boolean waiting = step.progress() == Step.Progress.WAITING;
        line.add(waiting ? Style.DIM : Style.BOLD, " " + (index + 1) + "  " + step.title());
        Style style =
                switch (step.progress()) {
                    case FAILED -> Style.BAD;
                    case RUNNING -> Style.DIM;
                    default -> Style.PLAIN;
                };
        return line.to(TEXT_COLUMN).add(style, step.text());
    }

    private StyledLine nodeLine(int index) {
        DemoNode node = stage.nodes().get(index);
        StyledLine line = new StyledLine().add("  ").add(Style.BOLD, node.name());
        line.to(11).add(Style.DIM, "priority " + node.priority());
        line.to(26);
        switch (node.state()) {
            case ACTIVE -> line.add(style(index), glyphs.full + " Active");
            case BACKUP -> line.add(style(index), glyphs.hollow).add(" Backup");
            case FAULT -> line.add(Style.BAD, glyphs.cross + " Fault");
            case GONE -> line.add(Style.BAD, glyphs.cross + " gone");
            default -> line.add(Style.DIM, glyphs.dot + " starting");
        }
        if (node.isAlive()) {
            line.to(39).add(Style.DIM, "pid " + node.pid());
        }
        String answers = String.format(Locale.ROOT, "%,d", journal.totalThrough(node.name()));
        return line.to(51).endingAt(60, Style.PLAIN, answers).add(Style.DIM, " answers");
    }

    private StyledLine serverLine() {
        StyledLine line = new StyledLine().add("  ");
        int column = 2;
        for (DemoServer server : stage.servers()) {
            boolean used =
                    stage.nodes().stream()
                            .anyMatch(node -> node.isAlive() && node.uses(server.name()));
            line.to(column).add(Style.BOLD, server.name()).add(" ");
            if (!server.isUp()) {
                line.add(Style.BAD, glyphs.cross + (used ? " dead" : " out"));
            } else if (used) {
                line.add(Style.GOOD, glyphs.full + " up");
            } else {
                line.add(Style.DIM, glyphs.hollow + " unused");
            }
            String answers = String.format(Locale.ROOT, "%,d", journal.totalFrom(server.name()));
            line.endingAt(column + 22, Style.DIM, answers);
            column += 26;
        }
        return line;
    }

    private StyledLine clientLine() {
        long now = System.nanoTime();
        Window second = journal.window(now - TimeUnit.SECONDS.toNanos(1), now);
        StyledLine line = new StyledLine().add("  ").add(Style.BOLD, "client").to(11);
        line.add(Style.DIM, stage.url()).to(42);
        line.add(second.answers() + "").add(Style.DIM, " answers/s").to(60);
        int failures = journal.totalFailures();
        return line.add(failures == 0 ? Style.PLAIN : Style.WARN, failures + "")
                .add(Style.DIM, " failed");
    }

    private StyledLine stripLine() {
        int cells = width() - 2;
        StyledLine line = new StyledLine().add("  ");
        if (journal.totalAnswers() == 0) {
            return line.add(Style.DIM, glyphs.dot.repeat(cells));
        }
        List<DemoNode> nodes = stage.nodes();
        for (Set<String> answered : journal.strip(System.nanoTime(), cells, CELL_NANOS)) {
            if (answered.isEmpty()) {
                line.add(Style.DIM, glyphs.dot);
            } else {
                boolean byFirst = answered.contains(nodes.get(0).name());
                line.add(style(byFirst ? 0 : 1), glyphs.block);
            }
        }
        return line;
    }

    private StyledLine legendLine() {
        StyledLine line = new StyledLine().add("  ");
        for (int i = 0; i < stage.nodes().size(); i++) {
            line.add(style(i), glyphs.block);
            line.add(Style.DIM, " through " + stage.nodes().get(i).name() + "   ");
        }
        return line.add(Style.DIM, glyphs.dot + " no answer   each column 50 ms");
    }

    private static Style style(int node) {
        return node == 0 ? Style.FIRST_NODE : Style.SECOND_NODE;
    }

    /** Draws the steps as they are now for the last time and gives the terminal back; idempotent. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        synchronized (this) {
            if (terminal.isLive()) {
                // A view of steps ends with them; one without has nothing else to leave.
                terminal.draw(frame(steps.isEmpty()));
                terminal.release();
            } else {
                refresh();
            }
        }
    }
}

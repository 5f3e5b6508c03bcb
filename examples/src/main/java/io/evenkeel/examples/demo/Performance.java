package io.evenkeel.examples.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One run of the demo: the stage is opened, the story played and shown, and all is taken down. */
final class Performance {
    private static final int NOT_SEEN = 1;
    private static final int INTERRUPTED = 130;

    /** The demo promises to end within 40 s; what is left is for ending the processes. */
    private static final long STORY_LIMIT = TimeUnit.SECONDS.toNanos(37);

    private static final long RELAUNCH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Terminal terminal;
    private final Journal journal;
    private final Stage stage;
    private final Scratch scratch;
    private final Story story;
    private final long startNanos;
    private final CountDownLatch interrupted = new CountDownLatch(1);
    private volatile LiveView view;

    Performance(Terminal terminal, Journal journal, Stage stage, Scratch scratch) {
        this.terminal = terminal;
        this.journal = journal;
        this.stage = stage;
        this.scratch = scratch;
        this.startNanos = System.nanoTime();
        this.story = new Story(stage, journal, startNanos + STORY_LIMIT);
        this.view = new LiveView(terminal, stage, journal, story.steps(), startNanos);
    }

    /** Plays; the result is the exit code. With {@code keep} a success ends with Ctrl-C only. */
    int play(boolean keep) throws Exception {
        Thread hook = new Thread(this::interrupt, "demo-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            stage.open();
            view.start();
            story.play();
            view.close();
            printSummary();
            if (keep) {
                remain();
            }
            return 0;
        } catch (StepFailure e) {
            // Ctrl-C reaches the nodes too, and a node that ends looks like a failure.
            if (interrupted.await(200, TimeUnit.MILLISECONDS)) {
                return INTERRUPTED;
            }
            view.close();
            printFailure(e);
            return NOT_SEEN;
        } finally {
            if (interrupted.getCount() > 0) {
                view.close();
                stage.close();
            }
        }
    }

    /** Ctrl-C or SIGTERM: the JVM ends when this has returned, with 130 or 143 by itself. */
    private void interrupt() {
        interrupted.countDown();
        view.close();
        stage.close();
        scratch.close();
    }

    private void printSummary() {
        Summary.of(story.steps(), terminal.glyphs()).forEach(terminal::print);
        terminal.print(
                new StyledLine()
                        .add("  ")
                        .add(Style.GOOD, terminal.glyphs().tick)
                        .add(Style.BOLD, " All " + story.steps().size() + " steps seen")
                        .add(
                                String.format(
                                        Locale.ROOT,
                                        " in %.1f s: %,d requests answered, %,d failed.",
                                        (System.nanoTime() - startNanos) / 1e9,
                                        journal.totalAnswers(),
                                        journal.totalFailures())));
        terminal.print("");
    }

    private void printFailure(StepFailure failure) {
        Summary.of(story.steps(), terminal.glyphs()).forEach(terminal::print);
        terminal.print(
                new StyledLine()
                        .add("  ")
                        .add(Style.BAD, terminal.glyphs().cross + " " + failure.getMessage())
                        .add("."));
        terminal.print("");
    }

    /** Goes on until Ctrl-C; a node that ends comes back after a while. */
    private void remain() throws Exception {
        story.epilogue();
        LiveView open = new LiveView(terminal, stage, journal, List.of(), System.nanoTime());
        open.footer(this::hints);
        view = open;
        open.start();
        long[] goneSince = new long[stage.nodes().size()];
        while (!interrupted.await(100, TimeUnit.MILLISECONDS)) {
            for (int i = 0; i < goneSince.length; i++) {
                goneSince[i] = tend(stage.nodes().get(i), goneSince[i]);
            }
        }
    }

    private List<String> hints() {
        List<String> hints = new ArrayList<>(stage.hints());
        for (DemoNode node : stage.nodes()) {
            if (node.state() == DemoNode.State.ACTIVE) {
                hints.add(String.format("kill -9 %-7d the Active node, at once", node.pid()));
                hints.add(String.format("kill %-10d the same, planned", node.pid()));
            }
        }
        hints.add("Ctrl-C ends everything; a node that ends is started again after 5 s");
        return hints;
    }

    /** Starts a node again that has been gone for long enough; since when it is gone, or 0. */
    private static long tend(DemoNode node, long goneSince) throws IOException {
        long now = System.nanoTime();
        if (node.isAlive()) {
            if (node.state() == DemoNode.State.READY) {
                node.join();
            }
            return 0;
        }
        if (goneSince == 0) {
            return now;
        }
        if (now - goneSince > RELAUNCH_NANOS) {
            node.launch();
            return 0;
        }
        return goneSince;
    }
}

package io.evenkeel.examples.demo;

import org.jspecify.annotations.Nullable;

/** One step of the story: how far it is, and in the end what was observed. */
final class Step {
    /** How far a step is. */
    enum Progress {
        WAITING,
        RUNNING,
        SEEN,
        FAILED
    }

    /** What happens in a step. */
    @FunctionalInterface
    interface Script {
        Observed play(Step step) throws Exception;
    }

    /**
     * What was observed in a step.
     *
     * @param sentence for the list of steps
     * @param window what the client saw meanwhile
     * @param limitNanos how long the longest gap could be, or 0 if the step claims nothing of it
     */
    record Observed(String sentence, Window window, long limitNanos) {}

    private final String title;
    private final Script script;
    private volatile Progress progress = Progress.WAITING;
    private volatile String text = "";
    private volatile @Nullable Observed observed;

    Step(String title, Script script) {
        this.title = title;
        this.script = script;
    }

    String title() {
        return title;
    }

    Progress progress() {
        return progress;
    }

    /** What the step is doing, what was observed, or why it failed. */
    String text() {
        return text;
    }

    @Nullable Observed observed() {
        return observed;
    }

    /** Says what the step is waiting for. */
    void doing(String what) {
        text = what;
    }

    /** Plays the step; its failure is kept and thrown on. */
    void play() throws Exception {
        progress = Progress.RUNNING;
        try {
            Observed result = script.play(this);
            observed = result;
            text = result.sentence();
            progress = Progress.SEEN;
        } catch (StepFailure e) {
            text = e.getMessage();
            progress = Progress.FAILED;
            throw e;
        }
    }
}

package io.evenkeel.examples.demo;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What every step needs: to wait for something with a reason at hand, to watch, to claim. */
final class Scene {
    private final Stage stage;
    private final Journal journal;
    private final long deadlineNanos;

    /** {@code deadlineNanos}: when the whole story has to be over. */
    Scene(Stage stage, Journal journal, long deadlineNanos) {
        this.stage = stage;
        this.journal = journal;
        this.deadlineNanos = deadlineNanos;
    }

    /** Waits for {@code condition}; {@code otherwise} says what did not happen. */
    void await(long limitNanos, Supplier<String> otherwise, BooleanSupplier condition)
            throws StepFailure, InterruptedException {
        long start = System.nanoTime();
        long end = Math.min(start + limitNanos, deadlineNanos);
        boolean ended = journal.await(() -> condition.getAsBoolean() || casualty() != null, end);
        claimNobodyDied();
        claim(ended, otherwise.get() + " within " + Timing.show(end - start));
    }

    /** Lets the story run for a while, and fails if a node ends meanwhile. */
    void watch(long millis) throws StepFailure, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        journal.await(() -> casualty() != null, Math.min(end, deadlineNanos));
        claimNobodyDied();
        claim(System.nanoTime() < deadlineNanos, "The story took longer than it may");
    }

    /** Fails the step with the sentence unless the claim holds. */
    static void claim(boolean holds, String otherwise) throws StepFailure {
        if (!holds) {
            throw new StepFailure(otherwise);
        }
    }

    /** Exactly this node is Active and serves the address, and the other one is Backup. */
    boolean owns(DemoNode active) {
        return stage.nodes().stream()
                .allMatch(
                        node ->
                                node == active
                                        ? node.state() == DemoNode.State.ACTIVE && node.isServing()
                                        : node.state() != DemoNode.State.ACTIVE
                                                && !node.isServing());
    }

    /** Whether every node that lives agrees about the server. */
    boolean allUse(String server, boolean use) {
        return stage.nodes().stream()
                .filter(DemoNode::isAlive)
                .allMatch(node -> node.uses(server) == use);
    }

    /** Fails if the client was without an answer for longer than the limit and the allowance. */
    static void claimGap(Window window, long limitNanos, String limitName) throws StepFailure {
        claim(
                window.longestGapNanos() <= limitNanos + window.allowanceNanos(),
                "The client had no answer for "
                        + Timing.show(window.longestGapNanos())
                        + ", but "
                        + limitName
                        + " is "
                        + Timing.show(limitNanos)
                        + " and "
                        + Timing.show(window.allowanceNanos())
                        + " more are allowed for this machine");
    }

    private void claimNobodyDied() throws StepFailure {
        String casualty = casualty();
        if (casualty != null) {
            throw new StepFailure(casualty);
        }
    }

    private @Nullable String casualty() {
        for (DemoNode node : stage.nodes()) {
            String end = node.unexpectedEnd();
            if (end != null) {
                return end;
            }
        }
        return null;
    }
}

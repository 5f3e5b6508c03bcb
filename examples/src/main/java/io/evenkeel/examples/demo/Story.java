package io.evenkeel.examples.demo;

import static io.evenkeel.examples.demo.Scene.claim;
import static io.evenkeel.examples.demo.Scene.claimGap;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The seven steps. Every sentence that a step ends with is made of what was observed: by the client,
 * which counts answers, and by the nodes, which report their states as they change.
 */
final class Story {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(3);
    private static final long LAUNCH_LIMIT = TimeUnit.SECONDS.toNanos(15);

    private final Stage stage;
    private final Journal journal;
    private final Scene scene;
    private final List<Step> steps =
            List.of(
                    new Step("Election by priority", this::election),
                    new Step("Balanced requests", this::balance),
                    new Step("A server dies", this::serverDies),
                    new Step("The server is back", this::serverReturns),
                    new Step("SIGKILL of the Active", this::activeKilled),
                    new Step("Its return, preempting", this::activeReturns),
                    new Step("Planned handover", this::handover));

    /** {@code deadlineNanos}: when the story has to be over. */
    Story(Stage stage, Journal journal, long deadlineNanos) {
        this.stage = stage;
        this.journal = journal;
        this.scene = new Scene(stage, journal, deadlineNanos);
    }

    List<Step> steps() {
        return steps;
    }

    /** Plays all steps in order; the first failure ends the story. */
    void play() throws Exception {
        for (Step step : steps) {
            step.play();
        }
    }

    /** Brings the node that was stopped last back, for those who want to go on by themselves. */
    void epilogue() throws StepFailure, InterruptedException, IOException {
        first().launch();
        awaitReady(first());
        first().join();
        scene.await(PATIENCE, () -> "node1 did not come back", () -> scene.owns(first()));
    }

    private DemoNode first() {
        return stage.nodes().get(0);
    }

    private DemoNode second() {
        return stage.nodes().get(1);
    }

    private Step.Observed election(Step step) throws Exception {
        step.doing("two JVMs start and check the servers");
        for (DemoNode node : stage.nodes()) {
            awaitReady(node);
        }
        step.doing("both nodes listen for an Active, and there is none");
        long start = System.nanoTime();
        for (DemoNode node : stage.nodes()) {
            node.join();
        }
        scene.await(
                PATIENCE,
                () -> "No election: " + describe(first()) + " and " + describe(second()),
                () -> scene.owns(first()) && second().state() == DemoNode.State.BACKUP);
        long elected = first().servingSinceNanos() - start;
        stage.startClient();
        scene.await(
                PATIENCE,
                () -> "The client got no answer through the virtual address",
                () -> journal.totalAnswers() > 0);
        long answered = System.nanoTime();
        scene.watch(1000);
        Window window = journal.window(answered, System.nanoTime());
        claim(scene.owns(first()), "The election did not hold: " + describe(second()));
        claimNoFailures(window);
        claimOnlyThrough(first(), window);
        stage.verifyOwner(first());
        return new Step.Observed(
                String.format(
                        "%s (%d) Active in %s, %s (%d) Backup",
                        first().name(),
                        first().priority(),
                        Timing.show(elected),
                        second().name(),
                        second().priority()),
                window,
                0);
    }

    private Step.Observed balance(Step step) throws Exception {
        step.doing("counting who answers");
        long start = System.nanoTime();
        scene.watch(2000);
        Window window = journal.window(start, System.nanoTime());
        claimNoFailures(window);
        claimBalanced(window, stage.servers());
        StringBuilder shares = new StringBuilder();
        for (DemoServer server : stage.servers()) {
            shares.append(shares.isEmpty() ? "" : ", ")
                    .append(server.name())
                    .append(' ')
                    .append(window.from(server.name()));
        }
        return new Step.Observed(shares.toString(), window, 0);
    }

    private Step.Observed serverDies(Step step) throws Exception {
        DemoServer victim = stage.servers().get(1);
        step.doing(victim.name() + " is dead, its checks have yet to fail");
        long killed = System.nanoTime();
        victim.kill();
        scene.await(
                Timing.CHECK_FALL * Timing.CHECK_INTERVAL + PATIENCE,
                () -> victim.name() + " was not taken out",
                () -> scene.allUse(victim.name(), false));
        long out = System.nanoTime();
        step.doing(victim.name() + " is out");
        scene.watch(1500);
        Window since = journal.begunSince(out);
        Window window = journal.window(killed, System.nanoTime());
        claimNoFailures(since);
        claim(since.from(victim.name()) == 0, victim.name() + " answered although it was dead");
        claimBalanced(since, stage.servers().stream().filter(DemoServer::isUp).toList());
        return new Step.Observed(
                String.format(
                        "%s out after %s, 0 of %d failed since",
                        victim.name(), Timing.show(out - killed), since.answers()),
                window,
                0);
    }

    private Step.Observed serverReturns(Step step) throws Exception {
        DemoServer returning = stage.servers().get(1);
        step.doing(returning.name() + " listens again, its checks have yet to pass");
        long started = System.nanoTime();
        returning.start();
        scene.await(
                Timing.CHECK_RISE * Timing.CHECK_INTERVAL + PATIENCE,
                () -> returning.name() + " was not taken back",
                () -> scene.allUse(returning.name(), true));
        long back = System.nanoTime();
        step.doing(returning.name() + " is used again");
        scene.watch(1500);
        Window since = journal.begunSince(back);
        Window window = journal.window(started, System.nanoTime());
        claimNoFailures(window);
        claimBalanced(since, stage.servers());
        return new Step.Observed(
                String.format(
                        "%s back after %s, %d of %d answers",
                        returning.name(),
                        Timing.show(back - started),
                        since.from(returning.name()),
                        since.answers()),
                window,
                0);
    }

    private Step.Observed activeKilled(Step step) throws Exception {
        long limit = Timing.activeDown(second().priority());
        step.doing("SIGKILL to " + first().name() + ", pid " + first().pid());
        long killed = System.nanoTime();
        first().kill();
        scene.await(
                limit + PATIENCE,
                () -> second().name() + " did not take over: " + describe(second()),
                () -> scene.owns(second()) && answersOnlyThrough(second()));
        step.doing(second().name() + " has taken over");
        scene.watch(1500);
        Window window = journal.window(killed, System.nanoTime());
        claim(first().wasKilled(), first().name() + " did not die of SIGKILL");
        claim(scene.owns(second()), second().name() + " did not stay Active");
        stage.verifyOwner(second());
        claim(window.through(second().name()) > 0, "Nobody answered after the takeover");
        claimGap(window, limit, "Active_Down_Interval");
        return new Step.Observed(
                String.format(
                        "%s took over, no answer for %s",
                        second().name(), Timing.show(window.longestGapNanos())),
                window,
                limit);
    }

    private Step.Observed activeReturns(Step step) throws Exception {
        step.doing("a new JVM for " + first().name());
        first().launch();
        awaitReady(first());
        step.doing(first().name() + " hears a lower priority and will preempt");
        long joined = System.nanoTime();
        first().join();
        scene.await(
                Timing.activeDown(first().priority()) + PATIENCE,
                () -> first().name() + " did not preempt: " + describe(first()),
                () -> scene.owns(first()) && second().state() == DemoNode.State.BACKUP);
        long settled = System.nanoTime();
        step.doing(first().name() + " is Active again");
        scene.watch(1500);
        Window window = journal.window(joined, System.nanoTime());
        claimOnlyThrough(first(), journal.begunSince(settled));
        stage.verifyOwner(first());
        claimGap(window, Timing.ADVERTISEMENT_INTERVAL, "one advertisement interval");
        long overlap = stage.sharedNanos(joined, System.nanoTime());
        claim(
                overlap <= Timing.ADVERTISEMENT_INTERVAL + Timing.ALLOWANCE,
                "Both nodes held the address for " + Timing.show(overlap));
        return new Step.Observed(
                String.format(
                        "%s Active again, longest gap %s",
                        first().name(), Timing.show(window.longestGapNanos())),
                window,
                Timing.ADVERTISEMENT_INTERVAL);
    }

    private Step.Observed handover(Step step) throws Exception {
        long limit = Timing.skew(second().priority());
        step.doing("SIGTERM to " + first().name() + ", pid " + first().pid());
        long asked = System.nanoTime();
        first().terminate();
        scene.await(
                PATIENCE,
                () -> second().name() + " did not take over: " + describe(second()),
                () -> scene.owns(second()) && answersOnlyThrough(second()));
        step.doing(second().name() + " has taken over");
        scene.await(PATIENCE, () -> first().name() + " did not end", () -> !first().isAlive());
        scene.watch(1500);
        Window window = journal.window(asked, System.nanoTime());
        int exitCode = first().exitCode().orElse(-1);
        claim(exitCode == 0, first().name() + " ended with exit code " + exitCode + ", not 0");
        claim(scene.owns(second()), second().name() + " did not stay Active");
        stage.verifyOwner(second());
        claimGap(window, limit, "Skew_Time");
        return new Step.Observed(
                String.format(
                        "%s took over, no answer for %s",
                        second().name(), Timing.show(window.longestGapNanos())),
                window,
                limit);
    }

    private void awaitReady(DemoNode node) throws StepFailure, InterruptedException {
        scene.await(
                LAUNCH_LIMIT,
                () -> node.name() + " did not get ready",
                () -> node.state() == DemoNode.State.READY);
    }

    private boolean answersOnlyThrough(DemoNode node) {
        long now = System.nanoTime();
        Window latest = journal.window(now - 4 * Timing.CLIENT_PACE, now);
        return latest.answers() > 0 && latest.through(node.name()) == latest.answers();
    }

    private static String describe(DemoNode node) {
        return node.name()
                + " says "
                + node.state()
                + (node.isServing() ? " and serves" : " and does not serve");
    }

    private static void claimOnlyThrough(DemoNode node, Window window) throws StepFailure {
        int elsewhere = window.answers() - window.through(node.name());
        claim(elsewhere == 0, elsewhere + " answers did not come through " + node.name());
    }

    private static void claimNoFailures(Window window) throws StepFailure {
        claim(
                window.failures() == 0,
                window.failures() + " requests of the client failed: " + window.byFailure());
    }

    /** Round robin is exact but for requests that overlap, so a tenth off an equal share is wrong. */
    private static void claimBalanced(Window window, List<DemoServer> servers) throws StepFailure {
        int share = window.answers() / servers.size();
        claim(share > 0, "The client got no answers");
        for (DemoServer server : servers) {
            int answers = window.from(server.name());
            claim(
                    Math.abs(answers - share) <= Math.max(2, share / 10),
                    "Not balanced: "
                            + server.name()
                            + " gave "
                            + answers
                            + " of "
                            + window.answers()
                            + " answers");
        }
    }
}

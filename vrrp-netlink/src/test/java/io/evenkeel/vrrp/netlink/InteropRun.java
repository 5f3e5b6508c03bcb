package io.evenkeel.vrrp.netlink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;

/** One cell of the interop matrix: plays its events and has a test for what came of each in each way. */
final class InteropRun implements Runnable {
    private static final long PATIENCE_MINUTES = 15;

    private final InteropPlan plan;
    private final Path directory;
    private final List<Outcome> outcomes = new ArrayList<>();

    private record Outcome(InteropEvent event, Way way, CompletableFuture<@Nullable Void> result) {}

    InteropRun(InteropPlan plan, Path directory) {
        this.plan = plan;
        this.directory = directory;
        for (InteropEvent event : InteropEvent.of(plan)) {
            for (Way way : plan.ways()) {
                outcomes.add(new Outcome(event, way, new CompletableFuture<>()));
            }
        }
    }

    Stream<DynamicTest> tests() {
        return outcomes.stream()
                .map(
                        outcome ->
                                DynamicTest.dynamicTest(
                                        plan.describe(outcome.way, outcome.event.name()),
                                        () -> await(outcome)));
    }

    private static void await(Outcome outcome) throws Throwable {
        try {
            outcome.result.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw e.getCause();
        }
    }

    @Override
    public void run() {
        try {
            play();
        } catch (Throwable e) {
            // Nobody waits in vain for what was not played; those that were have their outcome.
            outcomes.forEach(outcome -> fail(outcome, "not played: " + e, e));
        }
    }

    /** After an event that failed the next one is played on a LAN of its own. */
    private void play() throws Exception {
        InteropCell cell = null;
        boolean settled = true;
        for (InteropEvent event : InteropEvent.of(plan)) {
            try {
                if (cell == null) {
                    cell = new InteropCell(plan, directory);
                    if (!settled) {
                        InteropEvent.settle(cell);
                    }
                }
                cell.beginEvent();
                event.scene().play(cell);
                settled = complete(event, cell);
            } catch (Throwable e) {
                settled = false;
                String told = cell == null ? "" : "\n" + cell.report();
                of(event).forEach(outcome -> fail(outcome, e + told, e));
            }
            if (!settled && cell != null) {
                cell.close();
                cell = null;
            }
        }
        if (cell != null) {
            cell.close();
        }
    }

    private boolean complete(InteropEvent event, InteropCell cell) {
        boolean good = true;
        for (Outcome outcome : of(event)) {
            String failure = cell.failure(outcome.way);
            if (failure == null) {
                outcome.result.complete(null);
            } else {
                fail(outcome, failure, null);
                good = false;
            }
        }
        return good;
    }

    private void fail(Outcome outcome, String text, @Nullable Throwable cause) {
        String name = plan.describe(outcome.way, outcome.event.name());
        outcome.result.completeExceptionally(new AssertionError(name + ": " + text, cause));
    }

    private List<Outcome> of(InteropEvent event) {
        return outcomes.stream().filter(o -> o.event.name().equals(event.name())).toList();
    }
}

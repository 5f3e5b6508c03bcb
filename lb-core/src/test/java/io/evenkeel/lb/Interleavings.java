package io.evenkeel.lb;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * Explores every order in which the steps of several actors can follow each other. A step is what no other thread can divide: a
 * section under a lock, or one look at or change of a counter. Each order runs on a scenario of its own, from the start.
 *
 * <p>Orders in which actors are interrupted more than three times are left out, since almost every fault shows
 * with fewer (Musuvathi and Qadeer 2007, "Iterative context bounding"); all are played with {@code -Devenkeel.interruptions=1000}.
 */
final class Interleavings {
    private static final int MOST_INTERRUPTIONS = Integer.getInteger("evenkeel.interruptions", 3);

    private final List<Integer> choices = new ArrayList<>();
    private final List<Integer> options = new ArrayList<>();

    /** Who takes steps one after the other; a step may be followed by more. */
    static final class Actor {
        private final String name;
        private final Deque<Runnable> steps = new ArrayDeque<>();

        Actor(String name) {
            this.name = name;
        }

        /** After all steps so far. */
        Actor then(Runnable step) {
            steps.addLast(step);
            return this;
        }

        /** Before all others that are left; for use within a step. */
        void next(Runnable step) {
            steps.addFirst(step);
        }
    }

    /** What is played, and what must hold. */
    interface Scenario {
        List<Actor> actors();

        /** After each step. */
        void checkAlways();

        /** When no actor has a step left. */
        void checkEnd();
    }

    /**
     * Plays all orders.
     *
     * @return how many there are
     * @throws AssertionError with the order that failed
     */
    static int explore(Supplier<Scenario> scenario) {
        Interleavings orders = new Interleavings();
        int played = 0;
        do {
            orders.play(scenario.get());
            played++;
        } while (orders.toNext());
        return played;
    }

    private void play(Scenario scenario) {
        StringBuilder order = new StringBuilder();
        int interruptions = 0;
        Actor last = null;
        try {
            for (int depth = 0; ; depth++) {
                List<Actor> ready = new ArrayList<>();
                boolean goesOn = last != null && !last.steps.isEmpty();
                if (goesOn) {
                    ready.add(last);
                }
                for (Actor actor : scenario.actors()) {
                    boolean may = !goesOn || interruptions < MOST_INTERRUPTIONS;
                    if (actor != last && !actor.steps.isEmpty() && may) {
                        ready.add(actor);
                    }
                }
                if (ready.isEmpty()) {
                    break;
                }
                if (depth == choices.size()) {
                    choices.add(0);
                    options.add(ready.size());
                }
                Actor actor = ready.get(choices.get(depth));
                interruptions += goesOn && actor != last ? 1 : 0;
                last = actor;
                order.append(actor.name).append(' ');
                actor.steps.removeFirst().run();
                scenario.checkAlways();
            }
            scenario.checkEnd();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "In the order "
                            + order
                            + "(choices "
                            + Arrays.toString(choices.toArray())
                            + "): "
                            + e.getMessage(),
                    e);
        }
    }

    private boolean toNext() {
        for (int last = choices.size() - 1; last >= 0; last--) {
            int next = choices.get(last) + 1;
            if (next < options.get(last)) {
                choices.set(last, next);
                return true;
            }
            choices.remove(last);
            options.remove(last);
        }
        return false;
    }
}

package io.evenkeel.examples.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Everything observed, from any thread: the client's answers of the last minute, and a bell that
 * rings whenever something anywhere was observed.
 */
final class Journal implements RequestClient.Observer {
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private record Stall(long nowNanos, long lateNanos) {}

    private final Deque<Answer> answers = new ArrayDeque<>();
    private final Deque<Stall> stalls = new ArrayDeque<>();
    private final Map<String, Integer> totalByServer = new HashMap<>();
    private final Map<String, Integer> totalByNode = new HashMap<>();
    private int totalAnswers;
    private int totalFailures;

    @Override
    public synchronized void ended(Answer answer) {
        answers.addLast(answer);
        while (answer.endedNanos() - answers.getFirst().endedNanos() > KEPT_NANOS) {
            answers.removeFirst();
        }
        if (answer.server() != null && answer.node() != null) {
            totalAnswers++;
            totalByServer.merge(answer.server(), 1, Integer::sum);
            totalByNode.merge(answer.node(), 1, Integer::sum);
        } else {
            totalFailures++;
        }
        notifyAll();
    }

    @Override
    public synchronized void cameLate(long nowNanos, long lateNanos) {
        stalls.addLast(new Stall(nowNanos, lateNanos));
        while (nowNanos - stalls.getFirst().nowNanos() > KEPT_NANOS) {
            stalls.removeFirst();
        }
    }

    /** The longest that the client was kept from running between the two moments. */
    synchronized long longestStall(long fromNanos, long toNanos) {
        return stalls.stream()
                .filter(stall -> stall.nowNanos() >= fromNanos && stall.nowNanos() <= toNanos)
                .mapToLong(Stall::lateNanos)
                .max()
                .orElse(0);
    }

    /** Something else was observed: whoever waits in {@link #await} looks again. */
    synchronized void ring() {
        notifyAll();
    }

    /** Waits until {@code condition} holds; false if it does not at {@code deadlineNanos}. */
    synchronized boolean await(BooleanSupplier condition, long deadlineNanos)
            throws InterruptedException {
        while (!condition.getAsBoolean()) {
            long leftNanos = deadlineNanos - System.nanoTime();
            if (leftNanos <= 0) {
                return false;
            }
            // Bounded, since not every condition has somebody to ring for it: a process can just
            // die.
            long waitMillis = Math.min(50, TimeUnit.NANOSECONDS.toMillis(leftNanos) + 1);
            wait(waitMillis);
        }
        return true;
    }

    /** The requests that ended within the given time. */
    synchronized Window window(long fromNanos, long toNanos) {
        long before = fromNanos;
        Iterator<Answer> newestFirst = answers.descendingIterator();
        while (newestFirst.hasNext()) {
            Answer answer = newestFirst.next();
            if (answer.endedNanos() < fromNanos && !answer.isFailure()) {
                before = answer.endedNanos();
                break;
            }
        }
        Window.Builder window = new Window.Builder(before);
        for (Answer answer : answers) {
            if (answer.endedNanos() >= fromNanos && answer.endedNanos() <= toNanos) {
                window.add(answer);
            }
        }
        return window.build(toNanos, longestStall(fromNanos, toNanos));
    }

    /** The requests that began at or after the given time and have ended. */
    synchronized Window begunSince(long fromNanos) {
        Window.Builder window = new Window.Builder(fromNanos);
        for (Answer answer : answers) {
            if (answer.startedNanos() >= fromNanos) {
                window.add(answer);
            }
        }
        return window.build(fromNanos, 0);
    }

    /** The nodes that answered in each of the last {@code cells} stretches of {@code cellNanos}. */
    synchronized List<Set<String>> strip(long nowNanos, int cells, long cellNanos) {
        List<Set<String>> strip = new ArrayList<>(cells);
        for (int i = 0; i < cells; i++) {
            strip.add(new HashSet<>(2));
        }
        long nowCell = nowNanos / cellNanos;
        Iterator<Answer> newestFirst = answers.descendingIterator();
        while (newestFirst.hasNext()) {
            Answer answer = newestFirst.next();
            long age = nowCell - answer.endedNanos() / cellNanos;
            if (age >= cells) {
                break;
            }
            if (age >= 0 && answer.node() != null) {
                strip.get((int) (cells - 1 - age)).add(answer.node());
            }
        }
        return strip;
    }

    synchronized int totalAnswers() {
        return totalAnswers;
    }

    synchronized int totalFailures() {
        return totalFailures;
    }

    synchronized int totalFrom(String server) {
        return totalByServer.getOrDefault(server, 0);
    }

    synchronized int totalThrough(String node) {
        return totalByNode.getOrDefault(node, 0);
    }
}

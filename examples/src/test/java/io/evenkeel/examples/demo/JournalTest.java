package io.evenkeel.examples.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class JournalTest {
    private static final long MS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Journal journal = new Journal();

    @Test
    void aWindowCountsWhatEndedInIt() {
        answer(10, "server1", "node1");
        answer(20, "server2", "node1");
        fail(25);
        answer(30, "server1", "node2");
        answer(40, "server2", "node2");

        Window window = journal.window(20 * MS, 30 * MS);

        assertEquals(2, window.answers());
        assertEquals(1, window.failures());
        assertEquals(Map.of("server2", 1, "server1", 1), window.byServer());
        assertEquals(Map.of("node1", 1, "node2", 1), window.byNode());
        assertEquals(Map.of("refused", 1), window.byFailure());
    }

    @Test
    void theGapIsTheLongestTimeBetweenAnswersAndFailuresDoNotEndIt() {
        answer(10, "server1", "node1");
        answer(15, "server2", "node1");
        fail(100);
        fail(200);
        answer(315, "server3", "node2");
        answer(320, "server1", "node2");

        assertEquals(300 * MS, journal.window(0, 325 * MS).longestGapNanos());
    }

    @Test
    void aGapThatBeganBeforeTheWindowCountsFromItsBeginning() {
        answer(10, "server1", "node1");
        answer(200, "server1", "node1");

        assertEquals(190 * MS, journal.window(100 * MS, 201 * MS).longestGapNanos());
    }

    @Test
    void aGapThatIsStillOpenCountsToTheEndOfTheWindow() {
        answer(10, "server1", "node1");
        fail(20);

        assertEquals(490 * MS, journal.window(0, 500 * MS).longestGapNanos());
    }

    @Test
    void whatBeganBeforeAMomentIsNotBegunSince() {
        journal.ended(Answer.failed(10 * MS, 50 * MS, "reset"));
        journal.ended(Answer.of(30 * MS, 51 * MS, "server1", "node1"));

        Window window = journal.begunSince(30 * MS);

        assertEquals(1, window.answers());
        assertEquals(0, window.failures());
    }

    @Test
    void theStripShowsWhoAnsweredInEachCellUpToNow() {
        answer(5, "server1", "node1");
        answer(25, "server1", "node1");
        answer(28, "server1", "node2");
        fail(35);
        answer(45, "server1", "node2");

        assertEquals(
                List.of(Set.of(), Set.of("node1", "node2"), Set.of(), Set.of("node2")),
                journal.strip(49 * MS, 4, 10 * MS));
    }

    @Test
    void onlyTheLastMinuteIsKeptButTheTotalsAreOfEverything() {
        answer(0, "server1", "node1");
        answer(61_000, "server2", "node1");

        assertEquals(1, journal.window(0, 70_000 * MS).answers());
        assertEquals(2, journal.totalAnswers());
        assertEquals(2, journal.totalThrough("node1"));
        assertEquals(1, journal.totalFrom("server1"));
    }

    @Test
    void aStallCountsInTheWindowInWhichItEnded() {
        journal.cameLate(100 * MS, 30 * MS);
        journal.cameLate(200 * MS, 20 * MS);

        assertEquals(30 * MS, journal.window(0, 300 * MS).longestStallNanos());
        assertEquals(20 * MS, journal.window(150 * MS, 300 * MS).longestStallNanos());
        assertEquals(0, journal.window(250 * MS, 300 * MS).longestStallNanos());
    }

    @Test
    void whoWaitsIsWokenByAnAnswer() throws InterruptedException {
        Thread client = new Thread(() -> answer(1, "server1", "node1"));
        client.start();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);

        assertTrue(journal.await(() -> journal.totalAnswers() == 1, deadline));
        assertFalse(journal.await(() -> false, System.nanoTime()));
        client.join();
    }

    private void answer(long millis, String server, String node) {
        journal.ended(Answer.of(millis * MS - MS, millis * MS, server, node));
    }

    private void fail(long millis) {
        journal.ended(Answer.failed(millis * MS - MS, millis * MS, "refused"));
    }
}

package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmoothWeightedRoundRobinTest {
    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource({
        "'1',       A",
        "'7',       A",
        "'1,1,1',   ABC",
        "'9,9,9',   ABC",
        "'5,1,1',   AABACAA",
        "'3,2,1',   ABACBA",
        "'6,4,2',   ABACBA",
        "'1,2,3',   CBACBC",
        "'4,3,2,1', ABCABDACBA",
        "'1,2',     BAB",
    })
    void followsTheOrderOfNginx(String weights, String cycle) {
        SmoothWeightedRoundRobin order = SmoothWeightedRoundRobin.of(weights(weights));
        assertEquals(cycle.repeat(3), letters(order, 3 * cycle.length()));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void everyCycleIsExactAndEveryPrefixIsClose(long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            int[] weights = random.ints(1 + random.nextInt(64), 1, 257).toArray();
            int divisor = gcd(weights);
            int sum = IntStream.of(weights).sum();
            int length = sum / divisor;
            String set = "seed " + seed + " weights " + Arrays.toString(weights);
            SmoothWeightedRoundRobin order = SmoothWeightedRoundRobin.of(weights);
            long[] counts = new long[weights.length];
            for (int turn = 1; turn <= length; turn++) {
                counts[order.next()]++;
                if (turn % 7 == 0 || turn < 100) {
                    for (int i = 0; i < weights.length; i++) {
                        double ideal = (double) turn * weights[i] / sum;
                        int server = i;
                        int now = turn;
                        assertTrue(
                                Math.abs(counts[i] - ideal) < 2.5,
                                () -> set + ": server " + server + " is off after " + now);
                    }
                }
            }
            for (int i = 0; i < weights.length; i++) {
                assertEquals(weights[i] / divisor, counts[i], set + ", server " + i);
            }
        }
    }

    /** Weights whose cycle is too long to compute ahead must give the very same order. */
    @Test
    void longCycleTakesTheSameTurnsAsTheDefinition() {
        int[] weights = IntStream.range(0, 40).map(i -> 90 + (i * 37) % 160).toArray();
        int sum = IntStream.of(weights).sum();
        assertTrue(sum / gcd(weights) > SmoothWeightedRoundRobin.LONGEST_CYCLE);
        SmoothWeightedRoundRobin order = SmoothWeightedRoundRobin.of(weights);
        long[] credits = new long[weights.length];
        for (int turn = 0; turn < 2 * sum; turn++) {
            int best = 0;
            for (int i = 0; i < weights.length; i++) {
                credits[i] += weights[i];
                best = credits[i] > credits[best] ? i : best;
            }
            credits[best] -= sum;
            assertEquals(best, order.next(), "turn " + turn);
        }
    }

    /** Old weights, turns taken, new weights, index of each in the old order, what follows. */
    @ParameterizedTest(name = "{0} after {1} turns becomes {2}: {4} ({5})")
    @CsvSource({
        "'1,1,1',   1, '1,1,1,1', '0,1,2,-1', BCDABCDA, a new server waits for its turn",
        "'1,1,1,1', 2, '1,1,1',   '0,1,2',    CABCAB,   the others go on",
        "'1,1,1',   1, '1,1',     '0,2',      BABA,     the next is gone: the one after it",
        "'5,1,1',   3, '5,1,1',   '0,1,2',    ACAAAAB,  nothing changed",
        "'3,2,1',   3, '3,2,1',   '0,1,2',    CBAABA,   nothing changed",
        "'3,2,1',   3, '3,1,2',   '0,2,1',    BCAACA,   another order of the same",
        "'1,1',     1, '1,1',     '-1,-1',    ABAB,     all are new",
        "'1,1,1',   2, '7,7',     '2,1',      ABAB,     C is next",
    })
    void resumesWhereItWas(
            String old, int turns, String weights, String previous, String expected, String why) {
        SmoothWeightedRoundRobin before = SmoothWeightedRoundRobin.of(weights(old));
        letters(before, turns);
        SmoothWeightedRoundRobin order = before.resume(weights(weights), weights(previous));
        assertEquals(expected, letters(order, expected.length()), why);
    }

    /** Small cycles and long ones, joining and leaving: nobody gains or loses by the changes. */
    @ParameterizedTest(name = "weights {0} to {1}, {2} turns between changes")
    @CsvSource({
        "1, 1, 1",
        "1, 1, 5",
        "1, 3, 1",
        "1, 3, 7",
        "1, 20, 1",
        "1, 20, 2",
        "1, 20, 30",
        "90, 250, 1",
        "90, 250, 5",
        "90, 250, 100"
    })
    void changesNeitherStarveNorFavourAnybody(int lightest, int heaviest, int turns) {
        int servers = 40;
        int[] weights = new int[servers];
        Arrays.setAll(weights, i -> lightest + i * 37 % (heaviest - lightest + 1));
        int[] without = Arrays.copyOf(weights, servers - 1);
        int[] all = IntStream.range(0, servers).toArray();
        all[servers - 1] = -1;
        int[] staying = Arrays.copyOf(all, servers - 1);
        double sum = IntStream.of(without).sum();
        SmoothWeightedRoundRobin order = SmoothWeightedRoundRobin.of(weights);
        long[] counts = new long[servers];
        long stayed = 0;
        for (int change = 0; stayed < 40 * sum / lightest; change++) {
            boolean leaves = change % 2 == 0;
            order = order.resume(leaves ? without : weights, leaves ? staying : all);
            for (int i = 0; i < turns; i++) {
                int index = order.next();
                counts[index]++;
                stayed += index < servers - 1 ? 1 : 0;
            }
        }
        for (int i = 0; i < servers - 1; i++) {
            double ideal = stayed * weights[i] / sum;
            assertEquals(
                    ideal, counts[i], Math.max(2, ideal / 20), "server " + i + " of " + stayed);
        }
    }

    /** Servers that leave after their turn leave the others owed; that must not add up. */
    @Test
    void newServerIsNotKeptWaitingForWhatManyThatLeftHadTaken() {
        int servers = 200;
        SmoothWeightedRoundRobin order = SmoothWeightedRoundRobin.of(heavy(servers));
        while (servers > 20) {
            int leaving = order.next();
            servers--;
            order = order.resume(heavy(servers), without(leaving, servers));
        }
        int[] previous = IntStream.rangeClosed(0, servers).toArray();
        previous[servers] = -1;
        order = order.resume(heavy(servers + 1), previous);
        int waited = 0;
        while (order.next() != servers) {
            waited++;
        }
        assertTrue(waited <= servers + 1, "waited for " + waited + " turns");
    }

    private static int[] heavy(int servers) {
        return IntStream.range(0, servers).map(i -> 256 - i % 2).toArray();
    }

    private static int[] without(int leaving, int servers) {
        return IntStream.range(0, servers).map(i -> i < leaving ? i : i + 1).toArray();
    }

    @Test
    void cycleThatBecomesTooLongGoesOnWhereItWas() {
        int[] small = {3, 2, 1};
        SmoothWeightedRoundRobin before = SmoothWeightedRoundRobin.of(small);
        letters(before, 3);
        int[] weights = IntStream.range(0, 40).map(i -> 90 + (i * 37) % 160).toArray();
        int[] previous = new int[weights.length];
        Arrays.fill(previous, -1);
        for (int i = 0; i < small.length; i++) {
            previous[i] = i;
        }
        SmoothWeightedRoundRobin order = before.resume(weights, previous);
        assertEquals(2, order.next(), "C has had least of its share");
        SmoothWeightedRoundRobin shrunk = order.resume(small, new int[] {0, 1, 2});
        assertEquals("BAABAC", letters(shrunk, 6), "and back again");
    }

    @ParameterizedTest(name = "weights up to {0}")
    @ValueSource(ints = {4, 250})
    void turnsTakenByManyThreadsAreExactTogether(int heaviest) throws Exception {
        int[] weights = IntStream.range(0, 37).map(i -> 1 + i * 31 % heaviest).toArray();
        int sum = IntStream.of(weights).sum();
        int divisor = gcd(weights);
        SmoothWeightedRoundRobin order = SmoothWeightedRoundRobin.of(weights);
        int threads = 4;
        long[] counts = new long[weights.length];
        for (long[] part : inParallel(threads, () -> count(order, weights.length, sum / divisor))) {
            for (int i = 0; i < counts.length; i++) {
                counts[i] += part[i];
            }
        }
        for (int i = 0; i < counts.length; i++) {
            assertEquals((long) threads * weights[i] / divisor, counts[i], "server " + i);
        }
    }

    private static long[] count(SmoothWeightedRoundRobin order, int servers, int turns) {
        long[] counts = new long[servers];
        for (int i = 0; i < turns; i++) {
            counts[order.next()]++;
        }
        return counts;
    }

    private static <T> List<T> inParallel(int threads, Callable<T> task)
            throws InterruptedException, ExecutionException {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }

    private static int[] weights(String text) {
        return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
    }

    private static int gcd(int[] weights) {
        return IntStream.of(weights).reduce(0, SmoothWeightedRoundRobinTest::gcd);
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static String letters(SmoothWeightedRoundRobin order, int turns) {
        StringBuilder letters = new StringBuilder();
        for (int i = 0; i < turns; i++) {
            letters.append((char) ('A' + order.next()));
        }
        return letters.toString();
    }
}

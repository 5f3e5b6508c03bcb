package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
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

    @Test
    void peekTakesNoTurn() {
        SmoothWeightedRoundRobin order = SmoothWeightedRoundRobin.of(new int[] {3, 2, 1});
        assertEquals(0, order.next());
        assertEquals(1, order.peek(i -> true));
        assertEquals(1, order.peek(i -> true));
        assertEquals(2, order.peek(i -> i == 2));
        assertEquals(-1, order.peek(i -> false));
        assertEquals("BACBA", letters(order, 5));
    }

    @Test
    void resumesWithTheServerThatIsNextAndStaysExact() {
        // C is next; the turn before the middle of the cycle is its first at or after the phase.
        SmoothWeightedRoundRobin order =
                SmoothWeightedRoundRobin.resume(new int[] {3, 2, 1}, 2, 0.5);
        assertEquals("CBAABA", letters(order, 6));
        assertEquals("CBAABA", letters(order, 6));
    }

    @ParameterizedTest(name = "phase {0} of the cycle AABACAA")
    @CsvSource({"0.0, AABACAA", "0.15, ABACAAA", "0.45, ACAAAAB", "0.7, AAAABAC"})
    void resumesAtTheTurnNearestToThePhase(double phase, String expected) {
        SmoothWeightedRoundRobin order =
                SmoothWeightedRoundRobin.resume(new int[] {5, 1, 1}, 0, phase);
        assertEquals(expected, letters(order, 7));
    }

    @Test
    void longCycleResumesWithTheServerThatIsNext() {
        int[] weights = IntStream.range(0, 40).map(i -> 90 + (i * 37) % 160).toArray();
        int lightest = 0;
        for (int i = 0; i < weights.length; i++) {
            lightest = weights[i] < weights[lightest] ? i : lightest;
        }
        SmoothWeightedRoundRobin order = SmoothWeightedRoundRobin.resume(weights, lightest, 0);
        assertEquals(lightest, order.peek(i -> true));
        assertEquals(lightest, order.next());
        assertTrue(order.next() != lightest, "one turn ahead, and no more");
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

    private static <T> List<T> inParallel(int threads, java.util.concurrent.Callable<T> task)
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

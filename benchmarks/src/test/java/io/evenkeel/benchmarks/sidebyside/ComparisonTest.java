package io.evenkeel.benchmarks.sidebyside;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static Results results() {
        Results results = Results.startedWith("a", "b");
        results.noteContestant("a", "");
        results.noteContestant("b", "");
        return results;
    }

    private static void add(Results results, String contestant, Row row, double... byRound) {
        for (int i = 0; i < byRound.length; i++) {
            results.add(new Figure(contestant, row, i + 1, byRound[i]));
        }
    }

    @Test
    void ratiosAreOfTheSameRoundAndNotOfMedians() {
        Results results = results();
        add(results, "a", Row.CONNECTIONS, 100, 200, 400);
        add(results, "b", Row.CONNECTIONS, 150, 100, 400);
        Comparison comparison = Comparison.of(results, "b", Row.CONNECTIONS);
        assertEquals(new Spread(150, 100, 400), comparison.values());
        assertEquals(new Spread(1, 0.5, 1.5), comparison.ratios());
        assertEquals("1.00 (0.50 to 1.50)", comparison.ratios().text());
    }

    @Test
    void theReferenceHasNoRatios() {
        Results results = results();
        add(results, "a", Row.CONNECTIONS, 100);
        add(results, "b", Row.BULK_UP, 100);
        assertTrue(Comparison.of(results, "a", Row.CONNECTIONS).ratios().isEmpty());
        assertTrue(Comparison.of(results, "b", Row.BULK_UP).ratios().isEmpty());
    }

    @Test
    void aRoundInWhichEitherFailedHasNoRatio() {
        Results results = results();
        add(results, "a", Row.CONNECTIONS, 100, 200);
        results.add(new Figure("b", Row.CONNECTIONS, 2, 300));
        results.add(new Figure("b", Row.CONNECTIONS, 3, 500));
        assertEquals(
                new Spread(1.5, 1.5, 1.5), Comparison.of(results, "b", Row.CONNECTIONS).ratios());
    }

    @Test
    void theMedianOfAnEvenNumberIsBetweenTheTwoInTheMiddle() {
        assertEquals(new Spread(2.5, 1, 9), Spread.of(List.of(9.0, 2.0, 1.0, 3.0)));
    }

    @Test
    void theInverseIsOfTheValues() {
        assertEquals(new Spread(0.5, 0.25, 1), new Spread(2, 1, 4).inverse());
    }
}

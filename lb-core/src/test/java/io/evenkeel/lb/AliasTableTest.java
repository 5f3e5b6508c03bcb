package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Draws are as frequent as the weights say. */
class AliasTableTest {
    @Test
    void anyWeightsAreDrawnAsOftenAsTheySay() {
        Random random = new Random(2);
        for (int round = 0; round < 20; round++) {
            int[] weights = random.ints(1 + random.nextInt(20), 1, 257).toArray();
            AliasTable table = new AliasTable(weights);
            int draws = 200_000;
            int[] counts = new int[weights.length];
            for (int i = 0; i < draws; i++) {
                counts[table.draw(random.nextLong())]++;
            }
            double sum = Arrays.stream(weights).sum();
            for (int i = 0; i < weights.length; i++) {
                double expected = draws * weights[i] / sum;
                assertEquals(
                        expected,
                        counts[i],
                        6 * Math.sqrt(expected) + 1,
                        "round " + round + " of " + Arrays.toString(weights));
            }
        }
    }
}

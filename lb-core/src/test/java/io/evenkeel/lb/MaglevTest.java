package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.candidates;
import static io.evenkeel.lb.Fixture.many;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table that servers fill in turns. */
class MaglevTest {
    @ParameterizedTest(name = "{0} places")
    @ValueSource(ints = {Maglev.SMALL, Maglev.LARGE})
    void aHundredEqualServersHaveEqualParts(int size) {
        int[] counts =
                counts(new Maglev(candidates(many(Balance.first(), 100)), size).table(), 100);
        int least = Arrays.stream(counts).min().orElseThrow();
        int most = Arrays.stream(counts).max().orElseThrow();
        assertTrue(most - least <= 0.02 * size / 100, least + " to " + most);
    }

    @Test
    void aServerThatGoesMovesFewKeysOfOthers() {
        Backend backend = many(Balance.first(), 100);
        int[] before = table(backend.servers(), Maglev.SMALL);
        List<Server> rest = new ArrayList<>(backend.servers());
        rest.remove(37);
        int[] after = table(rest, Maglev.SMALL);
        int moved = 0;
        for (int i = 0; i < before.length; i++) {
            if (before[i] != 37 && backend.servers().get(before[i]) != rest.get(after[i])) {
                moved++;
            }
        }
        assertTrue(moved <= 0.015 * before.length, moved + " moved");
    }

    @Test
    void theOrderOfTheFileDoesNotMatter() {
        Backend backend = many(Balance.first(), 50);
        List<Server> shuffled = new ArrayList<>(backend.servers());
        Collections.shuffle(shuffled, new Random(3));
        assertArrayEquals(
                names(backend.servers(), table(backend.servers(), Maglev.SMALL)),
                names(shuffled, table(shuffled, Maglev.SMALL)));
    }

    @Test
    void weightsDivideTheTable() {
        Backend backend = many(Balance.first(), new int[] {1, 2});
        int[] counts = counts(new Maglev(candidates(backend), Maglev.SMALL).table(), 2);
        assertEquals(21_845.5, counts[0], 0.5);
        assertEquals(43_691.5, counts[1], 0.5);
    }

    @Test
    void anyWeightsDivideTheTable() {
        Random random = new Random(4);
        for (int round = 0; round < 10; round++) {
            int[] weights = random.ints(2 + random.nextInt(30), 1, 257).toArray();
            int[] counts =
                    counts(
                            new Maglev(candidates(many(Balance.first(), weights)), Maglev.SMALL)
                                    .table(),
                            weights.length);
            double sum = Arrays.stream(weights).sum();
            for (int i = 0; i < weights.length; i++) {
                double part = Maglev.SMALL * weights[i] / sum;
                assertEquals(part, counts[i], 2 + 0.01 * part, Arrays.toString(weights));
            }
        }
    }

    /** A table that changes with a release moves every client; this one is of three servers and seed 7. */
    @Test
    void theTableIsTheSameInEveryRelease() {
        int[] table = table(many(Balance.first(), 3).servers(), Maglev.SMALL);
        long hash = 0;
        for (int server : table) {
            hash = Hash64.of(server, hash);
        }
        assertEquals(GOLDEN, Long.toHexString(hash));
    }

    private static final String GOLDEN = "e1da1d92198b1479";

    private static int[] table(List<Server> servers, int size) {
        int[] weights = new int[servers.size()];
        Arrays.fill(weights, 1);
        int[] previous = new int[weights.length];
        Candidates candidates =
                new Candidates(
                        servers,
                        weights,
                        WeightScale.of(weights),
                        7,
                        new BackendLoad(),
                        null,
                        previous);
        return new Maglev(candidates, size).table();
    }

    private static String[] names(List<Server> servers, int[] table) {
        return Arrays.stream(table).mapToObj(i -> servers.get(i).name()).toArray(String[]::new);
    }

    private static int[] counts(int[] table, int servers) {
        int[] counts = new int[servers];
        for (int server : table) {
            counts[server]++;
        }
        return counts;
    }
}

package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.many;
import static io.evenkeel.lb.Fixture.pick;
import static io.evenkeel.lb.Fixture.up;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers by chance. */
class RandomChoiceTest {
    private final List<Integer> offered = new ArrayList<>();
    private final Selector.Offer refusal =
            index -> {
                offered.add(index);
                return false;
            };

    @Test
    void theLessLoadedOfTwoDifferentServersIsOfferedFirst() {
        Backend backend = up(Balance.powerOfTwo(), 1, 2, 3);
        for (int i = 0; i < 6; i++) {
            // 2 for weight 1, 2 for weight 2, 2 for weight 3: B is at 1, C at 2/3.
            backend.servers().get(i % 3).tryAcquire(null);
        }
        Selector selector = new RandomChoice(Fixture.candidates(backend), 2);
        for (int i = 0; i < 10_000; i++) {
            offered.clear();
            assertEquals(Selector.NONE, selector.select(0, 0, refusal));
            int winner = offered.get(0);
            int loser = offered.get(1);
            assertNotEquals(winner, loser);
            assertTrue(winner > loser, "load per weight is 2, 1 and 2/3, offered " + offered);
            assertTrue(offered.containsAll(List.of(0, 1, 2)), offered.toString());
        }
    }

    @Test
    void oneServerAndTwoAreNoSpecialCase() {
        for (int count = 1; count <= 2; count++) {
            Selector selector =
                    new RandomChoice(Fixture.candidates(many(Balance.first(), count)), 2);
            for (int i = 0; i < 1_000; i++) {
                offered.clear();
                selector.select(0, 0, refusal);
                assertEquals(count, offered.stream().distinct().count());
                assertTrue(count == 1 || !offered.get(0).equals(offered.get(1)));
            }
        }
    }

    @Test
    void oneDrawGoesByTheWeights() {
        Backend backend = up(Balance.random(), 1, 2, 5);
        int[] counts = new int[3];
        for (int i = 0; i < 80_000; i++) {
            try (Lease lease = pick(backend)) {
                counts[backend.servers().indexOf(lease.server())]++;
            }
        }
        assertEquals(10_000, counts[0], 500);
        assertEquals(20_000, counts[1], 700);
        assertEquals(50_000, counts[2], 900);
    }

    @Test
    void twoDrawsKeepTheGreatestLoadNearTheMean() {
        int greatestOfOne = greatest(many(Balance.random(), 100));
        int greatestOfTwo = greatest(many(Balance.powerOfTwo(), 100));
        assertTrue(greatestOfTwo <= 14, "mean 10, greatest " + greatestOfTwo);
        assertTrue(greatestOfOne > 15, "mean 10, greatest " + greatestOfOne);
    }

    @Test
    void theSameSeedDrawsTheSame() {
        Backend one = many(Balance.powerOfTwo(), 50);
        Backend other = many(Balance.powerOfTwo(), 50);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(pick(one).server().name(), pick(other).server().name());
        }
    }

    private static int greatest(Backend backend) {
        for (int i = 0; i < 1_000; i++) {
            pick(backend);
        }
        return backend.servers().stream().mapToInt(Server::inFlight).max().orElseThrow();
    }
}

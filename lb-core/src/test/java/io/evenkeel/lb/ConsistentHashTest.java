package io.evenkeel.lb;

import static io.evenkeel.lb.Fixture.home;
import static io.evenkeel.lb.Fixture.many;
import static io.evenkeel.lb.Fixture.pick;
import static io.evenkeel.lb.Fixture.set;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What all ways promise that keep a key on its server. */
class ConsistentHashTest {
    private static final int KEYS = 20_000;

    static Stream<Balance> hashes() {
        return Stream.of(
                Balance.hash(BalanceKey.SOURCE),
                Balance.ring(BalanceKey.SOURCE),
                Balance.boundedRing(BalanceKey.SOURCE, 125),
                Balance.maglev(BalanceKey.SOURCE),
                Balance.largeMaglev(BalanceKey.SOURCE),
                Balance.rendezvous(BalanceKey.SOURCE));
    }

    static Stream<Balance> consistent() {
        return hashes().filter(balance -> !balance.keyword().equals("source"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hashes")
    void aKeyStaysAndKeysAreSharedByWeight(Balance balance) {
        Backend backend = many(balance, new int[] {1, 2, 3, 4});
        int[] counts = new int[4];
        for (long key = 0; key < KEYS; key++) {
            String home = home(backend, key);
            assertEquals(home, home(backend, key));
            counts[Integer.parseInt(home.substring(1))]++;
        }
        for (int i = 0; i < counts.length; i++) {
            double part = KEYS * (i + 1) / 10.0;
            assertEquals(part, counts[i], 0.15 * part, balance.keyword() + ", server " + i);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hashes")
    void aServerThatReturnsGetsItsKeysBack(Balance balance) {
        Backend backend = checked(balance, 10);
        Map<Long, String> before = homes(backend);
        set(backend, "s4", HealthState.DOWN);
        homes(backend).values().forEach(home -> assertNotEquals("s4", home));
        set(backend, "s4", HealthState.UP);
        assertEquals(before, homes(backend));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("consistent")
    void aServerThatGoesMovesItsOwnKeysAndFewOthers(Balance balance) {
        Backend backend = checked(balance, 10);
        Map<Long, String> before = homes(backend);
        set(backend, "s4", HealthState.DOWN);
        Map<Long, String> after = homes(backend);
        long moved =
                before.keySet().stream()
                        .filter(key -> !before.get(key).equals("s4"))
                        .filter(key -> !before.get(key).equals(after.get(key)))
                        .count();
        boolean exact = !balance.keyword().contains("maglev");
        assertTrue(moved <= (exact ? 0 : KEYS / 50), balance.keyword() + " moved " + moved);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hashes")
    void theOrderOfTheFileDoesNotMatter(Balance balance) {
        BackendConfig.Builder forth = BackendConfig.builder("web").balance(balance);
        BackendConfig.Builder back = BackendConfig.builder("web").balance(balance);
        for (int i = 0; i < 7; i++) {
            forth.server(Fixture.server("s" + i).weight(i + 1).build());
            back.server(Fixture.server("s" + (6 - i)).weight(7 - i).build());
        }
        assertEquals(homes(new Backend(forth.build())), homes(new Backend(back.build())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hashes")
    void aFullHomeSendsItsKeysToDifferentServers(Balance balance) {
        BackendConfig.Builder config =
                BackendConfig.builder("web").balance(balance).hashAffinity(HashAffinity.MAXCONN);
        for (int i = 0; i < 10; i++) {
            config.server(Fixture.server("s" + i).maxConnections(i == 3 ? 1 : 0).build());
        }
        Backend backend = new Backend(config.build());
        long[] keys =
                LongStream.range(0, KEYS).filter(key -> home(backend, key).equals("s3")).toArray();
        pick(backend, keys[0]);
        long others = Arrays.stream(keys).mapToObj(key -> home(backend, key)).distinct().count();
        assertTrue(others >= 5, balance.keyword() + ": to " + others);
    }

    @Test
    void aBoundedRingLetsNoServerHaveMoreThanItsPart() {
        int servers = 10;
        Backend backend = many(Balance.boundedRing(BalanceKey.SOURCE, 125), servers);
        for (int connections = 0; connections < 1_000; connections++) {
            pick(backend, 42);
            int bound = (int) Math.ceil(1.25 * (connections + 1) / servers);
            int most = backend.servers().stream().mapToInt(Server::inFlight).max().orElseThrow();
            assertTrue(most <= bound, most + " of " + (connections + 1) + ", bound " + bound);
        }
        assertEquals(1_000, backend.servers().stream().mapToInt(Server::inFlight).sum());
    }

    @Test
    void aBoundedRingKeepsAKeyAtHomeWhileItsPartLasts() {
        Backend backend = many(Balance.boundedRing(BalanceKey.SOURCE, 200), 10);
        String home = home(backend, 42);
        for (long key = 1_000; key < 2_000; key++) {
            pick(backend, key);
        }
        assertEquals(home, home(backend, 42));
    }

    @Test
    void aWeightThatChangesMovesNoKeyBetweenOthers() {
        Backend backend = many(Balance.ring(BalanceKey.SOURCE), new int[] {100, 100, 100, 100});
        Map<Long, String> before = homes(backend);
        backend.setWeight(Fixture.server(backend, "s002"), 99, 0);
        homes(backend)
                .forEach(
                        (key, home) ->
                                assertTrue(
                                        home.equals(before.get(key))
                                                || before.get(key).equals("s002"),
                                        key + " went from " + before.get(key) + " to " + home));
    }

    @Test
    void aRingHasAsManyPointsAsTheWeightsOfAllServersSay() {
        WeightScale scale = WeightScale.of(100, 200, 300);
        assertEquals(160, HashRing.points(100, scale));
        assertEquals(480, HashRing.points(300, scale));
        WeightScale uneven = WeightScale.of(1, 256);
        assertEquals(HashRing.MOST_POINTS, HashRing.points(256, uneven));
        assertEquals(HashRing.MOST_POINTS / 256, HashRing.points(1, uneven));
    }

    /** Clients keep to their servers through an upgrade; the homes of the first twenty keys. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("hashes")
    void theHomesAreTheSameInEveryRelease(Balance balance) {
        Backend backend = many(balance, new int[] {1, 2, 3});
        StringBuilder homes = new StringBuilder();
        for (long key = 0; key < 20; key++) {
            homes.append(home(backend, key).charAt(3));
        }
        assertEquals(GOLDEN.get(balance.keyword()), homes.toString());
    }

    private static final Map<String, String> GOLDEN =
            Map.of(
                    "source", "02221220121012121110",
                    "ring", "12102222122221012021",
                    "ring 125", "12102222122221012021",
                    "maglev", "22210211022222122222",
                    "large-maglev", "12220222112212221112",
                    "rendezvous", "22202210121102212222");

    private static Backend checked(Balance balance, int servers) {
        BackendConfig.Builder config = BackendConfig.builder("web").balance(balance);
        for (int i = 0; i < servers; i++) {
            config.server(Fixture.server("s" + i).check(Fixture.CHECK).build());
        }
        Backend backend = new Backend(config.build());
        List.copyOf(backend.servers()).forEach(s -> set(backend, s, HealthState.UP));
        return backend;
    }

    private static Map<Long, String> homes(Backend backend) {
        Map<Long, String> homes = new HashMap<>();
        for (long key = 0; key < KEYS; key++) {
            homes.put(key, home(backend, key));
        }
        return homes;
    }
}

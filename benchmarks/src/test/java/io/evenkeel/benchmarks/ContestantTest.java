package io.evenkeel.benchmarks;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.benchmarks.RivalsBenchmark.Connection;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is compared does choose: by each contestant, the servers all have connections. */
class ContestantTest {
    @ParameterizedTest
    @EnumSource
    void choosesEveryServer(Contestant contestant) {
        Contestant.Choice choice = contestant.of(10);
        Connection connection = new Connection();
        Set<Object> chosen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            Object server = choice.choose(connection);
            assertNotNull(server);
            chosen.add(server);
        }
        // By latency the slowest one is never the better of two.
        assertTrue(chosen.size() >= 9, () -> "of 10 servers only " + chosen);
    }
}

package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table answers as going through the rules one by one does. */
class RoutingTableTest {
    private static final long SEED = 20_261_126L;

    @Test
    void theFirstRuleThatHoldsWins() {
        RoutingTable table =
                RoutingTable.of(
                        List.of(
                                Condition.source("10.1.2.0/24"),
                                Condition.sni("*.example.com"),
                                Condition.source("10.0.0.0/8"),
                                Condition.sni("www.example.com"),
                                Condition.destinationPort(25, 25)));
        assertEquals(0, table.decide(RandomRouting.facts("10.1.2.3", 25, "www.example.com")));
        assertEquals(1, table.decide(RandomRouting.facts("10.9.9.9", 25, "www.example.com")));
        assertEquals(2, table.decide(RandomRouting.facts("10.9.9.9", 25, "www.example.org")));
        assertEquals(4, table.decide(RandomRouting.facts("192.0.2.1", 25, null)));
        assertEquals(RoutingTable.NONE, table.decide(RandomRouting.facts("192.0.2.1", 26, null)));
    }

    @Test
    void aRuleThatIsNotKnownYetHoldsUpTheRulesAfterItAndNoneBeforeIt() {
        RoutingTable table =
                RoutingTable.of(
                        List.of(
                                Condition.source("10.0.0.0/8"),
                                Condition.sni("a.example"),
                                Condition.source("192.0.2.0/24")));
        assertEquals(Set.of(Condition.Need.TLS), table.needs());
        assertEquals(0, table.decide(RandomRouting.addresses("10.0.0.1", 80)));
        ConnectionFacts facts = RandomRouting.addresses("192.0.2.1", 80);
        assertEquals(RoutingTable.UNDECIDED, table.decide(facts));
        facts.end();
        assertEquals(2, table.decide(facts));
        ConnectionFacts tls = RandomRouting.addresses("192.0.2.1", 80);
        tls.tls("A.Example.", List.of());
        assertEquals(1, table.decide(tls));
        ConnectionFacts plain = RandomRouting.addresses("192.0.2.1", 80);
        plain.noTls();
        assertEquals(2, table.decide(plain));
    }

    @Test
    void anEmptyTableDecidesNothing() {
        assertEquals(
                RoutingTable.NONE,
                RoutingTable.of(List.of()).decide(RandomRouting.addresses("192.0.2.1", 1)));
    }

    @Test
    void randomRulesAreDecidedAsOneByOne() {
        int decided = 0;
        for (int round = 0; round < 400; round++) {
            long seed = SEED + round;
            RandomRouting random = new RandomRouting(new Random(seed));
            List<Condition> conditions = random.conditions(1 + round % 60);
            RoutingTable table = RoutingTable.of(conditions);
            for (int i = 0; i < 200; i++) {
                ConnectionFacts facts = random.facts();
                int expected = oneByOne(conditions, facts);
                assertEquals(
                        expected,
                        table.decide(facts),
                        () -> "seed " + seed + ", rules " + conditions);
                decided += expected >= 0 ? 1 : 0;
            }
        }
        assertTrue(decided > 10_000 && decided < 70_000, decided + " were decided");
    }

    private static int oneByOne(List<Condition> conditions, ConnectionFacts facts) {
        for (int i = 0; i < conditions.size(); i++) {
            Truth truth = conditions.get(i).test(facts);
            if (truth != Truth.FALSE) {
                return truth == Truth.TRUE ? i : RoutingTable.UNDECIDED;
            }
        }
        return RoutingTable.NONE;
    }

    @Test
    void decidingAllocatesNothing() {
        RandomRouting random = new RandomRouting(new Random(SEED));
        RoutingTable table = RoutingTable.of(random.conditions(1000));
        List<ConnectionFacts> connections = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            connections.add(random.facts());
        }
        int rounds = 100;
        decideAll(table, connections, rounds);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        decideAll(table, connections, rounds);
        long bytes = threads.getThreadAllocatedBytes(thread) - before;
        // The measurement itself may cost some bytes, yet far less than one for each decision.
        assertTrue(bytes < 10_000, rounds * 1000 + " decisions allocated " + bytes + " bytes");
    }

    private static void decideAll(
            RoutingTable table, List<ConnectionFacts> connections, int rounds) {
        int sum = 0;
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < connections.size(); i++) {
                sum += table.decide(connections.get(i));
            }
        }
        assertTrue(sum != 1);
    }
}

package io.evenkeel.benchmarks;

import io.evenkeel.lb.Condition;
import io.evenkeel.lb.ConnectionFacts;
import io.evenkeel.lb.RoutingTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Deciding which of many rules holds first for a connection, another one each time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RoutingBenchmark {
    /** A power of two, and enough to meet most of the rules. */
    private static final int CONNECTIONS = 4096;

    /** How many rules there are. */
    @Param({"10000"})
    public int rules;

    /** What they look at. */
    @Param public Kind kind;

    private RoutingTable table = RoutingTable.of(List.of());
    private final ConnectionFacts[] connections = new ConnectionFacts[CONNECTIONS];

    /** The kinds of rules. */
    public enum Kind {
        /** The client's network, of 8 to 32 bits. */
        SOURCE,
        /** The name in the TLS ClientHello, every fourth with a wildcard. */
        SNI,
        /** The two in turn, and both at once. */
        MIXED
    }

    /** Where a thread is among the connections. */
    @State(Scope.Thread)
    public static class Position {
        private int next;

        int next() {
            return next++ & (CONNECTIONS - 1);
        }
    }

    /** Rules by chance, and connections of which about half meet one. */
    @Setup
    public void build() {
        Random random = new Random(20_261_126L);
        List<Condition> conditions = new ArrayList<>();
        List<int[]> networks = new ArrayList<>();
        for (int i = 0; i < rules; i++) {
            int[] network = {random.nextInt(), 8 + random.nextInt(25)};
            networks.add(network);
            Condition source = Condition.source(text(network[0]) + "/" + network[1]);
            Condition sni = Condition.sni(i % 4 == 0 ? "*.zone" + i + ".example" : name(i));
            conditions.add(
                    switch (kind) {
                        case SOURCE -> source;
                        case SNI -> sni;
                        case MIXED -> i % 3 == 0 ? source : i % 3 == 1 ? sni : source.and(sni);
                    });
        }
        table = RoutingTable.of(conditions);
        for (int i = 0; i < CONNECTIONS; i++) {
            int rule = random.nextInt(2 * rules);
            int address = random.nextInt();
            if (rule < rules) {
                int host = 32 - networks.get(rule)[1];
                int mask = host == 32 ? -1 : (1 << host) - 1;
                address = networks.get(rule)[0] & ~mask | address & mask;
            }
            ConnectionFacts facts =
                    new ConnectionFacts(bytes(address), 40_000, new byte[] {10, 0, 0, 1}, 443);
            facts.tls(rule % 4 == 0 ? "www.zone" + rule + ".example" : name(rule), List.of("h2"));
            facts.noHttp();
            connections[i] = facts;
        }
    }

    private static String name(int number) {
        return "host" + number + ".customer" + number / 10 + ".example.com";
    }

    private static byte[] bytes(int address) {
        return new byte[] {
            (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
        };
    }

    private static String text(int address) {
        return (address >>> 24)
                + "."
                + (address >> 16 & 0xff)
                + "."
                + (address >> 8 & 0xff)
                + "."
                + (address & 0xff);
    }

    /** One decision. */
    @Benchmark
    public int decide(Position position) {
        return table.decide(connections[position.next()]);
    }
}

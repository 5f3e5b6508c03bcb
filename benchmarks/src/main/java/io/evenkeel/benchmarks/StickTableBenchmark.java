package io.evenkeel.benchmarks;

import io.evenkeel.lb.StickKeyBuffer;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** A stick table by the clients' IPv4 addresses: a client that is known, one that is not, and one that was forgotten. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StickTableBenchmark {
    private static final long SEED = 20_261_126L;
    private static final String SERVER = "s1";

    /** Of Fibonacci: clients are looked up in no order that a table may have. */
    private static final int STRIDE = 0x9E3779B1;

    /** How many entries there are. */
    @Param({"100000"})
    public int entries;

    private StickTable full = table(1, Duration.ZERO);
    private StickTable expiring = table(1, Duration.ZERO);

    /** Who comes next, and when; the clock goes on by a second for each. */
    @State(Scope.Thread)
    public static class Client {
        private final StickKeyBuffer key = new StickKeyBuffer(StickKeyType.ip());
        private final byte[] address = new byte[4];
        private int next;
        private long nowNanos;

        /** Those that the tables know are the last ones. */
        @Setup
        public void begin(StickTableBenchmark tables) {
            next = tables.entries;
            nowNanos = seconds(tables.entries - 1);
        }

        private StickKeyBuffer known(int entries) {
            next = (next + STRIDE) & Integer.MAX_VALUE;
            return key(next % entries);
        }

        private StickKeyBuffer unknown() {
            nowNanos += seconds(1);
            return key(next++);
        }

        private StickKeyBuffer key(int number) {
            address[0] = (byte) (number >> 24);
            address[1] = (byte) (number >> 16);
            address[2] = (byte) (number >> 8);
            address[3] = (byte) number;
            key.setAddress(address);
            return key;
        }
    }

    /** One that has as many as it may, and one whose entries go when as many others have come. */
    @Setup
    public void fill() {
        full = table(entries, Duration.ZERO);
        expiring = table(2 * entries, Duration.ofSeconds(entries));
        Client client = new Client();
        for (int i = 0; i < entries; i++) {
            full.storeIfAbsent(client.key(i), SERVER, seconds(i));
            expiring.storeIfAbsent(client.key(i), SERVER, seconds(i));
        }
    }

    private static StickTable table(int size, Duration expire) {
        StickTableConfig config =
                StickTableConfig.builder(StickKeyType.ip(), size).expire(expire).build();
        return new StickTable("bench", config, SEED);
    }

    private static long seconds(int count) {
        return TimeUnit.SECONDS.toNanos(count);
    }

    /** A client that is known: the server that it is on. */
    @Benchmark
    public String hit(Client client) {
        String server = full.match(client.known(entries), client.nowNanos);
        if (server == null) {
            throw new IllegalStateException("A client that was stored is not known.");
        }
        return server;
    }

    /** The same from two threads. */
    @Benchmark
    @Threads(2)
    public String hitByTwo(Client client) {
        return hit(client);
    }

    /** A client that is not known, and then is, in place of the one that was not there for longest. */
    @Benchmark
    public @Nullable String missAndInsert(Client client) {
        StickKeyBuffer key = client.unknown();
        if (full.match(key, client.nowNanos) != null) {
            throw new IllegalStateException("A client that never came is known.");
        }
        return full.storeIfAbsent(key, SERVER, client.nowNanos);
    }

    /** A client that is new, and another that is forgotten. */
    @Benchmark
    public int insertAndExpire(Client client) {
        expiring.storeIfAbsent(client.unknown(), SERVER, client.nowNanos);
        int expired = expiring.expire(client.nowNanos);
        if (expired == 0) {
            throw new IllegalStateException("No entry has expired.");
        }
        return expired;
    }
}

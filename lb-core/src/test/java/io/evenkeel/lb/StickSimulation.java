package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;

/** Nodes with a table each, and a network that loses, doubles and reorders what they tell each other, in virtual time. */
final class StickSimulation {
    private static final long STEP = 20_000_000L;
    private static final int KEYS = 60;

    private record Message(int to, StickUpdate update, long arrivalNanos) {}

    /** The last write of a key, as somebody sees it who sees all nodes; no server: it was removed. */
    private record Write(StickVersion version, String server) {}

    private final Random random;
    private final long seed;
    private final Duration expire;
    private final List<StickTable> tables = new ArrayList<>();
    private final List<Message> underway = new ArrayList<>();
    private final Map<StickKey, Write> lastWrites = new HashMap<>();
    private boolean partitioned;
    private boolean reliable;
    private long now;

    StickSimulation(int nodes, long seed, Duration expire) {
        random = new Random(seed);
        this.seed = seed;
        this.expire = expire;
        now = random.nextLong();
        for (int node = 0; node < nodes; node++) {
            tables.add(newTable(node, 0));
        }
    }

    private StickTable newTable(int node, long firstClock) {
        StickTable table =
                new StickTable(
                        "t",
                        StickTableConfig.builder(StickKeyType.integer(), 1000)
                                .expire(expire)
                                .store(StickDataType.GPT0)
                                .store(StickDataType.CONN_CNT)
                                .build(),
                        random.nextLong(),
                        new StickNode("node" + node, firstClock));
        table.replication().addListener((source, update, at) -> told(node, update));
        return table;
    }

    /** The node starts with an empty table and a clock that is ahead. */
    void restart(int node) {
        tables.set(node, newTable(node, 1_000_000));
    }

    StickTable table(int node) {
        return tables.get(node);
    }

    long now() {
        return now;
    }

    /** One half of the nodes hears nothing of the other. */
    void setPartitioned(boolean value) {
        partitioned = value;
    }

    private void told(int from, StickUpdate update) {
        if (update.kind() != StickUpdate.Kind.COUNTS) {
            Write write =
                    new Write(update.version(), Objects.requireNonNullElse(update.server(), ""));
            lastWrites.merge(
                    update.key(),
                    write,
                    (one, other) -> one.version.compareTo(other.version) > 0 ? one : other);
        }
        for (int to = 0; to < tables.size(); to++) {
            boolean cut = partitioned && (from == 0) != (to == 0);
            int copies =
                    reliable ? 1 : random.nextInt(10) == 0 ? 0 : random.nextInt(10) == 0 ? 2 : 1;
            for (int copy = 0; to != from && !cut && copy < copies; copy++) {
                long delay = (long) (Math.pow(random.nextDouble(), 4) * 2_000_000_000L);
                underway.add(new Message(to, update, now + delay));
            }
        }
    }

    /** Clients come to any node, and people remove entries, for so long. */
    void run(long durationNanos) {
        long end = now + durationNanos;
        while (now - end < 0) {
            advance(STEP);
            StickTable table = tables.get(random.nextInt(tables.size()));
            StickKeyBuffer key = table.newKey();
            key.setInteger(random.nextInt(KEYS));
            String server = "s" + random.nextInt(5);
            switch (random.nextInt(20)) {
                case 0 -> table.remove(key.toKey(), now);
                case 1 -> table.mark(key, random.nextInt(100), now);
                case 2, 3, 4 -> table.track(key, now).release(now);
                case 5, 6, 7 -> table.store(key, server, now);
                case 8 -> {
                    if (random.nextInt(10) == 0) {
                        table.removeAll(server, now);
                    }
                }
                default -> {
                    if (table.match(key, now) == null) {
                        table.storeIfAbsent(key, server, now);
                    }
                }
            }
        }
    }

    /** Time passes, and what is due arrives. */
    void advance(long nanos) {
        now += nanos;
        deliver(message -> message.arrivalNanos - now <= 0);
        tables.forEach(table -> table.expire(now));
    }

    void deliverAll() {
        deliver(message -> true);
    }

    private void deliver(java.util.function.Predicate<Message> due) {
        for (int i = underway.size() - 1; i >= 0; i--) {
            if (due.test(underway.get(i))) {
                Message message = underway.remove(i);
                tables.get(message.to).replication().apply(message.update, now);
            }
        }
    }

    /** Nobody writes any more; every node tells every other one all that it has. */
    void settle() {
        reliable = true;
        deliverAll();
        for (int from = 0; from < tables.size(); from++) {
            for (int to = 0; to < tables.size(); to++) {
                StickReplication receiver = tables.get(to).replication();
                List<StickUpdate> all = new ArrayList<>();
                tables.get(from).replication().snapshot(all::add, now);
                java.util.Collections.shuffle(all, random);
                all.forEach(update -> receiver.apply(update, now));
            }
        }
        // What a node was told last it has not told those before it.
        for (int from = 0; from < tables.size(); from++) {
            for (StickTable to : tables) {
                tables.get(from)
                        .replication()
                        .snapshot(update -> to.replication().apply(update, now), now);
            }
        }
    }

    void assertSame() {
        for (StickTable table : tables) {
            assertEquals(content(tables.get(0)), content(table), "seed " + seed);
        }
    }

    void assertLastWritesAreThere() {
        Map<String, String> wanted = new TreeMap<>();
        lastWrites.forEach((key, write) -> wanted.put(key.toString(), write.server));
        wanted.values().removeIf(String::isEmpty);
        Map<String, String> found = new TreeMap<>();
        for (StickRecord record : tables.get(0).entries(now)) {
            if (record.server() != null) {
                found.put(record.key().toString(), record.server());
            }
        }
        assertEquals(wanted, found, "seed " + seed);
    }

    private Map<String, String> content(StickTable table) {
        Map<String, String> content = new TreeMap<>();
        for (StickRecord record : table.entries(now)) {
            content.put(record.key().toString(), record.server() + " " + record.values());
        }
        return content;
    }
}

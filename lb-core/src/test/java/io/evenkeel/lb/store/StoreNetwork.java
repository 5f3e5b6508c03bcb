package io.evenkeel.lb.store;

import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.RedisConfig;
import io.evenkeel.lb.StickKeyBuffer;
import io.evenkeel.lb.StickNode;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import io.evenkeel.lb.peers.PeerListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Nodes and a store, in one thread and in simulated time: what they tell each other takes its time, and the store is away at times. */
final class StoreNetwork {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;
    private static final long STEP = 5 * MILLI;

    final class Node implements PeerListener {
        final String name;
        final StickTable table;
        final StoreGroup group;
        final List<String> events = new ArrayList<>();

        /** Grows with each connection; what an earlier one brings is dropped. */
        int connection;

        boolean connected;

        Node(String name, StickTableConfig config, long firstClock) {
            this.name = name;
            table = new StickTable("app", config, 1, new StickNode(name, firstClock));
            group =
                    new StoreGroup(
                            PeersConfig.builder("mesh", name).store(STORE).build(),
                            List.of(table),
                            random.nextLong(),
                            this,
                            () -> {},
                            now);
        }

        @Override
        public void onConnected(String group, String peer) {
            events.add("connected");
        }

        @Override
        public void onAway(String group, String peer, String cause) {
            events.add("away: " + cause);
        }

        @Override
        public void onComplaint(String group, String complaint) {
            events.add(complaint);
        }

        void store(int key, String server) {
            StickKeyBuffer buffer = table.newKey();
            buffer.setInteger(key);
            table.store(buffer, server, now);
        }

        private void run(StoreCommand command) {
            if (command instanceof StoreCommand.Disconnect) {
                connected = false;
                connection++;
                return;
            }
            int mine = connection;
            later(
                    () -> {
                        if (mine != connection) {
                            return;
                        }
                        if (hung) {
                            unanswered.add(() -> run(command));
                            return;
                        }
                        if (command instanceof StoreCommand.Connect) {
                            if (!running) {
                                group.lost("nobody listens", now);
                                return;
                            }
                            connected = true;
                        }
                        Runnable reply = fake.carryOut(command, this);
                        later(
                                () -> {
                                    if (mine == connection) {
                                        reply.run();
                                    }
                                });
                    });
        }

        void close() {
            group.close();
            connected = false;
            connection++;
            nodes.remove(this);
        }
    }

    static final RedisConfig STORE = RedisConfig.builder("192.0.2.9", 6379).build();

    final Random random;
    final List<Node> nodes = new ArrayList<>();
    final FakeStore fake = new FakeStore(this);
    private final StickTableConfig config;
    private final TreeMap<Long, List<Runnable>> events = new TreeMap<>();
    private final List<Runnable> unanswered = new ArrayList<>();
    private boolean running = true;
    private boolean hung;
    long now;

    StoreNetwork(long seed, StickTableConfig config) {
        random = new Random(seed);
        this.config = config;
    }

    Node start(String name) {
        return start(name, config);
    }

    Node start(String name, StickTableConfig itsConfig) {
        // The wall clock in milliseconds, as a proxy does.
        Node node = new Node(name, itsConfig, 1_764_000_000_000L + now / MILLI);
        nodes.add(node);
        return node;
    }

    /** Some time from now, in the order of asking. */
    void later(Runnable what) {
        long at = now + (1 + random.nextInt(12)) * MILLI;
        // A connection keeps the order.
        long last = events.isEmpty() ? at : Math.max(at, events.lastKey());
        events.computeIfAbsent(last, any -> new ArrayList<>()).add(what);
    }

    void publish(byte[] message) {
        for (Node node : List.copyOf(nodes)) {
            int mine = node.connection;
            later(
                    () -> {
                        if (node.connected && mine == node.connection) {
                            node.group.heard(message, now);
                        }
                    });
        }
    }

    /** The store ends with all connections; it forgets everything. */
    void kill() {
        running = false;
        fake.clear();
        disconnectAll("it has closed the connection");
    }

    void restart() {
        running = true;
    }

    void disconnectAll(String cause) {
        for (Node node : nodes) {
            if (node.connected) {
                node.group.lost(cause, now);
            }
        }
    }

    /** The store answers nothing until that is over; then all at once. */
    void setHung(boolean value) {
        hung = value;
        if (!hung) {
            unanswered.forEach(this::later);
            unanswered.clear();
        }
    }

    /** So long, some milliseconds at a time; {@code life} happens in each. */
    void run(long durationNanos, Runnable life) {
        long end = now + durationNanos;
        while (now < end) {
            now += STEP;
            life.run();
            while (!events.isEmpty() && events.firstKey() <= now) {
                events.pollFirstEntry().getValue().forEach(Runnable::run);
            }
            for (Node node : List.copyOf(nodes)) {
                node.group.commands(now).forEach(node::run);
                node.table.expire(now);
            }
        }
    }

    void run(long durationNanos) {
        run(durationNanos, () -> {});
    }

    /** What a node has, in order. */
    Map<String, @Nullable String> content(Node node) {
        Map<String, @Nullable String> content = new TreeMap<>();
        for (StickRecord record : node.table.entries(now)) {
            content.put(record.key().toString(), record.server() + " " + record.values());
        }
        return content;
    }
}

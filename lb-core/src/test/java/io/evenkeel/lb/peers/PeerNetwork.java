package io.evenkeel.lb.peers;

import io.evenkeel.lb.PeerConfig;
import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.StickKeyBuffer;
import io.evenkeel.lb.StickNode;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Nodes that are peers of each other, in one thread and in simulated time: bytes take their time, and connections break. */
final class PeerNetwork implements PeerListener {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    final class Node {
        final String name;
        StickTable table;
        PeerGroup group;

        Node(String name) {
            this.name = name;
            table = newTable(name);
            group = newGroup(this);
        }
    }

    /** One end of a connection, and what is on its way to it. */
    private static final class End {
        final Node node;
        final PeerSession session;
        final ByteBuffer arriving = ByteBuffer.allocate(1 << 16);

        End(Node node, PeerSession session) {
            this.node = node;
            this.session = session;
        }
    }

    private record Link(End from, End to) {}

    final Random random;
    final StickTableConfig config;
    final List<Node> nodes = new ArrayList<>();
    final List<String> events = new ArrayList<>();
    private final List<String> names;
    private final List<Link> links = new ArrayList<>();
    private long now;
    private boolean partitioned;
    int connectionsMade;

    PeerNetwork(long seed, StickTableConfig config, String... names) {
        random = new Random(seed);
        // Clocks that wrap, too.
        now = random.nextBoolean() ? 0 : Long.MAX_VALUE - 30 * SECOND;
        this.config = config;
        this.names = List.of(names);
        for (String name : names) {
            nodes.add(new Node(name));
        }
    }

    private static StickTable newTable(StickTableConfig config, String node) {
        return new StickTable("app", config, 1, new StickNode(node, 0));
    }

    private StickTable newTable(String node) {
        return newTable(config, node);
    }

    private PeerGroup newGroup(Node node) {
        PeersConfig.Builder peers = PeersConfig.builder("mesh", node.name);
        for (String other : names) {
            if (!other.equals(node.name)) {
                peers.peer(other, "192.0.2.1", 1024);
            }
        }
        return new PeerGroup(
                peers.build(), List.of(node.table), 1, random.nextLong(), this, () -> {}, now);
    }

    /** The process of a node starts again and knows nothing. */
    void restart(Node node) {
        for (Link link : List.copyOf(links)) {
            if (link.from.node == node || link.to.node == node) {
                close(link, "lost");
            }
        }
        node.group.close();
        node.table = newTable(node.name);
        node.group = newGroup(node);
    }

    /**
     * A node gets another configuration: its connections end, and its table stays.
     *
     * @param knowing whether it knows what the peers have confirmed
     */
    void reconfigure(Node node, boolean knowing) {
        List<Link> ended =
                links.stream()
                        .filter(link -> link.from.node == node || link.to.node == node)
                        .toList();
        ended.forEach(link -> close(link, "lost"));
        PeerGroup before = node.group;
        node.group = newGroup(node);
        before.close();
        if (knowing) {
            node.group.follow(before);
        }
    }

    long now() {
        return now;
    }

    void setPartitioned(boolean value) {
        partitioned = value;
        if (value) {
            breakAll();
        }
    }

    void breakAll() {
        List.copyOf(links).forEach(link -> close(link, "lost"));
    }

    void store(Node node, int key, String server) {
        node.table.store(key(node.table, key), server, now);
    }

    static StickKeyBuffer key(StickTable table, int number) {
        StickKeyBuffer key = table.newKey();
        key.setAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
        return key;
    }

    /** Time passes in steps of up to 20 ms. */
    void run(long nanos, Runnable eachStep) {
        long end = now + nanos;
        while (now - end < 0) {
            now += 1 + random.nextLong(20 * MILLI);
            eachStep.run();
            step();
        }
    }

    void step() {
        for (Node node : nodes) {
            node.group.advance(now);
            for (PeerConfig peer : node.group.peersToConnect(now)) {
                connect(node, find(peer.name()), node.group.connect(peer, now));
            }
        }
        for (Link link : List.copyOf(links)) {
            move(link.from, link.to);
            move(link.to, link.from);
            if (link.from.session.isOver() || link.to.session.isOver()) {
                close(link, "the other has closed");
            }
        }
    }

    private Node find(String name) {
        return nodes.stream().filter(node -> node.name.equals(name)).findFirst().orElseThrow();
    }

    private void connect(Node from, Node to, PeerSession session) {
        PeerSession other = partitioned ? null : to.group.accept(from.name, now);
        if (other == null) {
            from.group.ended(session, "unreachable", now);
            return;
        }
        connectionsMade++;
        links.add(new Link(new End(from, session), new End(to, other)));
    }

    /** Some of what one has to say gets to the other, in pieces of any length. */
    private void move(End from, End to) {
        if (random.nextInt(4) > 0) {
            from.session.send(to.arriving, now);
        }
        if (random.nextInt(4) > 0) {
            to.arriving.flip();
            int length = random.nextInt(to.arriving.remaining() + 1);
            ByteBuffer piece = to.arriving.slice(0, length);
            to.arriving.position(length);
            to.session.receive(piece, now);
            to.arriving.compact();
        }
    }

    private void close(Link link, String cause) {
        links.remove(link);
        link.from.node.group.ended(link.from.session, cause, now);
        link.to.node.group.ended(link.to.session, cause, now);
    }

    static Map<String, @Nullable String> content(StickTable table, long now) {
        Map<String, @Nullable String> content = new TreeMap<>();
        for (StickRecord record : table.entries(now)) {
            content.put(record.key().toString(), record.server());
        }
        return content;
    }

    @Override
    public void onConnected(String group, String peer) {
        events.add(peer + " connected");
    }

    @Override
    public void onAway(String group, String peer, String cause) {
        events.add(peer + " away: " + cause);
    }

    @Override
    public void onComplaint(String group, String complaint) {
        events.add(complaint);
    }
}

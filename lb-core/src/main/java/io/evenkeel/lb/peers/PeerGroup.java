package io.evenkeel.lb.peers;

import io.evenkeel.lb.PeerConfig;
import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.StickTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * This node among its peers: whom to connect to and when, who may connect, and what is told on which connection. It has no socket and
 * no clock; both are its owner's, who asks {@link #peersToConnect} and {@link #deadlineNanos}. Used by one thread, but for {@link
 * #states}; tables may change on any.
 *
 * <p>Of two connections with one peer the last counts, as in HAProxy. A peer that was lost is connected to after 50 to 2050 ms, and
 * one that could not be reached after 1 to 3 s, at random, so that two nodes do not get in each other's way for ever.
 */
public final class PeerGroup {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long FIRST_CONNECT_MILLIS = 50;
    private static final long SHORTEST_LOST_MILLIS = 50;
    private static final long LONGEST_LOST_MILLIS = 2_050;
    private static final long SHORTEST_AWAY_MILLIS = 1_000;
    private static final long LONGEST_AWAY_MILLIS = 3_000;

    /** After so long a node that found nobody to teach it counts as knowing all. */
    private static final long LEARNING_NANOS = 5_000_000_000L;

    /** Connections of whoever has not said yet who he is. */
    private static final int MOST_STRANGERS = 32;

    private static final int MOST_COMPLAINTS = 64;

    private final PeersConfig config;
    private final long processId;
    private final PeerListener listener;
    private final SplittableRandom random;
    private final List<SharedTable> tables = new ArrayList<>();
    private final List<RemotePeer> peers = new ArrayList<>();
    private final List<PeerSession> sessions = new ArrayList<>();
    private final Set<String> complained = new HashSet<>();
    private final long learnedNanos;
    private @Nullable PeerSession teacher;
    private boolean learned;

    /**
     * A node that knows nothing yet and is connected to nobody.
     *
     * @param stickTables of this node, each made with a {@code StickNode}
     * @param processId of this process, for people on the other side
     * @param seed any number that is not the other node's
     * @param listener of changes
     * @param onWork called on any thread when there is something to tell: {@link #sessions} have something to send
     */
    public PeerGroup(
            PeersConfig config,
            List<StickTable> stickTables,
            long processId,
            long seed,
            PeerListener listener,
            Runnable onWork,
            long nowNanos) {
        this.config = config;
        this.processId = processId;
        this.listener = listener;
        random = new SplittableRandom(seed);
        learnedNanos = nowNanos + LEARNING_NANOS;
        for (PeerConfig peer : config.peers()) {
            long first = nowNanos + between(0, FIRST_CONNECT_MILLIS);
            peers.add(new RemotePeer(peer, peers.size(), first));
        }
        for (StickTable table : stickTables) {
            SharedTable shared =
                    new SharedTable(tables.size() + 1, table, config.peers().size(), onWork);
            tables.add(shared);
            table.replication().addListener(shared);
        }
    }

    /**
     * Goes on where a group has ended that had the same tables, or tables with the same entries, under another configuration: a peer that
     * stays is told what it has not confirmed to that, and nothing again that it has. Without this, all that is in the tables is told to
     * every peer, for it to take what it has nothing of. Before there is any connection.
     *
     * @param before that is closed, and was so after this group was made, so that no change is missed between the two
     */
    public void follow(PeerGroup before) {
        int[] places = new int[peers.size()];
        for (int i = 0; i < places.length; i++) {
            RemotePeer same = before.peer(peers.get(i).name());
            places[i] = same == null ? -1 : same.index;
        }
        for (SharedTable table : tables) {
            for (SharedTable old : before.tables) {
                if (old.table().name().equals(table.table().name())
                        && old.table()
                                .config()
                                .keyType()
                                .equals(table.table().config().keyType())) {
                    table.follow(old, places);
                }
            }
        }
    }

    /** What was configured. */
    public PeersConfig config() {
        return config;
    }

    /** The peers that a connection should be made to now. */
    public List<PeerConfig> peersToConnect(long nowNanos) {
        List<PeerConfig> due = new ArrayList<>();
        for (RemotePeer peer : peers) {
            if (peer.session == null && nowNanos - peer.connectNanos >= 0) {
                due.add(peer.config);
            }
        }
        return due;
    }

    /** A connection to a peer is being made; tell of a failure by {@link #ended}. */
    public PeerSession connect(PeerConfig to, long nowNanos) {
        RemotePeer peer = Objects.requireNonNull(peer(to.name()), "a peer of this group");
        PeerSession session = PeerSession.connecting(this, peer, nowNanos);
        peer.session = session;
        sessions.add(session);
        return session;
    }

    /**
     * Somebody has connected.
     *
     * @param origin his address, for people
     * @return null if the connection is to be closed, since there are too many of whom nobody knows who they are
     */
    public @Nullable PeerSession accept(String origin, long nowNanos) {
        long strangers = sessions.stream().filter(session -> session.peer() == null).count();
        if (strangers >= MOST_STRANGERS) {
            return null;
        }
        PeerSession session = PeerSession.accepted(this, origin, nowNanos);
        sessions.add(session);
        return session;
    }

    /** A connection is closed or has failed, {@code cause} being a part of a sentence; again: nothing happens. */
    public void ended(PeerSession session, String cause, long nowNanos) {
        if (!sessions.remove(session)) {
            return;
        }
        session.end(cause);
        RemotePeer peer = session.peer();
        if (peer == null || peer.session != session) {
            return;
        }
        peer.session = null;
        long wait =
                peer.connected
                        ? between(SHORTEST_LOST_MILLIS, LONGEST_LOST_MILLIS)
                        : between(SHORTEST_AWAY_MILLIS, LONGEST_AWAY_MILLIS);
        if (nowNanos + wait - peer.connectNanos > 0) {
            peer.connectNanos = nowNanos + wait;
        }
        peer.connected = false;
        peer.asked = false;
        peer.detail = session.cause();
        if (!peer.toldAway) {
            peer.toldAway = true;
            listener.onAway(config.name(), peer.name(), session.cause());
        }
        if (teacher == session) {
            teacher = null;
            askSomebody();
        }
    }

    /** A connection of somebody is closed before he could say who he is, {@code cause} being a part of a sentence. */
    public void refused(PeerSession session, String cause, long nowNanos) {
        complain(
                "A connection from "
                        + session.origin()
                        + " was refused by the peers "
                        + config.name()
                        + ": "
                        + cause
                        + ".");
        ended(session, cause, nowNanos);
    }

    /** Time has passed. */
    public void advance(long nowNanos) {
        sessions.forEach(session -> session.advance(nowNanos));
    }

    /** When {@link #advance} or {@link #peersToConnect} has something to do next, if nothing else happens before. */
    public long deadlineNanos(long nowNanos) {
        long next = nowNanos + LEARNING_NANOS;
        for (PeerSession session : sessions) {
            next = Math.min(next - nowNanos, session.deadlineNanos() - nowNanos) + nowNanos;
        }
        for (RemotePeer peer : peers) {
            if (peer.session == null) {
                next = Math.min(next - nowNanos, peer.connectNanos - nowNanos) + nowNanos;
            }
        }
        return next;
    }

    /** All connections, those too that are over and not closed yet. */
    public List<PeerSession> sessions() {
        return List.copyOf(sessions);
    }

    /** How it is with each peer. From any thread. */
    public List<PeerState> states(long nowNanos) {
        return peers.stream()
                .map(
                        peer ->
                                new PeerState(
                                        config.name(),
                                        peer.name(),
                                        peer.connected,
                                        tables.stream()
                                                .mapToInt(table -> table.unconfirmed(peer.index))
                                                .sum(),
                                        tables.stream()
                                                .mapToLong(
                                                        table ->
                                                                table.oldestNanos(
                                                                        peer.index, nowNanos))
                                                .max()
                                                .orElse(0),
                                        peer.connected ? "" : peer.detail))
                .toList();
    }

    /** Hears no more of what changes in the tables. */
    public void close() {
        tables.forEach(table -> table.table().replication().removeListener(table));
    }

    String helloTo(RemotePeer peer) {
        return new PeerHello(peer.name(), config.localPeer(), processId, 0).text();
    }

    @Nullable RemotePeer peer(String name) {
        for (RemotePeer peer : peers) {
            if (peer.name().equals(name)) {
                return peer;
            }
        }
        return null;
    }

    List<String> peerNames() {
        return peers.stream().map(RemotePeer::name).toList();
    }

    void complain(String complaint) {
        if (complained.size() < MOST_COMPLAINTS && complained.add(complaint)) {
            listener.onComplaint(config.name(), complaint);
        }
    }

    /** Both know of each other who they are. */
    void onHandshake(PeerSession session, RemotePeer peer, long nowNanos) {
        PeerSession before = peer.session;
        if (before != null && before != session) {
            peer.connectNanos = nowNanos + between(SHORTEST_LOST_MILLIS, LONGEST_LOST_MILLIS);
            before.end("the peer has connected once more");
            if (teacher == before) {
                teacher = null;
            }
        }
        peer.session = session;
        peer.asked = false;
        boolean peerGoesFirst = config.localPeer().compareTo(peer.name()) > 0;
        session.talk(
                new PeerLearning(tables, peer, peerGoesFirst, this::complain),
                new PeerTeaching(tables, peer),
                nowNanos);
        if (!peer.connected) {
            peer.connected = true;
            peer.toldAway = false;
            listener.onConnected(config.name(), peer.name());
        }
        askSomebody();
    }

    /** A peer has told all that it has: all there is, or it is not sure of that itself. */
    void onTaught(PeerSession session, boolean all) {
        learned |= all;
        RemotePeer peer = session.peer();
        if (peer != null) {
            peer.asked = true;
        }
        if (teacher == session) {
            teacher = null;
            askSomebody();
        }
    }

    private void askSomebody() {
        if (learned || teacher != null) {
            return;
        }
        for (RemotePeer peer : peers) {
            PeerSession session = peer.session;
            if (session != null && session.isTalking() && !peer.asked) {
                teacher = session;
                session.ask();
                return;
            }
        }
    }

    /** What to say of this node to a peer that was told all: whether that is all there is. */
    boolean isUpToDate(long nowNanos) {
        return learned || teacher == null && nowNanos - learnedNanos >= 0;
    }

    private long between(long leastMillis, long mostMillis) {
        return random.nextLong(leastMillis, mostMillis) * NANOS_PER_MILLI;
    }
}

package io.evenkeel.lb.store;

import io.evenkeel.lb.PeersConfig;
import io.evenkeel.lb.RedisConfig;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickUpdate;
import io.evenkeel.lb.StickVersion;
import io.evenkeel.lb.peers.PeerListener;
import io.evenkeel.lb.peers.PeerState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * This node among those that have the same stick tables through a store: when to connect to it, what to write and to publish there, and
 * what to take from it. It has no socket and no clock; both are its owner's, who carries out the {@link #commands} and tells what came
 * of them.
 *
 * <p>On a connection all that is published is heard first, then all entries are found, and then what this node has and the store has not
 * is written, so that nothing is missed in between. The store decides by the version of an update whether it is news, and so does every
 * node that hears of it; so all end up with the same in whatever order they hear.
 *
 * <p>Safe for any thread. What changes in a table waits for no lock but that of what is to be written.
 */
public final class StoreGroup {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final long FIRST_AWAY_MILLIS = 100;
    private static final long LONGEST_AWAY_MILLIS = 5_000;
    private static final int MOST_UNDERWAY = 512;
    private static final int MOST_COMPLAINTS = 64;

    private enum Phase {
        AWAY,
        CONNECTING,
        /** Entries are being found. */
        LEARNING,
        LIVE
    }

    /** A field of a key, by which it is known what the store has. */
    private record Found(StickUpdate.Kind kind, StickKey key) {}

    private final PeersConfig config;
    private final RedisConfig store;
    private final String process;
    private final PeerListener listener;
    private final SplittableRandom random;
    private final List<StoreTable> tables;
    private final Set<String> complained = new HashSet<>();
    private final Map<StoreTable, Map<Found, StickVersion>> found = new LinkedHashMap<>();

    private Phase phase = Phase.AWAY;
    private StorePulse pulse;
    private long connectNanos;
    private long awayMillis = FIRST_AWAY_MILLIS;
    private long liveNanos;
    private boolean toldAway;
    private boolean toldRefused;
    private boolean toDisconnect;
    private @Nullable String cursor;
    private long lastNumber;
    private volatile boolean live;
    private volatile String detail = "it has not been reached yet";

    /**
     * A node that knows nothing of the store yet.
     *
     * @param config with a {@link PeersConfig#store}
     * @param stickTables of this node, each made with a {@code StickNode}
     * @param seed any number that is no other process's
     * @param listener of changes; called under a lock
     * @param onWork called on any thread when there is something to do: {@link #commands} has some
     */
    public StoreGroup(
            PeersConfig config,
            List<StickTable> stickTables,
            long seed,
            PeerListener listener,
            Runnable onWork,
            long nowNanos) {
        this.config = config;
        store = Objects.requireNonNull(config.store(), "store");
        process = Long.toHexString(seed);
        this.listener = listener;
        random = new SplittableRandom(seed);
        pulse = new StorePulse(store.timeout().toNanos(), nowNanos);
        connectNanos = nowNanos;
        tables =
                stickTables.stream()
                        .map(table -> new StoreTable(store.prefix(), table, onWork))
                        .toList();
    }

    /** What was configured. */
    public PeersConfig config() {
        return config;
    }

    /** What is to be done now, in this order. */
    public synchronized List<StoreCommand> commands(long nowNanos) {
        List<StoreCommand> commands = new ArrayList<>();
        String failure = phase == Phase.AWAY ? null : pulse.failure(nowNanos);
        if (failure != null) {
            lost(failure, nowNanos);
        }
        if (toDisconnect) {
            toDisconnect = false;
            commands.add(new StoreCommand.Disconnect());
        }
        if (phase == Phase.AWAY && nowNanos - connectNanos >= 0) {
            phase = Phase.CONNECTING;
            pulse = new StorePulse(store.timeout().toNanos(), nowNanos);
            commands.add(new StoreCommand.Connect(store.prefix() + ":changes"));
        }
        if (phase == Phase.LEARNING || phase == Phase.LIVE) {
            talk(commands, nowNanos);
        }
        return commands;
    }

    private void talk(List<StoreCommand> commands, long nowNanos) {
        if (pulse.takeHello(nowNanos)) {
            pulse.asked(nowNanos);
            commands.add(new StoreCommand.Publish(hello()));
        }
        String from = cursor;
        if (from != null) {
            cursor = null;
            pulse.asked(nowNanos);
            commands.add(new StoreCommand.Scan(from, StorePattern.of(store.prefix() + ":")));
        }
        if (phase == Phase.LIVE) {
            for (StoreTable table : tables) {
                write(table, commands, nowNanos);
            }
        }
    }

    private byte[] hello() {
        Map<String, String> definitions = new LinkedHashMap<>();
        tables.forEach(table -> definitions.put(table.storeName(), table.definition()));
        return new StoreMessage.Hello(process, config.localPeer(), definitions).toBytes();
    }

    private void write(StoreTable table, List<StoreCommand> commands, long nowNanos) {
        StoreOutbox outbox = table.outbox();
        if (outbox.size() == 0 && outbox.takeOverflow()) {
            offer(table, Map.of(), nowNanos);
        }
        while (outbox.underway() < MOST_UNDERWAY) {
            long number = ++lastNumber;
            StoreOutbox.Waiting next = outbox.take(number);
            if (next == null) {
                return;
            }
            StickUpdate update = next.update();
            long remaining = table.remainingMillis(update.kind(), next.ageNanos(nowNanos));
            if (remaining <= 0) {
                outbox.confirm(number);
                continue;
            }
            StoreField field = StoreField.of(update.kind());
            String value = StoreValue.write(update);
            byte[] name = table.name(update.key());
            pulse.asked(nowNanos);
            commands.add(
                    new StoreCommand.Write(
                            number,
                            name,
                            field.letter(),
                            value,
                            remaining,
                            new StoreMessage.Update(process, field, remaining, value, name)
                                    .toBytes()));
        }
    }

    /** Has all that is in a table written, unless it was found in the store. */
    private static void offer(StoreTable table, Map<Found, StickVersion> present, long nowNanos) {
        table.table()
                .replication()
                .snapshot(
                        update -> {
                            StickVersion there =
                                    present.get(new Found(update.kind(), update.key()));
                            if (there == null || there.compareTo(update.version()) < 0) {
                                table.outbox().add(update, nowNanos);
                            }
                        },
                        nowNanos);
    }

    /** When there is something to do next, if nothing else happens before. */
    public synchronized long deadlineNanos(long nowNanos) {
        return phase == Phase.AWAY
                ? connectNanos
                : pulse.deadlineNanos(phase != Phase.CONNECTING, nowNanos);
    }

    /** It is connected and subscribed. */
    public synchronized void connected(long nowNanos) {
        if (phase == Phase.CONNECTING) {
            pulse.answered(nowNanos);
            phase = Phase.LEARNING;
            cursor = "0";
            found.clear();
            tables.forEach(table -> found.put(table, new HashMap<>()));
        }
    }

    /** What was published has been taken. */
    public synchronized void published(long nowNanos) {
        pulse.answered(nowNanos);
    }

    /** The store has decided on an update. */
    public synchronized void written(StoreCommand.Write write, long nowNanos) {
        pulse.answered(nowNanos);
        tables.forEach(table -> table.outbox().confirm(write.number()));
    }

    /** The store has something else where an entry belongs, which stays as it is. The table has the entry here, and the others do not. */
    public synchronized void refused(StoreCommand.Write write, long nowNanos) {
        written(write, nowNanos);
        if (!toldRefused) {
            toldRefused = true;
            complain(
                    "In "
                            + store
                            + " is something under '"
                            + new String(write.key(), StandardCharsets.UTF_8)
                            + "' that is no hash, so the entry of that name is not exchanged, and"
                            + " of others this is not said again; remove what does not belong"
                            + " below '"
                            + store.prefix()
                            + ":', or use another prefix.");
        }
    }

    /** Some entries were found. */
    public synchronized void found(StoreCommand.Page page, long nowNanos) {
        pulse.answered(nowNanos);
        page.entries().forEach(entry -> learn(entry, nowNanos));
        if (!page.cursor().equals("0")) {
            cursor = page.cursor();
            return;
        }
        found.forEach((table, present) -> offer(table, present, nowNanos));
        found.clear();
        phase = Phase.LIVE;
        live = true;
        toldAway = false;
        liveNanos = nowNanos;
        detail = "";
        listener.onConnected(config.name(), store.toString());
    }

    private void learn(StoredEntry entry, long nowNanos) {
        for (StoreTable table : tables) {
            try {
                StickKey key = table.key(entry.key());
                if (key != null) {
                    long age = table.ageNanos(entry.remainingMillis());
                    learn(table, StoreField.SERVER, key, entry.server(), age, nowNanos);
                    learn(table, StoreField.COUNTS, key, entry.counts(), age, nowNanos);
                    learn(table, StoreField.REMOVAL, key, entry.removal(), age, nowNanos);
                    return;
                }
            } catch (StoreFormatException e) {
                complain("An entry in " + store + " cannot be read: " + e.getMessage() + ".");
            }
        }
    }

    private void learn(
            StoreTable table,
            StoreField field,
            StickKey key,
            @Nullable String value,
            long ageNanos,
            long nowNanos) {
        if (value != null) {
            StickUpdate update = StoreValue.read(field, key, value, ageNanos);
            table.table().replication().apply(update, nowNanos);
            Map<Found, StickVersion> present = found.get(table);
            if (present != null) {
                present.put(new Found(update.kind(), key), update.version());
            }
        }
    }

    /** Somebody, perhaps this node, has published something. */
    public synchronized void heard(byte[] message, long nowNanos) {
        try {
            StoreMessage read = StoreMessage.read(message);
            if (read instanceof StoreMessage.Hello hello) {
                heard(hello);
            } else if (read instanceof StoreMessage.Update update
                    && !update.process().equals(process)) {
                heard(update, nowNanos);
            }
        } catch (StoreFormatException e) {
            complain(
                    "What was published through "
                            + store
                            + " cannot be read: "
                            + e.getMessage()
                            + ".");
        }
    }

    private void heard(StoreMessage.Update update, long nowNanos) {
        for (StoreTable table : tables) {
            StickKey key = table.key(update.name());
            if (key != null) {
                long age = table.ageNanos(update.remainingMillis());
                table.table()
                        .replication()
                        .apply(StoreValue.read(update.field(), key, update.value(), age), nowNanos);
                return;
            }
        }
    }

    private void heard(StoreMessage.Hello hello) {
        if (hello.process().equals(process)) {
            pulse.heardHello();
            return;
        }
        if (hello.node().equals(config.localPeer())) {
            complain(
                    "Another node that uses "
                            + store
                            + " is called "
                            + hello.node()
                            + " too, so that nobody can tell whose change is the later one; give each a name"
                            + " of its own.");
        }
        for (StoreTable table : tables) {
            String definition = hello.definitions().get(table.storeName());
            if (definition != null && !definition.equals(table.definition())) {
                complain(
                        "Node "
                                + hello.node()
                                + " has "
                                + definition
                                + " as keys and servers of the stick table "
                                + table.table().name()
                                + ", and this node has "
                                + table.definition()
                                + ", so the two do not exchange its entries; give both the same 'type' and"
                                + " 'srvkey'.");
            }
        }
    }

    private void complain(String complaint) {
        if (complained.size() < MOST_COMPLAINTS && complained.add(complaint)) {
            listener.onComplaint(config.name(), complaint);
        }
    }

    /** The store could not be connected to, has refused something or is gone, {@code cause} being a part of a sentence. */
    public synchronized void lost(String cause, long nowNanos) {
        if (phase == Phase.AWAY) {
            return;
        }
        phase = Phase.AWAY;
        detail = cause;
        toDisconnect = true;
        cursor = null;
        found.clear();
        tables.forEach(table -> table.outbox().bringBack());
        // Not for one that is there again and again and takes nothing.
        if (live && nowNanos - liveNanos >= LONGEST_AWAY_MILLIS * NANOS_PER_MILLI) {
            awayMillis = FIRST_AWAY_MILLIS;
        }
        live = false;
        // So that nodes that have lost it together do not all come back together.
        long wait = awayMillis / 2 + random.nextLong(awayMillis / 2 + 1);
        connectNanos = nowNanos + wait * NANOS_PER_MILLI;
        awayMillis = Math.min(2 * awayMillis, LONGEST_AWAY_MILLIS);
        if (!toldAway) {
            toldAway = true;
            listener.onAway(config.name(), store.toString(), cause);
        }
    }

    /** How it is with the store. */
    public PeerState state(long nowNanos) {
        int unconfirmed = 0;
        long oldest = 0;
        for (StoreTable table : tables) {
            unconfirmed += table.outbox().size();
            oldest = Math.max(oldest, table.outbox().oldestNanos(nowNanos));
        }
        return new PeerState(
                config.name(), store.toString(), live, unconfirmed, oldest, live ? "" : detail);
    }

    /** Hears no more of what changes in the tables. */
    public void close() {
        tables.forEach(StoreTable::close);
    }
}

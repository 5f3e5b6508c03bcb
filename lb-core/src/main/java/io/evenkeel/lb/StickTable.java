package io.evenkeel.lb;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is known of each client, or of whatever else the key is: which server it is on, and how much it does. Bounded and expiring;
 * lookups allocate nothing; other nodes can have the same content.
 *
 * <p>Safe for use by any thread. There is one lock and not several, since the oldest of all entries is to go when the table is full;
 * it is held for a lookup and a few assignments, also by what goes through all entries, which takes it for a few of them at a time.
 *
 * <p>Times are monotonic and in nanoseconds, from one clock.
 */
public final class StickTable {
    private static final int MOST_EXPIRED_AT_ONCE = 256;

    private final String name;
    private final StickTableConfig config;
    private final long seed;
    private final StickData data;
    private final StickStore store;
    private final StickVersions versions;
    private final Object lock = new Object();
    private final StickReplication replication = new StickReplication(this);

    /**
     * A table of this node alone.
     *
     * @param name of the frontend or backend that it stands in
     * @param seed any number that clients do not know, so that nobody can choose keys whose hashes are alike
     */
    public StickTable(String name, StickTableConfig config, long seed) {
        this(name, config, seed, null);
    }

    /**
     * A table that other nodes have as well.
     *
     * @param name of the frontend or backend that it stands in
     * @param seed any number that clients do not know, so that nobody can choose keys whose hashes are alike
     * @param node this one, or null if there is no other
     */
    public StickTable(String name, StickTableConfig config, long seed, @Nullable StickNode node) {
        this.name = Objects.requireNonNull(name, "name");
        this.config = config;
        this.seed = seed;
        data = new StickData(config);
        store = new StickStore(config, data.length());
        versions = new StickVersions(config, store, data, node);
    }

    /** That of the frontend or backend that it stands in. */
    public String name() {
        return name;
    }

    /** What was configured. */
    public StickTableConfig config() {
        return config;
    }

    /**
     * Takes the entries of the table that this one replaces, as far as there is room for them: their servers, and the counts that both
     * tables store. Connections that use an entry of the other table do not count in this one. Nothing happens if the keys are of another
     * type. Listeners do not hear of it.
     *
     * @param before that is not written any more
     */
    public void copyFrom(StickTable before, long nowNanos) {
        if (before.config.keyType().equals(config.keyType())) {
            new StickCopy(before, this, nowNanos).make();
        }
    }

    /** How many entries there are, expired ones too that {@link #expire} has not come to. */
    public int size() {
        synchronized (lock) {
            return store.size();
        }
    }

    /** A buffer for keys of this table. */
    public StickKeyBuffer newKey() {
        return new StickKeyBuffer(config.keyType());
    }

    /**
     * The server of a key; its entry counts as used just now.
     *
     * @return what the entry calls its server, or null if there is no entry or none with a server
     */
    public @Nullable String match(StickKeyBuffer key, long nowNanos) {
        long hash = hash(key);
        String server;
        StickUpdate update;
        synchronized (lock) {
            StickEntry entry = store.find(key.bytes(), key.length(), hash, nowNanos);
            if (entry == null) {
                return null;
            }
            store.touch(entry, nowNanos);
            server = entry.server;
            update = versions.reminder(entry, nowNanos);
        }
        tell(update, nowNanos);
        return server;
    }

    /**
     * Gives a key a server, unless it has one: of many at once the first one counts for all.
     *
     * @param server what {@link StickTableConfig#serverKey()} calls it
     * @return the server that the key has now, or null if the table has no room
     */
    public @Nullable String storeIfAbsent(StickKeyBuffer key, String server, long nowNanos) {
        return write(key, server, null, false, nowNanos);
    }

    /**
     * Gives a key a server in place of another.
     *
     * @param seen the server that the key had and that is to be replaced, or null if it had none
     * @return the server that the key has now: another than {@code server} if somebody has changed it since; null if the table has
     *     no room
     */
    public @Nullable String replace(
            StickKeyBuffer key, @Nullable String seen, String server, long nowNanos) {
        return write(key, server, seen, false, nowNanos);
    }

    /**
     * Gives a key a server, whatever it had before.
     *
     * @return false if the table has no room
     */
    public boolean store(StickKeyBuffer key, String server, long nowNanos) {
        return write(key, server, null, true, nowNanos) != null;
    }

    private @Nullable String write(
            StickKeyBuffer key,
            String server,
            @Nullable String seen,
            boolean always,
            long nowNanos) {
        Objects.requireNonNull(server, "server");
        long hash = hash(key);
        String now;
        StickUpdate update;
        synchronized (lock) {
            StickEntry entry = store.obtain(key.bytes(), key.length(), hash, nowNanos);
            if (entry == null) {
                return null;
            }
            store.touch(entry, nowNanos);
            now = entry.server;
            if (now == null || !now.equals(server) && (always || now.equals(seen))) {
                now = store.oneString(server);
                entry.server = now;
                update = versions.written(entry, nowNanos);
            } else {
                update = versions.reminder(entry, nowNanos);
            }
        }
        tell(update, nowNanos);
        return now;
    }

    /**
     * Forgets a key; other nodes do so too, also if it is not known here. An entry that connections use goes on without a server
     * and with counts of 0.
     *
     * @return whether there was an entry
     */
    public boolean remove(StickKey key, long nowNanos) {
        return remove(key, null, nowNanos);
    }

    /**
     * Forgets every key of a server, such as one that is replaced.
     *
     * @param server what {@link StickTableConfig#serverKey()} calls it
     * @return how many there were
     */
    public int removeAll(String server, long nowNanos) {
        AtomicInteger removed = new AtomicInteger();
        List<StickKey> found = new ArrayList<>();
        StickScan.of(
                this,
                entry -> {
                    if (server.equals(entry.server)) {
                        found.add(versions.keyOf(entry));
                    }
                },
                () -> {
                    found.forEach(
                            key -> {
                                if (remove(key, server, nowNanos)) {
                                    removed.incrementAndGet();
                                }
                            });
                    found.clear();
                });
        return removed.get();
    }

    /**
     * @param only remove it only if that is its server; null: in any case
     */
    private boolean remove(StickKey key, @Nullable String only, long nowNanos) {
        long hash = hash(key);
        byte[] bytes = key.bytes();
        StickEntry entry;
        StickUpdate update;
        synchronized (lock) {
            entry = store.find(bytes, bytes.length, hash, nowNanos);
            if (only != null && (entry == null || !only.equals(entry.server))) {
                return false;
            }
            if (entry != null) {
                entry.clear();
                store.remove(entry);
            }
            update = versions.removed(key, nowNanos);
        }
        tell(update, nowNanos);
        return entry != null;
    }

    /**
     * Counts a connection of that key for as long as it lasts; until then the entry neither expires nor gives way to another.
     *
     * @return what to tell the rest of, and to release when the connection ends; it counts nothing if the table has no room
     */
    public TrackedEntry track(StickKeyBuffer key, long nowNanos) {
        long hash = hash(key);
        TrackedEntry tracked;
        StickKey news;
        synchronized (lock) {
            StickEntry entry = counted(key, hash, nowNanos);
            if (entry == null) {
                return TrackedEntry.NONE;
            }
            tracked = used(entry);
            news = versions.newlyCounted(entry);
        }
        tellCount(news, nowNanos);
        return tracked;
    }

    /** The same, and the connection is let in; null if the key has so many already, or so many in a period. 0: no limit. */
    @Nullable TrackedEntry admit(
            StickKeyBuffer key,
            int mostConnections,
            long mostArriving,
            long mostSessions,
            long nowNanos) {
        long hash = hash(key);
        TrackedEntry admitted;
        StickKey news;
        synchronized (lock) {
            StickEntry entry = counted(key, hash, nowNanos);
            if (entry == null) {
                return TrackedEntry.NONE;
            }
            admitted = admit(entry, mostConnections, mostArriving, mostSessions, nowNanos);
            news = versions.newlyCounted(entry);
        }
        tellCount(news, nowNanos);
        return admitted;
    }

    private @Nullable TrackedEntry admit(
            StickEntry entry,
            int mostConnections,
            long mostArriving,
            long mostSessions,
            long nowNanos) {
        long sessions = mostSessions == 0 ? -1 : data.get(entry, StickDataType.SESS_RATE, nowNanos);
        boolean tooFast =
                mostArriving > 0
                        && data.get(entry, StickDataType.CONN_RATE, nowNanos) > mostArriving;
        if (tooFast
                || mostConnections > 0 && entry.uses >= mostConnections
                || sessions >= mostSessions) {
            return null;
        }
        data.countSession(entry, nowNanos);
        return used(entry);
    }

    private @Nullable StickEntry counted(StickKeyBuffer key, long hash, long nowNanos) {
        StickEntry entry = store.obtain(key.bytes(), key.length(), hash, nowNanos);
        if (entry != null) {
            store.touch(entry, nowNanos);
            data.countConnection(entry, nowNanos);
        }
        return entry;
    }

    private TrackedEntry used(StickEntry entry) {
        store.use(entry);
        return new TrackedEntry(this, entry);
    }

    /** A count, rate or mark of a key, without using its entry; 0 if there is none or it is not stored. */
    public long value(StickKeyBuffer key, StickDataType type, long nowNanos) {
        long hash = hash(key);
        synchronized (lock) {
            StickEntry entry = store.find(key.bytes(), key.length(), hash, nowNanos);
            return entry == null ? 0 : data.get(entry, type, nowNanos);
        }
    }

    /**
     * Marks a key ({@link StickDataType#GPT0}).
     *
     * @return false if the table has no room
     */
    public boolean mark(StickKeyBuffer key, long mark, long nowNanos) {
        long hash = hash(key);
        StickUpdate update;
        StickKey news;
        synchronized (lock) {
            StickEntry entry = store.obtain(key.bytes(), key.length(), hash, nowNanos);
            if (entry == null) {
                return false;
            }
            store.touch(entry, nowNanos);
            data.set(entry, StickDataType.GPT0, mark);
            update = versions.counted(entry, nowNanos);
            news = versions.newlyCounted(entry);
        }
        tell(update, nowNanos);
        tellCount(news, nowNanos);
        return true;
    }

    /** What is known of a key, or null if there is no entry. */
    public @Nullable StickRecord entry(StickKey key, long nowNanos) {
        long hash = hash(key);
        byte[] bytes = key.bytes();
        synchronized (lock) {
            StickEntry entry = store.find(bytes, bytes.length, hash, nowNanos);
            return entry == null ? null : StickRecord.of(this, entry, nowNanos);
        }
    }

    /** All entries, in no order; those that change meanwhile as they were before or after. */
    public List<StickRecord> entries(long nowNanos) {
        Map<StickKey, StickRecord> records = new LinkedHashMap<>();
        StickScan.of(
                this,
                entry -> {
                    if (!store.isExpired(entry, nowNanos)) {
                        StickRecord record = StickRecord.of(this, entry, nowNanos);
                        records.put(record.key(), record);
                    }
                },
                () -> {});
        return List.copyOf(records.values());
    }

    /**
     * Takes away entries that have expired, some hundreds at most; none of them is found any more in any case.
     *
     * @return how many; when they are more, {@link #nextExpiryNanos} is past still
     */
    public int expire(long nowNanos) {
        synchronized (lock) {
            return versions.expire(nowNanos, MOST_EXPIRED_AT_ONCE);
        }
    }

    /** When {@link #expire} has something to do next; empty: not before something else happens. */
    public OptionalLong nextExpiryNanos() {
        synchronized (lock) {
            return versions.nextExpiryNanos();
        }
    }

    /**
     * To have other nodes hold the same.
     *
     * @throws IllegalStateException if the table was made without a {@link StickNode}
     */
    public StickReplication replication() {
        if (versions.isAlone()) {
            throw new IllegalStateException(
                    "Table " + name + " has no name of its node; make it with one to replicate it");
        }
        return replication;
    }

    Object lock() {
        return lock;
    }

    StickStore store() {
        return store;
    }

    StickData data() {
        return data;
    }

    StickVersions versions() {
        return versions;
    }

    void tell(@Nullable StickUpdate update, long nowNanos) {
        if (update != null) {
            versions.listeners().forEach(listener -> listener.onUpdate(this, update, nowNanos));
        }
    }

    void tellCount(@Nullable StickKey key, long nowNanos) {
        if (key != null) {
            versions.listeners().forEach(listener -> listener.onCount(this, key, nowNanos));
        }
    }

    private long hash(StickKeyBuffer key) {
        requireType(key.type());
        if (key.length() == 0) {
            throw new IllegalArgumentException("There is no key in the buffer yet; fill it first");
        }
        return Hash64.of(key.bytes(), 0, key.length(), seed);
    }

    long hash(StickKey key) {
        requireType(key.type());
        return Hash64.of(key.bytes(), seed);
    }

    private void requireType(StickKeyType type) {
        if (type != config.keyType() && !type.equals(config.keyType())) {
            throw new IllegalArgumentException(
                    "Table " + name + " has keys of type " + config.keyType() + ", not " + type);
        }
    }
}

package io.evenkeel.lb.store;

import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickListener;
import io.evenkeel.lb.StickServerKey;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import io.evenkeel.lb.StickUpdate;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stick table of this node that is in a store too, and what its entries are called there: {@code prefix:table:definition:key}. Since the
 * definition is in the name, entries of tables that are not alike are never taken for each other.
 */
final class StoreTable {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    /** As long as nodes remember removals. */
    private static final long REMOVAL_MILLIS = 600_000;

    /** Fields of an entry: more than all of them for all entries never wait. */
    private static final int FIELDS = StoreField.values().length;

    private final StickTable table;
    private final String definition;
    private final String storeName;
    private final byte[] head;
    private final StoreOutbox outbox;
    private final StickListener listener;

    /**
     * @param onChange called on any thread when there is something to write
     */
    StoreTable(String prefix, StickTable table, Runnable onChange) {
        this.table = table;
        StickTableConfig config = table.config();
        definition = definition(config);
        storeName = table.name().replace(":", "%3A");
        head = bytes(prefix + ":" + storeName + ":" + definition + ":");
        outbox = new StoreOutbox((int) Math.min(Integer.MAX_VALUE, (long) FIELDS * config.size()));
        listener =
                (source, update, nowNanos) -> {
                    outbox.add(update, nowNanos);
                    onChange.run();
                };
        table.replication().addListener(listener);
    }

    /** Hears no more of what changes in the table. */
    void close() {
        table.replication().removeListener(listener);
    }

    private static String definition(StickTableConfig config) {
        StickKeyType type = config.keyType();
        String name = type.toString().replace(" len ", "-");
        return config.serverKey() == StickServerKey.NAME ? name : name + "-addr";
    }

    /** Its key type and, unless servers go by name, by what they go: {@code ip}, {@code string-32}, {@code ip-addr}. */
    String definition() {
        return definition;
    }

    /** As a part of the names of its entries. */
    String storeName() {
        return storeName;
    }

    StickTable table() {
        return table;
    }

    StoreOutbox outbox() {
        return outbox;
    }

    /** The whole name of an entry: addresses and numbers as people write them, texts as they are, bytes in hexadecimal. */
    byte[] name(StickKey key) {
        boolean text = key.type().kind() == StickKeyType.Kind.STRING;
        byte[] tail = text ? key.toBytes() : bytes(key.toString());
        byte[] name = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, name, head.length, tail.length);
        return name;
    }

    /**
     * The key of an entry; null if it is one of another table, or of one that is not alike.
     *
     * @throws StoreFormatException if no key of this table can be called so
     */
    @Nullable StickKey key(byte[] name) {
        if (name.length < head.length
                || !Arrays.equals(name, 0, head.length, head, 0, head.length)) {
            return null;
        }
        byte[] tail = Arrays.copyOfRange(name, head.length, name.length);
        StickKeyType type = table.config().keyType();
        try {
            return type.kind() == StickKeyType.Kind.STRING
                    ? StickKey.of(type, tail)
                    : StickKey.parse(type, new String(tail, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new StoreFormatException(String.valueOf(e.getMessage()));
        }
    }

    /** How long the store is to keep it; 0 or less: it has expired. */
    long remainingMillis(StickUpdate.Kind kind, long ageNanos) {
        return kind == StickUpdate.Kind.REMOVAL
                ? REMOVAL_MILLIS
                : (table.config().expireNanos() - ageNanos) / NANOS_PER_MILLI;
    }

    /** How long ago an entry was used that is kept for so long; negative: for ever. */
    long ageNanos(long remainingMillis) {
        long expireNanos = table.config().expireNanos();
        return remainingMillis < 0 || remainingMillis >= expireNanos / NANOS_PER_MILLI
                ? 0
                : expireNanos - remainingMillis * NANOS_PER_MILLI;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

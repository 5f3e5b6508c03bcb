package io.evenkeel.lb.peers;

import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickTableConfig;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message tells of a key. A rate is told as its value now, which from then on goes down to nothing in a period.
 *
 * @param key of the entry
 * @param server its name, or null if none was told and its number neither
 * @param values of what a stick table can hold
 */
record PeerEntry(StickKey key, @Nullable String server, Map<StickDataType, Long> values) {
    private static final int INTEGER_BYTES = 4;

    PeerEntry {
        values = Map.copyOf(values);
    }

    static PeerEntry of(StickRecord record) {
        return new PeerEntry(record.key(), record.server(), record.values());
    }

    /** @param ids numbers of servers, by what the table calls them */
    void write(PeerWriter out, PeerDefinition table, ServerNames names, Map<String, Integer> ids) {
        byte[] bytes = key.toBytes();
        if (key.type().kind() == StickKeyType.Kind.STRING) {
            out.text(bytes);
        } else {
            out.bytes(bytes);
        }
        for (PeerField field : table.fields()) {
            StickDataType stored = field.type().stored();
            if (field.type() == PeerDataType.SERVER_KEY) {
                names.write(out, server);
            } else if (field.type() == PeerDataType.SERVER_ID) {
                out.number(server == null ? 0 : ids.getOrDefault(server, 0));
            } else if (stored != null) {
                long value = values.getOrDefault(stored, 0L);
                if (stored.isRate()) {
                    out.number(0).number(0);
                }
                out.number(value);
            }
        }
    }

    /**
     * Null if it has no key.
     *
     * @param ours how the table is configured here
     */
    static @Nullable PeerEntry read(
            PeerReader in, PeerDefinition table, StickTableConfig ours, ServerNames names) {
        StickKeyType type = ours.keyType();
        byte[] bytes =
                switch (type.kind()) {
                    case STRING -> in.bytes(in.count());
                    case INTEGER -> in.bytes(INTEGER_BYTES);
                    default -> in.bytes((int) table.keyLength());
                };
        String server = null;
        String byId = null;
        Map<StickDataType, Long> values = new EnumMap<>(StickDataType.class);
        for (PeerField field : table.fields()) {
            if (field.type() == PeerDataType.SERVER_KEY) {
                server = names.read(in);
                continue;
            }
            if (field.type() == PeerDataType.SERVER_ID) {
                byId = ours.serverIds().get((int) in.number());
                continue;
            }
            StickDataType stored = field.type().stored();
            for (int i = 0; i < field.count(); i++) {
                long value = field.type().shape().hasPeriod() ? rate(in, field) : in.number();
                if (stored != null) {
                    values.put(stored, value);
                }
            }
        }
        if (bytes.length == 0) {
            return null;
        }
        byte[] cut = bytes.length > type.length() ? Arrays.copyOf(bytes, type.length()) : bytes;
        return new PeerEntry(StickKey.of(type, cut), server == null ? byId : server, values);
    }

    private static long rate(PeerReader in, PeerField field) {
        long elapsed = in.number();
        long current = in.number();
        long previous = in.number();
        long period = field.periodMillis();
        if (period <= 0 || elapsed < 0 || elapsed >= 2 * period) {
            return 0;
        }
        if (elapsed >= period) {
            previous = current;
            current = 0;
            elapsed -= period;
        }
        return current + (long) ((double) previous * (period - elapsed) / period);
    }
}

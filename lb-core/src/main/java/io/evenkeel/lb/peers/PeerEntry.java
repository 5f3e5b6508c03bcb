package io.evenkeel.lb.peers;

import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickRate;
import io.evenkeel.lb.StickRecord;
import io.evenkeel.lb.StickServerKey;
import io.evenkeel.lb.StickTableConfig;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a message tells of a key.
 *
 * @param key of the entry
 * @param server its name, or null if none was told and its number neither
 * @param values of what a stick table can hold, without rates
 * @param rates that it can hold
 */
record PeerEntry(
        StickKey key,
        @Nullable String server,
        Map<StickDataType, Long> values,
        Map<StickDataType, StickRate> rates) {
    private static final int INTEGER_BYTES = 4;

    PeerEntry {
        values = Map.copyOf(values);
        rates = Map.copyOf(rates);
    }

    /** What is to be told of an entry of a table that is configured so. */
    static PeerEntry of(StickRecord record, StickTableConfig ours) {
        String server = record.server();
        if (server != null && ours.serverKey() == StickServerKey.ADDRESS) {
            server = withoutBrackets(server);
        }
        return new PeerEntry(record.key(), server, record.values(), record.rates());
    }

    /** An IPv6 address and a port as HAProxy writes them; whatever is none stays as it is. */
    private static String withoutBrackets(String server) {
        int end = server.indexOf(']');
        int port = server.lastIndexOf(':');
        int first = server.indexOf(':');
        return server.startsWith("[") && first < end && port == end + 1
                ? server.substring(1, end) + server.substring(port)
                : server;
    }

    /** What a table that is configured so calls the server that a peer calls that; peers may write brackets, too. */
    private static @Nullable String here(@Nullable String server, StickTableConfig ours) {
        if (server == null || ours.serverKey() == StickServerKey.NAME) {
            return server;
        }
        int port = server.lastIndexOf(':');
        boolean withBrackets =
                server.indexOf(':') == port || server.indexOf('[') >= 0 || server.indexOf(']') >= 0;
        return withBrackets
                ? server
                : "[" + server.substring(0, port) + "]" + server.substring(port);
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
            } else if (stored != null && stored.isRate()) {
                PeerRate.write(out, rates.getOrDefault(stored, StickRate.NONE));
            } else if (stored != null) {
                out.number(values.getOrDefault(stored, 0L));
            }
        }
    }

    /**
     * Null if it has no key, such as an empty text, or there is no such table here. It is read in any case: from then on the peer may tell
     * the server that it names as a number, in any table.
     *
     * @param ours how the table is configured here, or null if there is none that fits
     */
    static @Nullable PeerEntry read(
            PeerReader in,
            PeerDefinition table,
            @Nullable StickTableConfig ours,
            ServerNames names) {
        byte[] bytes = key(in, table);
        String server = null;
        String byId = null;
        Map<StickDataType, Long> values = new EnumMap<>(StickDataType.class);
        Map<StickDataType, StickRate> rates = new EnumMap<>(StickDataType.class);
        for (PeerField field : table.fields()) {
            if (field.type() == PeerDataType.SERVER_KEY) {
                server = names.read(in);
                continue;
            }
            if (field.type() == PeerDataType.SERVER_ID) {
                long id = in.number();
                byId = ours == null ? null : ours.serverIds().get((int) id);
                continue;
            }
            StickDataType stored = field.type().stored();
            for (int i = 0; i < field.count(); i++) {
                if (field.type().shape().hasPeriod()) {
                    long own = ours == null || stored == null ? 0 : ours.periodNanos(stored);
                    StickRate rate = PeerRate.read(in, field.periodMillis(), own);
                    if (stored != null) {
                        rates.put(stored, rate);
                    }
                } else {
                    long value = in.number();
                    if (stored != null) {
                        values.put(stored, value);
                    }
                }
            }
        }
        if (ours == null || bytes.length == 0) {
            return null;
        }
        StickKeyType type = ours.keyType();
        byte[] cut = bytes.length > type.length() ? Arrays.copyOf(bytes, type.length()) : bytes;
        return new PeerEntry(
                StickKey.of(type, cut), server == null ? byId : here(server, ours), values, rates);
    }

    private static byte[] key(PeerReader in, PeerDefinition table) {
        if (table.hasTexts()) {
            return in.bytes(in.count());
        }
        long length = table.hasIntegers() ? INTEGER_BYTES : table.keyLength();
        return in.bytes((int) Math.max(0, Math.min(length, Integer.MAX_VALUE)));
    }
}

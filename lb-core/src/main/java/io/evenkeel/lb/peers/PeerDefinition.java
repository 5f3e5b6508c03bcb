package io.evenkeel.lb.peers;

import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKeyType;
import io.evenkeel.lb.StickTable;
import io.evenkeel.lb.StickTableConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a peer says of a table before it tells of its entries.
 *
 * @param id what the peer calls it
 * @param name of the table
 * @param keyType the protocol's number for the type of its keys
 * @param keyLength in bytes, of a text with the 0 at its end
 * @param expireMillis how long an entry is kept, 0: for ever
 * @param fields what comes after the key of each entry, in that order; those that are known here
 */
record PeerDefinition(
        long id,
        String name,
        long keyType,
        long keyLength,
        long expireMillis,
        List<PeerField> fields) {
    private static final long NANOS_PER_MILLI = 1_000_000L;
    private static final int INTEGER = 2;
    private static final int IPV4 = 4;
    private static final int IPV6 = 5;
    private static final int STRING = 6;
    private static final int BINARY = 7;
    private static final int MOST_VALUES = 1_000;

    PeerDefinition {
        fields = List.copyOf(fields);
    }

    /** Of a table of this node. */
    static PeerDefinition of(long id, StickTable table) {
        StickTableConfig config = table.config();
        Map<PeerDataType, PeerField> fields = new EnumMap<>(PeerDataType.class);
        if (!config.serverIds().isEmpty()) {
            fields.put(PeerDataType.SERVER_ID, new PeerField(PeerDataType.SERVER_ID, 1, 0));
        }
        fields.put(PeerDataType.SERVER_KEY, new PeerField(PeerDataType.SERVER_KEY, 1, 0));
        for (StickDataType stored : config.data()) {
            PeerDataType type = PeerDataType.of(stored);
            if (type != null) {
                fields.put(
                        type, new PeerField(type, 1, config.periodNanos(stored) / NANOS_PER_MILLI));
            }
        }
        return new PeerDefinition(
                id,
                table.name(),
                keyType(config.keyType()),
                keyLength(config.keyType()),
                config.expireNanos() / NANOS_PER_MILLI,
                List.copyOf(fields.values()));
    }

    private static int keyType(StickKeyType type) {
        return switch (type.kind()) {
            case INTEGER -> INTEGER;
            case IP -> IPV4;
            case IPV6 -> IPV6;
            case STRING -> STRING;
            case BINARY -> BINARY;
        };
    }

    private static int keyLength(StickKeyType type) {
        return type.length() + (type.kind() == StickKeyType.Kind.STRING ? 1 : 0);
    }

    boolean hasTexts() {
        return keyType == STRING;
    }

    boolean hasIntegers() {
        return keyType == INTEGER;
    }

    /** Whether its keys can be those of a table of that type; texts that are too long are cut. */
    boolean fits(StickKeyType type) {
        return keyType == keyType(type)
                && (type.kind() == StickKeyType.Kind.STRING || keyLength == type.length());
    }

    void write(PeerWriter out) {
        long types = 0;
        for (PeerField field : fields) {
            types |= field.type().bit();
        }
        PeerWriter body = new PeerWriter();
        body.number(id).text(name.getBytes(StandardCharsets.UTF_8));
        body.number(keyType).number(keyLength).number(types).number(expireMillis);
        for (PeerField field : fields) {
            PeerDataType.Shape shape = field.type().shape();
            if (shape.hasCount() || shape.hasPeriod()) {
                body.number(field.type().ordinal());
            }
            if (shape.hasCount()) {
                body.number(field.count());
            }
            if (shape.hasPeriod()) {
                body.number(field.periodMillis());
            }
        }
        out.octet(PeerMessages.TABLE).octet(PeerMessages.DEFINITION).counted(body);
    }

    /** Of the part of a message after its length. */
    static PeerDefinition read(PeerReader in) {
        long id = in.number();
        String name = in.text();
        long keyType = in.number();
        long keyLength = in.number();
        long types = in.number();
        // Version 2.0 ends here.
        long expireMillis = in.hasMore() ? in.number() : 0;
        Map<PeerDataType, PeerField> described = described(in);
        List<PeerField> fields = new ArrayList<>();
        for (int bit = 0; bit < Long.SIZE; bit++) {
            if ((types & 1L << bit) == 0) {
                continue;
            }
            PeerDataType type = PeerDataType.of(bit);
            if (type == null || type.shape().hasCount() && !described.containsKey(type)) {
                // Nobody knows how long it is, and what comes after it.
                break;
            }
            fields.add(described.getOrDefault(type, new PeerField(type, 1, 0)));
        }
        return new PeerDefinition(id, name, keyType, keyLength, expireMillis, fields);
    }

    private static Map<PeerDataType, PeerField> described(PeerReader in) {
        Map<PeerDataType, PeerField> fields = new EnumMap<>(PeerDataType.class);
        while (in.hasMore()) {
            long number = in.number();
            PeerDataType type =
                    number >= 0 && number < Long.SIZE ? PeerDataType.of((int) number) : null;
            if (type == null) {
                break;
            }
            long count = type.shape().hasCount() ? in.number() : 1;
            if (count < 0 || count > MOST_VALUES) {
                throw new PeerProtocolException("a table has " + count + " values of " + type);
            }
            long period = type.shape().hasPeriod() ? in.number() : 0;
            fields.put(type, new PeerField(type, (int) count, period));
        }
        return fields;
    }
}

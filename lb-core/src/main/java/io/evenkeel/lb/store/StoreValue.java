package io.evenkeel.lb.store;

import io.evenkeel.lb.StickDataType;
import io.evenkeel.lb.StickKey;
import io.evenkeel.lb.StickUpdate;
import io.evenkeel.lb.StickVersion;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * A field of an entry as it is written in a store: the version, which sorts as text does, and after it the server, or counts by name.
 * {@code 00000193b5a2c4f0 lb1 web3}, {@code 00000193b5a2c4f1 lb1 gpc0=2 gpt0=1}, {@code 00000193b5a2c4f2 lb2}.
 */
final class StoreValue {
    private static final int CLOCK_DIGITS = 16;
    private static final int HEX = 16;

    private StoreValue() {}

    static String write(StickUpdate update) {
        StickVersion version = update.version();
        StringBuilder text =
                new StringBuilder(String.format(Locale.ROOT, "%016x", version.clock()))
                        .append(' ')
                        .append(version.node());
        if (update.server() != null) {
            text.append(' ').append(update.server());
        }
        new TreeMap<>(update.counts())
                .forEach((type, count) -> text.append(' ').append(type).append('=').append(count));
        return text.toString();
    }

    /** @throws StoreFormatException if nobody has written it so */
    static StickUpdate read(StoreField field, StickKey key, String text, long ageNanos) {
        String[] parts = text.split(" ", 3);
        boolean removal = field == StoreField.REMOVAL;
        if (parts.length < 2 || parts[0].length() != CLOCK_DIGITS || removal == parts.length > 2) {
            throw new StoreFormatException("'" + text + "' is no value of an entry");
        }
        long clock;
        try {
            clock = Long.parseLong(parts[0], HEX);
        } catch (NumberFormatException e) {
            throw new StoreFormatException("'" + text + "' has no version");
        }
        return new StickUpdate(
                field.kind(),
                key,
                new StickVersion(clock, parts[1]),
                field == StoreField.SERVER ? parts[2] : null,
                field == StoreField.COUNTS ? counts(parts[2]) : Map.of(),
                ageNanos);
    }

    private static Map<StickDataType, Long> counts(String text) {
        Map<StickDataType, Long> counts = new EnumMap<>(StickDataType.class);
        for (String part : text.split(" ")) {
            int equals = part.indexOf('=');
            for (StickDataType type : StickDataType.values()) {
                // What a newer version knows beyond these is left out.
                if (equals > 0 && type.toString().equals(part.substring(0, equals))) {
                    try {
                        counts.put(type, Long.parseLong(part.substring(equals + 1)));
                    } catch (NumberFormatException e) {
                        throw new StoreFormatException("'" + part + "' is no count");
                    }
                }
            }
        }
        return counts;
    }
}

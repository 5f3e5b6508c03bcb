package io.evenkeel.lb;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link StickTable} held of a key at one moment.
 *
 * @param key the key
 * @param server what the entry calls it, or null if it has none
 * @param connections that used the entry
 * @param values of all that the table stores
 * @param rates what those of the values that are rates are made of
 * @param idleNanos since it was used, matched or stored; 0 while connections use it
 */
public record StickRecord(
        StickKey key,
        @Nullable String server,
        int connections,
        Map<StickDataType, Long> values,
        Map<StickDataType, StickRate> rates,
        long idleNanos) {
    static StickRecord of(StickTable table, StickEntry entry, long nowNanos) {
        return new StickRecord(
                table.versions().keyOf(entry),
                entry.server,
                entry.uses,
                table.data().all(table.config(), entry, nowNanos),
                table.data().rates(entry, nowNanos),
                table.store().ageNanos(entry, nowNanos));
    }

    /** Makes the values and rates immutable. */
    public StickRecord {
        values = Map.copyOf(values);
        rates = Map.copyOf(rates);
    }
}

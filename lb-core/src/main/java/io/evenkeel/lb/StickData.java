package io.evenkeel.lb;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/** Where an entry's counts and rates are in its array, and how they are read and changed. Immutable; the entries are under the table's lock. */
final class StickData {
    private static final StickDataType[] TYPES = StickDataType.values();
    private static final int NOT_STORED = -1;

    private final int[] offsets = new int[TYPES.length];
    private final long[] periods = new long[TYPES.length];
    private final int length;
    private final boolean storesConnections;
    private final boolean storesReplicated;

    StickData(StickTableConfig config) {
        Arrays.fill(offsets, NOT_STORED);
        int next = 0;
        for (StickDataType type : config.data()) {
            // An entry counts its connections in any case.
            if (type != StickDataType.CONN_CUR) {
                offsets[type.ordinal()] = next;
                periods[type.ordinal()] = config.periodNanos(type);
                next += type.isRate() ? SlidingRate.LENGTH : 1;
            }
        }
        length = next;
        storesReplicated = config.data().stream().anyMatch(StickDataType::isReplicated);
        storesConnections = config.stores(StickDataType.CONN_CUR);
    }

    /** Of the array of each entry. */
    int length() {
        return length;
    }

    long get(StickEntry entry, StickDataType type, long nowNanos) {
        if (type == StickDataType.CONN_CUR) {
            return storesConnections ? entry.uses : 0;
        }
        int at = offsets[type.ordinal()];
        if (at == NOT_STORED) {
            return 0;
        }
        long period = periods[type.ordinal()];
        return period == 0
                ? entry.data[at]
                : SlidingRate.perPeriod(entry.data, at, period, nowNanos);
    }

    /** Counts, if it is stored. */
    void add(StickEntry entry, StickDataType type, long count, long nowNanos) {
        int at = offsets[type.ordinal()];
        if (at == NOT_STORED) {
            return;
        }
        long period = periods[type.ordinal()];
        if (period == 0) {
            entry.data[at] += count;
        } else {
            SlidingRate.add(entry.data, at, period, count, nowNanos);
        }
    }

    /** Sets a sum or mark, if it is stored. */
    void set(StickEntry entry, StickDataType type, long value) {
        int at = offsets[type.ordinal()];
        if (at != NOT_STORED && periods[type.ordinal()] == 0) {
            entry.data[at] = value;
        }
    }

    /** What is stored of another table's entry too, and counted over the same period. */
    void copy(StickEntry source, StickData its, StickEntry entry) {
        for (StickDataType type : TYPES) {
            int to = offsets[type.ordinal()];
            int from = its.offsets[type.ordinal()];
            boolean same = periods[type.ordinal()] == its.periods[type.ordinal()];
            if (to != NOT_STORED && from != NOT_STORED && same) {
                int count = type.isRate() ? SlidingRate.LENGTH : 1;
                System.arraycopy(source.data, from, entry.data, to, count);
            }
        }
    }

    /** Sets a rate, if it is stored. */
    void set(StickEntry entry, StickDataType type, StickRate rate, long nowNanos) {
        int at = offsets[type.ordinal()];
        if (at != NOT_STORED && periods[type.ordinal()] > 0) {
            SlidingRate.set(entry.data, at, rate, nowNanos);
        }
    }

    void clear(StickEntry entry) {
        Arrays.fill(entry.data, 0);
    }

    void countConnection(StickEntry entry, long nowNanos) {
        add(entry, StickDataType.CONN_CNT, 1, nowNanos);
        add(entry, StickDataType.CONN_RATE, 1, nowNanos);
    }

    void countSession(StickEntry entry, long nowNanos) {
        add(entry, StickDataType.SESS_CNT, 1, nowNanos);
        add(entry, StickDataType.SESS_RATE, 1, nowNanos);
    }

    void countBytes(StickEntry entry, long in, long out, long nowNanos) {
        add(entry, StickDataType.BYTES_IN_CNT, in, nowNanos);
        add(entry, StickDataType.BYTES_IN_RATE, in, nowNanos);
        add(entry, StickDataType.BYTES_OUT_CNT, out, nowNanos);
        add(entry, StickDataType.BYTES_OUT_RATE, out, nowNanos);
    }

    boolean storesReplicated() {
        return storesReplicated;
    }

    /** What other nodes hear of. */
    Map<StickDataType, Long> replicated(StickEntry entry) {
        Map<StickDataType, Long> counts = new EnumMap<>(StickDataType.class);
        for (StickDataType type : TYPES) {
            if (type.isReplicated() && offsets[type.ordinal()] != NOT_STORED) {
                counts.put(type, entry.data[offsets[type.ordinal()]]);
            }
        }
        return counts;
    }

    Map<StickDataType, Long> all(StickTableConfig config, StickEntry entry, long nowNanos) {
        Map<StickDataType, Long> values = new EnumMap<>(StickDataType.class);
        for (StickDataType type : config.data()) {
            values.put(type, get(entry, type, nowNanos));
        }
        return values;
    }

    Map<StickDataType, StickRate> rates(StickEntry entry, long nowNanos) {
        Map<StickDataType, StickRate> rates = new EnumMap<>(StickDataType.class);
        for (StickDataType type : TYPES) {
            int at = offsets[type.ordinal()];
            long period = periods[type.ordinal()];
            if (at != NOT_STORED && period > 0) {
                rates.put(type, SlidingRate.get(entry.data, at, period, nowNanos));
            }
        }
        return rates;
    }
}

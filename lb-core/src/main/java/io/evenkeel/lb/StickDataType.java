package io.evenkeel.lb;

import java.util.Locale;

/** What a {@link StickTable} may hold of a key beside its server, named as in {@code stick-table store}. */
public enum StickDataType {
    /** Connections so far, refused ones too. */
    CONN_CNT,
    /** Connections now. */
    CONN_CUR,
    /** Connections in a period, refused ones too. */
    CONN_RATE,
    /** Connections so far that were let in. */
    SESS_CNT,
    /** Connections in a period that were let in. */
    SESS_RATE,
    /** Bytes from clients so far. */
    BYTES_IN_CNT,
    /** Bytes from clients in a period. */
    BYTES_IN_RATE,
    /** Bytes to clients so far. */
    BYTES_OUT_CNT,
    /** Bytes to clients in a period. */
    BYTES_OUT_RATE,
    /** The application's counter. */
    GPC0,
    /** Increments of the application's counter in a period. */
    GPC0_RATE,
    /** The application's mark. */
    GPT0;

    private final String haproxyName = name().toLowerCase(Locale.ROOT);

    /** Whether it is counted over a period, which the configuration names. */
    public boolean isRate() {
        return name().endsWith("_RATE");
    }

    /** Whether other nodes hear of it: sums and marks are, what is of the present moment is each node's own. */
    public boolean isReplicated() {
        return !isRate() && this != CONN_CUR;
    }

    /** As in {@code haproxy.cfg}: {@code conn_cur}. */
    @Override
    public String toString() {
        return haproxyName;
    }
}

package io.evenkeel.lb.peers;

import io.evenkeel.lb.StickDataType;
import org.jspecify.annotations.Nullable;

/** What an entry may have beside its key. The place in this list is the number that the protocol gives it. */
enum PeerDataType {
    /** Beside {@link #SERVER_KEY}, which goes before it. */
    SERVER_ID(Shape.NUMBER, null),
    GPT0(Shape.NUMBER, StickDataType.GPT0),
    GPC0(Shape.NUMBER, StickDataType.GPC0),
    GPC0_RATE(Shape.RATE, StickDataType.GPC0_RATE),
    CONN_CNT(Shape.NUMBER, StickDataType.CONN_CNT),
    CONN_RATE(Shape.RATE, StickDataType.CONN_RATE),
    /** Each node counts its own connections: in HAProxy too it is told and nobody takes it. */
    CONN_CUR(Shape.NUMBER, null),
    SESS_CNT(Shape.NUMBER, StickDataType.SESS_CNT),
    SESS_RATE(Shape.RATE, StickDataType.SESS_RATE),
    HTTP_REQ_CNT(Shape.NUMBER, null),
    HTTP_REQ_RATE(Shape.RATE, null),
    HTTP_ERR_CNT(Shape.NUMBER, null),
    HTTP_ERR_RATE(Shape.RATE, null),
    BYTES_IN_CNT(Shape.NUMBER, StickDataType.BYTES_IN_CNT),
    BYTES_IN_RATE(Shape.RATE, StickDataType.BYTES_IN_RATE),
    BYTES_OUT_CNT(Shape.NUMBER, StickDataType.BYTES_OUT_CNT),
    BYTES_OUT_RATE(Shape.RATE, StickDataType.BYTES_OUT_RATE),
    GPC1(Shape.NUMBER, null),
    GPC1_RATE(Shape.RATE, null),
    SERVER_KEY(Shape.NAME, null),
    HTTP_FAIL_CNT(Shape.NUMBER, null),
    HTTP_FAIL_RATE(Shape.RATE, null),
    GPT(Shape.NUMBERS, null),
    GPC(Shape.NUMBERS, null),
    GPC_RATE(Shape.RATES, null);

    /** How a value is written. */
    enum Shape {
        NUMBER,
        /** Three numbers: since when the period runs in ms, its count, and the count of the period before. */
        RATE,
        /** One of a list of names that both know, see {@link ServerNames}. */
        NAME,
        /** As many numbers as the definition says. */
        NUMBERS,
        /** As many rates as the definition says. */
        RATES;

        boolean hasCount() {
            return this == NUMBERS || this == RATES;
        }

        boolean hasPeriod() {
            return this == RATE || this == RATES;
        }
    }

    private static final PeerDataType[] ALL = values();

    private final Shape shape;
    private final @Nullable StickDataType stored;

    PeerDataType(Shape shape, @Nullable StickDataType stored) {
        this.shape = shape;
        this.stored = stored;
    }

    Shape shape() {
        return shape;
    }

    /** As what a stick table holds it; null if it holds none or keeps its own. */
    @Nullable StickDataType stored() {
        return stored;
    }

    long bit() {
        return 1L << ordinal();
    }

    /** Null if it is newer than this list. */
    static @Nullable PeerDataType of(int number) {
        return number < ALL.length ? ALL[number] : null;
    }

    /** Null if no peer hears of it. */
    static @Nullable PeerDataType of(StickDataType type) {
        for (PeerDataType each : ALL) {
            if (each.stored == type) {
                return each;
            }
        }
        return null;
    }
}

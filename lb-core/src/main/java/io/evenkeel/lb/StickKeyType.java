package io.evenkeel.lb;

/**
 * What the keys of a {@link StickTable} are ({@code stick-table type}).
 *
 * @param kind of the keys
 * @param length in bytes: of every key or, of a {@link Kind#STRING}, the most that count, the rest being cut off
 */
public record StickKeyType(Kind kind, int length) {
    /** Bytes of a binary key where no length is given, as in HAProxy. */
    public static final int DEFAULT_BINARY_LENGTH = 32;

    /** The most bytes of a text where none is given: in the same room HAProxy has a 0 at its end. */
    public static final int DEFAULT_STRING_LENGTH = 31;

    /** The longest text or binary key, in bytes. */
    public static final int MAX_LENGTH = 65_535;

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    /** The kinds of keys. */
    public enum Kind {
        /** IPv4 addresses; an IPv6 address fits if it stands for an IPv4 address ({@code ::ffff:192.0.2.1}). */
        IP,
        /** IPv6 addresses, and IPv4 addresses as {@code ::ffff:192.0.2.1}. */
        IPV6,
        /** Numbers of 32 bits, without sign. */
        INTEGER,
        /** Text. */
        STRING,
        /** Bytes, the missing ones 0. */
        BINARY
    }

    /**
     * Checks the length.
     *
     * @throws InvalidConfigException if it is out of range
     */
    public StickKeyType {
        Problems problems = new Problems("stickTable.type");
        switch (kind) {
            case IP, INTEGER -> problems.range("length", length, IPV4_BYTES, IPV4_BYTES);
            case IPV6 -> problems.range("length", length, IPV6_BYTES, IPV6_BYTES);
            case STRING, BINARY -> problems.range("length", length, 1, MAX_LENGTH);
        }
        problems.throwIfAny();
    }

    /** {@link Kind#IP}. */
    public static StickKeyType ip() {
        return new StickKeyType(Kind.IP, IPV4_BYTES);
    }

    /** {@link Kind#IPV6}. */
    public static StickKeyType ipv6() {
        return new StickKeyType(Kind.IPV6, IPV6_BYTES);
    }

    /** {@link Kind#INTEGER}. */
    public static StickKeyType integer() {
        return new StickKeyType(Kind.INTEGER, IPV4_BYTES);
    }

    /**
     * {@link Kind#STRING}.
     *
     * @throws InvalidConfigException if the length is not from 1 to {@link #MAX_LENGTH}
     */
    public static StickKeyType string(int length) {
        return new StickKeyType(Kind.STRING, length);
    }

    /**
     * {@link Kind#BINARY}.
     *
     * @throws InvalidConfigException if the length is not from 1 to {@link #MAX_LENGTH}
     */
    public static StickKeyType binary(int length) {
        return new StickKeyType(Kind.BINARY, length);
    }

    /** As in {@code haproxy.cfg}: {@code ip}, {@code string len 32}. */
    @Override
    public String toString() {
        return switch (kind) {
            case IP -> "ip";
            case IPV6 -> "ipv6";
            case INTEGER -> "integer";
            case STRING -> "string len " + length;
            case BINARY -> "binary len " + length;
        };
    }
}

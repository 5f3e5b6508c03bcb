package io.evenkeel.lb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * XXH64 by Yann Collet (the xxHash specification, version 0.1.1): the same for the same bytes and seed on every machine and in every
 * release, so that two nodes hash alike and an upgrade moves nobody.
 */
public final class Hash64 {
    private static final long PRIME_1 = 0x9E3779B185EBCA87L;
    private static final long PRIME_2 = 0xC2B2AE3D27D4EB4FL;
    private static final long PRIME_3 = 0x165667B19E3779F9L;
    private static final long PRIME_4 = 0x85EBCA77C2B2AE63L;
    private static final long PRIME_5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE = 32;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Hash64() {}

    /** The hash of a text, as UTF-8. */
    public static long of(String text, long seed) {
        return of(text.getBytes(StandardCharsets.UTF_8), seed);
    }

    /** The hash of all bytes. */
    public static long of(byte[] bytes, long seed) {
        return of(bytes, 0, bytes.length, seed);
    }

    /**
     * The hash of some of the bytes.
     *
     * @throws IndexOutOfBoundsException if they are not all there
     */
    public static long of(byte[] bytes, int offset, int length, long seed) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int at = offset;
        int end = offset + length;
        long hash;
        if (length >= STRIPE) {
            long a = seed + PRIME_1 + PRIME_2;
            long b = seed + PRIME_2;
            long c = seed;
            long d = seed - PRIME_1;
            for (; at <= end - STRIPE; at += STRIPE) {
                a = round(a, (long) LONGS.get(bytes, at));
                b = round(b, (long) LONGS.get(bytes, at + 8));
                c = round(c, (long) LONGS.get(bytes, at + 16));
                d = round(d, (long) LONGS.get(bytes, at + 24));
            }
            hash =
                    Long.rotateLeft(a, 1)
                            + Long.rotateLeft(b, 7)
                            + Long.rotateLeft(c, 12)
                            + Long.rotateLeft(d, 18);
            hash = merge(merge(merge(merge(hash, a), b), c), d);
        } else {
            hash = seed + PRIME_5;
        }
        hash += length;
        for (; at <= end - 8; at += 8) {
            hash = eight(hash, (long) LONGS.get(bytes, at));
        }
        if (at <= end - 4) {
            hash ^= ((int) INTS.get(bytes, at) & 0xffff_ffffL) * PRIME_1;
            hash = Long.rotateLeft(hash, 23) * PRIME_2 + PRIME_3;
            at += 4;
        }
        for (; at < end; at++) {
            hash ^= (bytes[at] & 0xff) * PRIME_5;
            hash = Long.rotateLeft(hash, 11) * PRIME_1;
        }
        return avalanche(hash);
    }

    /** The hash of the eight bytes of a value, the lowest first. */
    public static long of(long value, long seed) {
        return avalanche(eight(seed + PRIME_5 + Long.BYTES, value));
    }

    /** Spreads a hash evenly over {@code 0} to {@code size - 1} by its upper half, which takes a multiplication and no division. */
    static int range(long hash, int size) {
        return (int) ((hash >>> 32) * size >>> 32);
    }

    private static long eight(long hash, long value) {
        return Long.rotateLeft(hash ^ round(0, value), 27) * PRIME_1 + PRIME_4;
    }

    private static long round(long accumulator, long value) {
        return Long.rotateLeft(accumulator + value * PRIME_2, 31) * PRIME_1;
    }

    private static long merge(long hash, long accumulator) {
        return (hash ^ round(0, accumulator)) * PRIME_1 + PRIME_4;
    }

    private static long avalanche(long value) {
        long hash = value;
        hash ^= hash >>> 33;
        hash *= PRIME_2;
        hash ^= hash >>> 29;
        hash *= PRIME_3;
        return hash ^ hash >>> 32;
    }
}

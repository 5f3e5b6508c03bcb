package io.evenkeel.benchmarks.soak;

/** The bytes of a connection: any part of them can be made again from the connection's number, so that none has to be kept. */
final class Payload {
    private Payload() {}

    /** Fills {@code buffer} with the bytes of connection {@code id} from {@code offset} on. */
    static void fill(long id, long offset, byte[] buffer, int length) {
        long word = word(id, offset);
        for (int i = 0; i < length; i++) {
            long place = offset + i;
            if ((place & 7) == 0) {
                word = word(id, place);
            }
            buffer[i] = (byte) (word >>> ((place & 7) << 3));
        }
    }

    /** The first place in {@code buffer} that is not what it should be, or -1. */
    static int mismatch(long id, long offset, byte[] buffer, int length) {
        long word = word(id, offset);
        for (int i = 0; i < length; i++) {
            long place = offset + i;
            if ((place & 7) == 0) {
                word = word(id, place);
            }
            if (buffer[i] != (byte) (word >>> ((place & 7) << 3))) {
                return i;
            }
        }
        return -1;
    }

    /** SplitMix64 of the eight bytes that {@code offset} is among: neighbours and other connections differ. */
    private static long word(long id, long offset) {
        long word = id * 0x9E3779B97F4A7C15L + (offset >> 3);
        word = (word ^ word >>> 30) * 0xBF58476D1CE4E5B9L;
        word = (word ^ word >>> 27) * 0x94D049BB133111EBL;
        return word ^ word >>> 31;
    }
}

package io.evenkeel.lb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hash that changes moves every client, so it must not. */
class Hash64Test {
    @ParameterizedTest(name = "\"{0}\", seed {1}: {2}")
    @CsvSource({
        // What the xxHash library gives.
        "'', 0, ef46db3751d8e999",
        "a, 0, d24ec4f1a98c6e5b",
        "abc, 0, 44bc2cf5ad770999",
        "Nobody inspects the spammish repetition, 0, fbcea83c8a378bf1",
    })
    void theHashesAreThoseOfXxh64(String text, long seed, String hash) {
        assertEquals(Long.parseUnsignedLong(hash, 16), Hash64.of(text, seed));
    }

    @Test
    void aValueIsHashedAsItsEightBytes() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            long value = random.nextLong();
            long seed = random.nextLong();
            byte[] bytes =
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
            assertEquals(Hash64.of(bytes, seed), Hash64.of(value, seed));
        }
    }

    @Test
    void aPartIsHashedAsIfItWereAlone() {
        byte[] bytes = "before abc after".getBytes(StandardCharsets.US_ASCII);
        assertEquals(Hash64.of("abc", 5), Hash64.of(bytes, 7, 3, 5));
        assertThrows(IndexOutOfBoundsException.class, () -> Hash64.of(bytes, 14, 3, 0));
    }

    @Test
    void aRangeIsFilledEvenly() {
        int[] counts = new int[10];
        for (long i = 0; i < 100_000; i++) {
            counts[Hash64.range(Hash64.of(i, 0), counts.length)]++;
        }
        for (int count : counts) {
            assertEquals(10_000, count, 400);
        }
    }
}

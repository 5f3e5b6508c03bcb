package io.evenkeel.lb.netty;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SplittableRandom;

/** Random bytes in pieces of random size, and the digest that says whether they all arrived. */
final class RandomStream {
    private static final int MAX_PIECE = 200_000;

    private RandomStream() {}

    /** Writes {@code total} bytes; returns their SHA-256. */
    static String write(OutputStream out, long total, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        MessageDigest digest = sha256();
        byte[] noise = new byte[MAX_PIECE];
        random.nextBytes(noise);
        long left = total;
        while (left > 0) {
            // Mostly large pieces, some of a few bytes.
            int limit = random.nextInt(4) == 0 ? 10 : MAX_PIECE;
            int length = (int) Math.min(left, 1 + random.nextInt(limit));
            // So that no two pieces are alike.
            noise[random.nextInt(length)] = (byte) random.nextInt();
            out.write(noise, 0, length);
            digest.update(noise, 0, length);
            left -= length;
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Reads in pieces of random size until the end; returns the SHA-256 of everything. */
    static String read(InputStream in, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        MessageDigest digest = sha256();
        byte[] buffer = new byte[MAX_PIECE];
        while (true) {
            int n = in.read(buffer, 0, 1 + random.nextInt(MAX_PIECE));
            if (n < 0) {
                return HexFormat.of().formatHex(digest.digest());
            }
            digest.update(buffer, 0, n);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}

package io.evenkeel.vrrp;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * HMAC-SHA256 (RFC 2104) that allocates nothing once it is made; {@code javax.crypto.Mac} does with each
 * use.
 */
final class HmacSha256 {

    static final int LENGTH = 32;

    private static final int BLOCK = 64;

    private final MessageDigest digest;
    private final byte[] inner;
    private final byte[] outer;
    private final byte[] hash = new byte[LENGTH];

    /**
     * @param secret at most 64 bytes, which {@link HmacKey} sees to
     */
    HmacSha256(byte[] secret) {
        inner = padded(secret, 0x36);
        outer = padded(secret, 0x5c);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(
                    "Every Java platform has SHA-256, but not this one.", e);
        }
    }

    private static byte[] padded(byte[] secret, int pad) {
        byte[] block = new byte[BLOCK];
        System.arraycopy(secret, 0, block, 0, secret.length);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        return block;
    }

    /** The HMAC of the first bytes, in an array that the next call uses again. */
    byte[] of(byte[] message, int length) {
        try {
            digest.reset();
            digest.update(inner, 0, BLOCK);
            digest.update(message, 0, length);
            digest.digest(hash, 0, LENGTH);
            digest.update(outer, 0, BLOCK);
            digest.update(hash, 0, LENGTH);
            digest.digest(hash, 0, LENGTH);
            return hash;
        } catch (DigestException e) {
            throw new IllegalStateException("A SHA-256 did not fit its own length.", e);
        }
    }
}

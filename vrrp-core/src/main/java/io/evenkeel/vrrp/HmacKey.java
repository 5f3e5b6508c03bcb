package io.evenkeel.vrrp;

import java.util.Arrays;

/** A secret that routers of a cluster share, and the number by which packets name it. */
public final class HmacKey {

    private static final int LEAST_BYTES = 32;
    private static final int MOST_BYTES = 64;

    private final int id;
    private final byte[] secret;

    private HmacKey(int id, byte[] secret) {
        this.id = id;
        this.secret = secret;
    }

    /**
     * A key.
     *
     * @param id 1..255
     * @param secret 32..64 bytes, copied; 32 random ones are right
     * @throws IllegalArgumentException if a value is out of range
     */
    public static HmacKey of(int id, byte[] secret) {
        if (id < 1 || id > 255) {
            throw new IllegalArgumentException("The key id is " + id + "; it must be 1..255.");
        }
        if (secret.length < LEAST_BYTES || secret.length > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "Key "
                            + id
                            + " has "
                            + secret.length
                            + " bytes; it must have 32..64, and 32 random ones are right.");
        }
        return new HmacKey(id, secret.clone());
    }

    /** 1..255. */
    public int id() {
        return id;
    }

    byte[] secret() {
        return secret.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HmacKey key && id == key.id && Arrays.equals(secret, key.secret);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(secret) * 31 + id;
    }

    /** Does not tell the secret. */
    @Override
    public String toString() {
        return "key " + id;
    }
}

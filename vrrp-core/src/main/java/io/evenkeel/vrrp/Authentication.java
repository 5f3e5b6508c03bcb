package io.evenkeel.vrrp;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * How VRRPv2 advertisements are authenticated. The password travels in clear text (RFC 2338, section
 * 5.3.6): it keeps two clusters apart and keeps nobody out.
 */
public final class Authentication {

    /** No authentication: type 0. */
    public static final Authentication NONE = new Authentication(0, new byte[8]);

    static final int TRAILER_BYTES = 8;

    private final int type;
    private final byte[] trailer;

    private Authentication(int type, byte[] trailer) {
        this.type = type;
        this.trailer = trailer;
    }

    /**
     * A simple text password, type 1; keepalived's {@code auth_type PASS}.
     *
     * @param password 1..8 bytes in UTF-8, without NUL
     * @throws IllegalArgumentException if the password is empty, too long or holds a NUL
     */
    public static Authentication password(String password) {
        byte[] bytes = password.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 1 || bytes.length > TRAILER_BYTES || password.indexOf('\0') >= 0) {
            throw new IllegalArgumentException(
                    "The password has "
                            + bytes.length
                            + " bytes; VRRPv2 carries 1..8 bytes, none of them NUL.");
        }
        return new Authentication(1, Arrays.copyOf(bytes, TRAILER_BYTES));
    }

    /** The Auth Type field: 0 or 1. */
    public int type() {
        return type;
    }

    /** Byte 0..7 of the Authentication Data. */
    byte trailerByte(int index) {
        return trailer[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Authentication authentication
                && type == authentication.type
                && Arrays.equals(trailer, authentication.trailer);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(trailer) * 2 + type;
    }

    /** Does not tell the password. */
    @Override
    public String toString() {
        return type == 0 ? "NONE" : "PASSWORD";
    }
}

package io.evenkeel.lb;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A way for a server to have an address when it starts ({@code init-addr}).
 *
 * @param kind of the way
 * @param ip the address, of {@link Kind#FIXED} only
 */
public record InitialAddress(Kind kind, @Nullable IpAddress ip) {
    /** The address that a server of the same name has already, when a running proxy takes another configuration. */
    public static final InitialAddress LAST = new InitialAddress(Kind.LAST, null);

    /** What the name servers say, or else the system; the start waits for that. */
    public static final InitialAddress LIBC = new InitialAddress(Kind.LIBC, null);

    /** No address: the server is not used until its name is resolved. */
    public static final InitialAddress NONE = new InitialAddress(Kind.NONE, null);

    /** The kinds, named as in HAProxy. */
    public enum Kind {
        /** See {@link InitialAddress#LAST}. */
        LAST,
        /** See {@link InitialAddress#LIBC}. */
        LIBC,
        /** See {@link InitialAddress#NONE}. */
        NONE,
        /** See {@link InitialAddress#fixed}. */
        FIXED
    }

    /** Checks the parts. */
    public InitialAddress {
        Objects.requireNonNull(kind, "kind");
        if ((kind == Kind.FIXED) != (ip != null)) {
            throw new IllegalArgumentException("An address belongs to FIXED and to nothing else.");
        }
    }

    /** This address, until the name is resolved. */
    public static InitialAddress fixed(IpAddress ip) {
        return new InitialAddress(Kind.FIXED, ip);
    }
}

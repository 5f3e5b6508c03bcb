package io.evenkeel.lb;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A rule of a backend's {@link Stickiness}.
 *
 * @param kind what is done with the key
 * @param source what of the connection is the key
 * @param table the frontend or backend whose table it is in, or null for the backend's own
 */
public record StickRule(Kind kind, StickKeySource source, @Nullable String table) {
    /** What is done with the key of a connection. */
    public enum Kind {
        /** Its server is used, and the server that the connection gets is stored ({@code stick on}). */
        ON("stick on"),
        /** Its server is used ({@code stick match}). */
        MATCH("stick match"),
        /** The server that the connection gets is stored ({@code stick store-request}). */
        STORE_REQUEST("stick store-request");

        private final String haproxyName;

        Kind(String haproxyName) {
            this.haproxyName = haproxyName;
        }

        boolean matches() {
            return this != STORE_REQUEST;
        }

        boolean stores() {
            return this != MATCH;
        }

        /** As in {@code haproxy.cfg}: {@code stick on}. */
        @Override
        public String toString() {
            return haproxyName;
        }
    }

    /** Checks that there is a kind and a key. */
    public StickRule {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(source, "source");
    }

    /** {@code stick on} a key in the backend's own table. */
    public static StickRule on(StickKeySource source) {
        return new StickRule(Kind.ON, source, null);
    }

    /** Reports what does not fit the table that it is about. */
    void check(Problems problems, String path, @Nullable StickTableConfig itsTable) {
        if (itsTable == null) {
            problems.add(
                    path,
                    table == null
                            ? "there is no stick table in this backend; define one, or name another's"
                            : "there is no stick table '"
                                    + table
                                    + "'; define it, or name another");
        } else if (!source.fits(itsTable.keyType())) {
            problems.add(
                    path,
                    "the keys of the stick table are of type "
                            + itsTable.keyType()
                            + ", and none is made of "
                            + source
                            + "; use a table of another type");
        }
    }

    /** As in {@code haproxy.cfg}: {@code stick on src table pop}. */
    @Override
    public String toString() {
        return kind + " " + source + (table == null ? "" : " table " + table);
    }
}

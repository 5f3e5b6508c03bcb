package io.evenkeel.lb;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The header of the PROXY protocol that a server gets as the first bytes of each connection: from where the client connected, and to
 * where ({@code send-proxy}, {@code send-proxy-v2}).
 *
 * @param options what it tells beyond that; version 1 has room for nothing
 */
public record ProxyHeader(Version version, Set<Option> options) {
    /** The two forms of the protocol. */
    public enum Version {
        /** A line of text. */
        V1,
        /** Binary. */
        V2
    }

    /** What a header of version 2 tells beyond addresses ({@code proxy-v2-options}). */
    public enum Option {
        /** A checksum of the header. */
        CRC32C,
        /**
         * The host name that the client asked for: the one that came with its own PROXY header, else the name in its TLS
         * ClientHello, where TLS is passed through as far as that has arrived ({@link FrontendConfig#inspectDelayNanos()}).
         */
        AUTHORITY,
        /** The version of TLS, where it is taken off the client's connection; else that there was none to take off. */
        SSL,
        /** The same, and the common name of the client's certificate if it has shown one. */
        SSL_COMMON_NAME
    }

    /**
     * Checks both parts.
     *
     * @throws InvalidConfigException if version 1 has options
     */
    public ProxyHeader {
        options = Set.copyOf(options);
        if (version == Version.V1 && !options.isEmpty()) {
            Problems problems = new Problems("proxyHeader");
            problems.add(
                    "options",
                    "are "
                            + EnumSet.copyOf(options)
                            + ", but a header of version 1 has none; take version 2");
            problems.throwIfAny();
        }
    }

    /** A header of version 1. */
    public static ProxyHeader v1() {
        return new ProxyHeader(Version.V1, Set.of());
    }

    /** A header of version 2. */
    public static ProxyHeader v2(Option... options) {
        return new ProxyHeader(Version.V2, Set.copyOf(List.of(options)));
    }

    /** Whether it tells that. */
    public boolean has(Option option) {
        return options.contains(option);
    }
}

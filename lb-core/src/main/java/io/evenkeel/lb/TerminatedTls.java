package io.evenkeel.lb;

import org.jspecify.annotations.Nullable;

/**
 * What is known of the TLS connection of a client off which TLS is taken.
 *
 * @param serverName the name that it asks for (SNI), or null if for none
 * @param protocol what was chosen by ALPN, or null if nothing
 * @param version such as {@code TLSv1.3}
 * @param cipherSuite its registered name
 * @param certificate of the client, or null if it has shown none
 */
public record TerminatedTls(
        @Nullable String serverName,
        @Nullable String protocol,
        String version,
        String cipherSuite,
        @Nullable ClientCertificate certificate) {
    /**
     * A certificate of a client, which was verified.
     *
     * @param commonName of its subject, or null if that has none
     */
    public record ClientCertificate(@Nullable String commonName) {}
}

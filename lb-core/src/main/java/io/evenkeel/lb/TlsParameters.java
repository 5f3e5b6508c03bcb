package io.evenkeel.lb;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What one side of a TLS connection offers.
 *
 * @param versions at least one
 * @param protocols for ALPN, the best first, such as {@code h2}; empty: ALPN is not spoken
 * @param cipherSuites in their registered names, the best first, such as {@code TLS_AES_128_GCM_SHA256}; empty: what the
 *     provider of TLS takes to be good
 */
public record TlsParameters(
        Set<TlsVersion> versions, List<String> protocols, List<String> cipherSuites) {
    /** TLS 1.2 and 1.3, no ALPN, the provider's cipher suites. */
    public static final TlsParameters DEFAULT =
            new TlsParameters(EnumSet.allOf(TlsVersion.class), List.of(), List.of());

    private static final int LONGEST_PROTOCOL = 255;

    /**
     * Checks the parts.
     *
     * @throws InvalidConfigException naming what is wrong
     */
    public TlsParameters {
        Problems problems = new Problems("tls");
        if (versions.isEmpty()) {
            problems.add("versions", "are none; take TLSv1.2, TLSv1.3 or both");
        }
        for (String protocol : protocols) {
            problems.bytes("protocols", protocol);
            if (protocol.isEmpty() || protocol.length() > LONGEST_PROTOCOL) {
                problems.add(
                        "protocols",
                        "hold '" + protocol + "', but the name of one has 1 to 255 characters");
            }
        }
        problems.throwIfAny();
        versions = Set.copyOf(versions);
        protocols = List.copyOf(protocols);
        cipherSuites = List.copyOf(cipherSuites);
    }

    /** The same with these versions. */
    public TlsParameters withVersions(TlsVersion... value) {
        return new TlsParameters(Set.of(value), protocols, cipherSuites);
    }

    /** The same with these protocols for ALPN. */
    public TlsParameters withProtocols(String... value) {
        return new TlsParameters(versions, List.of(value), cipherSuites);
    }

    /** The same with these cipher suites. */
    public TlsParameters withCipherSuites(String... value) {
        return new TlsParameters(versions, protocols, List.of(value));
    }
}

package io.evenkeel.lb;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How TLS is taken off the connections of an address ({@code bind ... ssl}). Files are named here and read by the proxy.
 *
 * @param certificates files with a certificate, those that lead to its authority and its key in PEM, where the key may be in a
 *     file of the same name and {@code .key}; or directories of such files, taken in the order of their names. The first
 *     certificate is that of clients that ask for none of the names
 * @param clientCertificates whether clients show a certificate
 * @param clientAuthorities a PEM file with the authorities that certificates of clients are of; null: there are none
 * @param strictSni whether clients that ask for none of the names are refused
 */
public record BindTlsConfig(
        List<String> certificates,
        ClientCertificates clientCertificates,
        @Nullable String clientAuthorities,
        boolean strictSni,
        TlsParameters parameters) {
    /** Whether clients show a certificate ({@code verify}). */
    public enum ClientCertificates {
        /** They are not asked. */
        NONE,
        /** They are asked; one that they show must be good. */
        OPTIONAL,
        /** They must. */
        REQUIRED
    }

    /**
     * Checks the parts.
     *
     * @throws InvalidConfigException naming what is wrong
     */
    public BindTlsConfig {
        certificates = List.copyOf(certificates);
        Objects.requireNonNull(parameters, "parameters");
        Problems problems = new Problems("tls");
        if (certificates.isEmpty() || certificates.contains("")) {
            problems.add("certificates", "are missing; name a PEM file or a directory of them");
        }
        if (clientCertificates != ClientCertificates.NONE && clientAuthorities == null) {
            problems.add(
                    "clientAuthorities",
                    "are missing; name the PEM file of those that certificates of clients are of");
        }
        problems.throwIfAny();
    }

    /** With these files or directories and nothing else. */
    public static BindTlsConfig of(String... certificates) {
        return new BindTlsConfig(
                List.of(certificates), ClientCertificates.NONE, null, false, TlsParameters.DEFAULT);
    }

    /** The same, and clients show certificates of these authorities. */
    public BindTlsConfig withClientCertificates(ClientCertificates wanted, String authorities) {
        return new BindTlsConfig(certificates, wanted, authorities, strictSni, parameters);
    }

    /** The same, and clients have to ask for one of the names. */
    public BindTlsConfig withStrictSni() {
        return new BindTlsConfig(
                certificates, clientCertificates, clientAuthorities, true, parameters);
    }

    /** The same with these parameters. */
    public BindTlsConfig withParameters(TlsParameters value) {
        return new BindTlsConfig(
                certificates, clientCertificates, clientAuthorities, strictSni, value);
    }
}

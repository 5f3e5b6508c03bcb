package io.evenkeel.lb;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How connections to a server are made with TLS ({@code server ... ssl}). Files are named here and read by the proxy.
 *
 * @param verify whether the server's certificate has to be good
 * @param authorities a PEM file with the authorities that it has to be of; null: those that the JVM trusts
 * @param serverName the name that the server is asked for (SNI), which its certificate has to be of; null: none
 * @param forwardServerName whether that is the name that the client has asked for, where TLS is taken off its connection; none is
 *     asked for if the client has asked for none
 * @param verifiedName the name that the certificate has to be of where the server is asked for none; null: any
 * @param certificate a PEM file with a certificate and its key to show to the server; null: none
 */
public record ServerTlsConfig(
        boolean verify,
        @Nullable String authorities,
        @Nullable String serverName,
        boolean forwardServerName,
        @Nullable String verifiedName,
        @Nullable String certificate,
        TlsParameters parameters) {
    /**
     * Checks the parts.
     *
     * @throws InvalidConfigException naming what is wrong
     */
    public ServerTlsConfig {
        Objects.requireNonNull(parameters, "parameters");
        Problems problems = new Problems("tls");
        if (serverName != null) {
            problems.host("serverName", serverName);
        }
        if (verifiedName != null) {
            problems.host("verifiedName", verifiedName);
        }
        if (serverName != null && forwardServerName) {
            problems.add(
                    "serverName",
                    "is '" + serverName + "', but that of the client is to be asked for too");
        }
        problems.throwIfAny();
    }

    /** The certificate has to be of an authority that the JVM trusts. */
    public static ServerTlsConfig verified() {
        return new ServerTlsConfig(true, null, null, false, null, null, TlsParameters.DEFAULT);
    }

    /** The certificate has to be of an authority of that PEM file. */
    public static ServerTlsConfig verifiedBy(String authorities) {
        return new ServerTlsConfig(
                true, authorities, null, false, null, null, TlsParameters.DEFAULT);
    }

    /** Any certificate will do, so anybody in between can read and write. */
    public static ServerTlsConfig unverified() {
        return new ServerTlsConfig(false, null, null, false, null, null, TlsParameters.DEFAULT);
    }

    /** The same, and the server is asked for that name, which its certificate has to be of. */
    public ServerTlsConfig withServerName(String name) {
        return new ServerTlsConfig(
                verify, authorities, name, false, verifiedName, certificate, parameters);
    }

    /** The same, and the server is asked for the name that the client has asked for. */
    public ServerTlsConfig withForwardedServerName() {
        return new ServerTlsConfig(
                verify, authorities, null, true, verifiedName, certificate, parameters);
    }

    /** The same, and the certificate has to be of that name where the server is asked for none. */
    public ServerTlsConfig withVerifiedName(String name) {
        return new ServerTlsConfig(
                verify, authorities, serverName, forwardServerName, name, certificate, parameters);
    }

    /** The same, and the server is shown the certificate of that PEM file. */
    public ServerTlsConfig withCertificate(String file) {
        return new ServerTlsConfig(
                verify, authorities, serverName, forwardServerName, verifiedName, file, parameters);
    }

    /** The same with these parameters. */
    public ServerTlsConfig withParameters(TlsParameters value) {
        return new ServerTlsConfig(
                verify,
                authorities,
                serverName,
                forwardServerName,
                verifiedName,
                certificate,
                value);
    }
}

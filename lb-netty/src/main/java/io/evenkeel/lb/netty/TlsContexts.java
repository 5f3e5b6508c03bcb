package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindTlsConfig;
import io.evenkeel.lb.ServerTlsConfig;
import io.evenkeel.lb.TlsParameters;
import io.evenkeel.lb.TlsVersion;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSslServerSessionContext;
import io.netty.handler.ssl.OpenSslSessionTicketKey;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes the contexts of TLS out of certificates and what is configured. */
final class TlsContexts {
    private final TlsProvider provider;

    TlsContexts(TlsProvider provider) {
        this.provider = provider;
    }

    /** For the connections of clients that get that certificate. */
    SslContext server(
            BindTlsConfig config, TlsCertificate certificate, List<X509Certificate> authorities)
            throws TlsFileException {
        SslContextBuilder builder =
                SslContextBuilder.forServer(
                                certificate.key(),
                                certificate.chain().toArray(new X509Certificate[0]))
                        .clientAuth(
                                switch (config.clientCertificates()) {
                                    case NONE -> ClientAuth.NONE;
                                    case OPTIONAL -> ClientAuth.OPTIONAL;
                                    case REQUIRED -> ClientAuth.REQUIRE;
                                });
        if (!authorities.isEmpty()) {
            builder.trustManager(authorities.toArray(new X509Certificate[0]));
        }
        SslContext context =
                build(builder, config.parameters(), "The certificate of " + certificate.file());
        if (context.sessionContext() instanceof OpenSslServerSessionContext sessions) {
            // Without a key of its own OpenSSL gives no tickets, and so resumes nothing of TLS 1.3.
            sessions.setTicketKeys(ticketKey());
        }
        return context;
    }

    private static OpenSslSessionTicketKey ticketKey() {
        byte[] random =
                new byte
                        [OpenSslSessionTicketKey.NAME_SIZE
                                + OpenSslSessionTicketKey.HMAC_KEY_SIZE
                                + OpenSslSessionTicketKey.AES_KEY_SIZE];
        new SecureRandom().nextBytes(random);
        int name = OpenSslSessionTicketKey.NAME_SIZE;
        int mac = name + OpenSslSessionTicketKey.HMAC_KEY_SIZE;
        return new OpenSslSessionTicketKey(
                Arrays.copyOf(random, name),
                Arrays.copyOfRange(random, name, mac),
                Arrays.copyOfRange(random, mac, random.length));
    }

    /**
     * For the connections to a server.
     *
     * @param authorities those that its certificate has to be of; empty: those that the JVM trusts
     */
    SslContext client(
            ServerTlsConfig config,
            List<X509Certificate> authorities,
            @Nullable TlsCertificate certificate)
            throws TlsFileException {
        // The name is looked at after the handshake, with HAProxy's rules.
        SslContextBuilder builder =
                SslContextBuilder.forClient().endpointIdentificationAlgorithm(null);
        if (!config.verify()) {
            // What the configuration asks for: verify none.
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
        } else if (!authorities.isEmpty()) {
            builder.trustManager(authorities.toArray(new X509Certificate[0]));
        }
        if (certificate != null) {
            builder.keyManager(
                    certificate.key(), certificate.chain().toArray(new X509Certificate[0]));
        }
        return build(builder, config.parameters(), "TLS with servers");
    }

    private SslContext build(SslContextBuilder builder, TlsParameters parameters, String what)
            throws TlsFileException {
        builder.sslProvider(provider.provider()).protocols(protocols(parameters.versions()));
        if (!parameters.protocols().isEmpty()) {
            builder.applicationProtocolConfig(
                    new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            parameters.protocols()));
        }
        if (!parameters.cipherSuites().isEmpty()) {
            builder.ciphers(parameters.cipherSuites(), SupportedCipherSuiteFilter.INSTANCE);
        }
        try {
            return builder.build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsFileException(
                    what + " cannot be used by " + provider + ": " + TlsFailure.describe(e) + ".");
        }
    }

    private static List<String> protocols(Set<TlsVersion> versions) {
        return versions.stream().map(TlsVersion::protocol).sorted().toList();
    }
}

package io.evenkeel.lb.netty;

import io.evenkeel.lb.ServerTlsConfig;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How connections to servers are made with TLS, with the files as they were read. Counted. Safe for any thread. */
final class ServerTls extends AbstractReferenceCounted {
    private static final Logger LOGGER = LoggerFactory.getLogger(ServerTls.class);

    private final ServerTlsConfig config;
    private final List<X509Certificate> authorities;
    private final @Nullable TlsCertificate certificate;
    private final SslContext context;
    private volatile @Nullable String lastFailure;

    private ServerTls(
            ServerTlsConfig config,
            List<X509Certificate> authorities,
            @Nullable TlsCertificate certificate,
            SslContext context) {
        this.config = config;
        this.authorities = authorities;
        this.certificate = certificate;
        this.context = context;
    }

    /** See {@link BindTls#load}. */
    static ServerTls load(ServerTlsConfig config, TlsContexts contexts, @Nullable ServerTls before)
            throws TlsFileException {
        String file = config.authorities();
        List<X509Certificate> authorities =
                file == null ? List.of() : TlsCertificate.authorities(PemFile.path(file));
        String own = config.certificate();
        TlsCertificate certificate = own == null ? null : TlsCertificate.read(PemFile.path(own));
        if (before != null
                && before.authorities.equals(authorities)
                && Objects.equals(before.certificate, certificate)) {
            before.retain();
            return before;
        }
        return new ServerTls(
                config,
                authorities,
                certificate,
                contexts.client(config, authorities, certificate));
    }

    SslContext context() {
        return context;
    }

    /**
     * The name that a server is asked for.
     *
     * @param ofClient the name that the client has asked for, or null if for none
     * @return null if for none
     */
    @Nullable String serverName(@Nullable String ofClient) {
        return config.forwardServerName() ? ofClient : config.serverName();
    }

    /** For one connection; the caller's. */
    SSLEngine newEngine(
            ByteBufAllocator allocator, InetSocketAddress server, @Nullable String name) {
        SNIHostName asked = sni(name);
        // Sessions are kept by this host and port. An address is never sent as a name.
        String host = asked == null ? server.getAddress().getHostAddress() : asked.getAsciiName();
        SSLEngine engine = context.newEngine(allocator, host, server.getPort());
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(asked == null ? List.of() : List.of(asked));
        engine.setSSLParameters(parameters);
        return engine;
    }

    private static @Nullable SNIHostName sni(@Nullable String name) {
        try {
            return name == null ? null : new SNIHostName(CertificateNames.canonical(name));
        } catch (IllegalArgumentException e) {
            // What the client has asked for is no host name.
            return null;
        }
    }

    /**
     * Whether the certificate is of the name that it has to be of.
     *
     * @param name that the server was asked for, or null if for none
     * @return what is wrong, or null if nothing is
     */
    @Nullable String wrongName(SSLEngine engine, @Nullable String name) {
        String wanted = name == null ? config.verifiedName() : name;
        if (!config.verify() || wanted == null) {
            return null;
        }
        try {
            Certificate shown = engine.getSession().getPeerCertificates()[0];
            return shown instanceof X509Certificate x509 && CertificateNames.match(x509, wanted)
                    ? null
                    : "the certificate is not of the name " + wanted;
        } catch (SSLPeerUnverifiedException e) {
            return "there is no certificate";
        }
    }

    /** Says in the log what has become of a handshake, unless that is as it was. */
    void tell(InetSocketAddress server, @Nullable SSLException failure) {
        String now =
                failure == null
                        ? null
                        : "with " + server + " failed: " + TlsFailure.describe(failure);
        if (now != null && !now.equals(lastFailure)) {
            LOGGER.warn("The TLS handshake {}.", now);
        }
        lastFailure = now;
    }

    @Override
    protected void deallocate() {
        ReferenceCountUtil.release(context);
    }

    @Override
    public ServerTls touch(@Nullable Object hint) {
        return this;
    }
}

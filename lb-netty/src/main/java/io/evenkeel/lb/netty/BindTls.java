package io.evenkeel.lb.netty;

import io.evenkeel.lb.BindTlsConfig;
import io.netty.handler.ssl.SslContext;
import io.netty.util.AbstractReferenceCounted;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of an address as they were read. Counted: whoever chooses one later holds it until then. Safe for any thread.
 */
final class BindTls extends AbstractReferenceCounted {
    private final BindTlsConfig config;
    private final List<TlsCertificate> certificates;
    private final List<X509Certificate> authorities;
    private final List<SslContext> contexts = new ArrayList<>();
    private final Map<String, SslContext> byName = new HashMap<>();

    private BindTls(
            BindTlsConfig config,
            List<TlsCertificate> certificates,
            List<X509Certificate> authorities) {
        this.config = config;
        this.certificates = certificates;
        this.authorities = authorities;
    }

    /**
     * Reads the files.
     *
     * @param before what was read the last time, and is taken again if nothing has changed, so that its sessions are resumed still
     * @throws TlsFileException with everything that is wrong
     */
    static BindTls load(BindTlsConfig config, TlsContexts contexts, @Nullable BindTls before)
            throws TlsFileException {
        List<TlsCertificate> certificates = new ArrayList<>();
        List<X509Certificate> authorities = List.of();
        List<String> problems = new ArrayList<>();
        for (String path : config.certificates()) {
            try {
                certificates.addAll(TlsCertificate.readAll(PemFile.path(path)));
            } catch (TlsFileException e) {
                problems.addAll(e.problems());
            }
        }
        String file = config.clientAuthorities();
        if (file != null) {
            try {
                authorities = TlsCertificate.authorities(PemFile.path(file));
            } catch (TlsFileException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new TlsFileException(problems);
        }
        if (before != null
                && before.certificates.equals(certificates)
                && before.authorities.equals(authorities)) {
            before.retain();
            return before;
        }
        BindTls made = new BindTls(config, certificates, authorities);
        try {
            for (TlsCertificate certificate : certificates) {
                made.add(certificate, contexts.server(config, certificate, authorities));
            }
        } catch (TlsFileException e) {
            made.release();
            throw e;
        }
        return made;
    }

    private void add(TlsCertificate certificate, SslContext context) {
        contexts.add(context);
        // Of two certificates of the same name the first is taken.
        CertificateNames.of(certificate.certificate())
                .forEach(name -> byName.putIfAbsent(name, context));
    }

    /**
     * The context of the certificate for a name, which is valid as long as this is held.
     *
     * @param name that the client asks for, or null if for none
     * @return null if the client is refused
     */
    @Nullable SslContext select(@Nullable String name) {
        if (name != null) {
            String canonical = CertificateNames.canonical(name);
            SslContext context = byName.get(canonical);
            String wildcard = CertificateNames.wildcard(canonical);
            if (context == null && wildcard != null) {
                context = byName.get(wildcard);
            }
            if (context != null) {
                return context;
            }
        }
        return config.strictSni() ? null : contexts.get(0);
    }

    @Override
    protected void deallocate() {
        contexts.forEach(ReferenceCountUtil::release);
    }

    @Override
    public BindTls touch(@Nullable Object hint) {
        return this;
    }
}

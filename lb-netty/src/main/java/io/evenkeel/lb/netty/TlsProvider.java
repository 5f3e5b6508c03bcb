package io.evenkeel.lb.netty;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** Who encrypts and decrypts. */
public enum TlsProvider {
    /** The JDK. */
    JDK(SslProvider.JDK),
    /**
     * OpenSSL, or what has its interface, through netty-tcnative, which has to be on the class path. It takes less time. With TLS 1.3 it
     * is for peers only that do not half-close: once one has ended its direction by a close_notify alert, nothing more can be sent to
     * it, and the session is reset if anything is still to be sent.
     */
    OPENSSL(SslProvider.OPENSSL_REFCNT);

    private final SslProvider provider;

    TlsProvider(SslProvider provider) {
        this.provider = provider;
    }

    SslProvider provider() {
        return provider;
    }

    /** Whether it can be used in this process. */
    public boolean isAvailable() {
        return this == JDK || OpenSsl.isAvailable();
    }
}

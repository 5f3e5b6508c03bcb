package io.evenkeel.lb.netty;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The TLS settings of checks, made when a first check needs them. */
final class CheckTls {
    private @Nullable SslContext verifying;
    private @Nullable SslContext trusting;

    /** @param verify whether the certificate must be trusted by the JDK and be the server's */
    SslContext context(boolean verify) {
        SslContext context = verify ? verifying : trusting;
        if (context == null) {
            context = make(verify);
            if (verify) {
                verifying = context;
            } else {
                trusting = context;
            }
        }
        return context;
    }

    private static SslContext make(boolean verify) {
        SslContextBuilder builder = SslContextBuilder.forClient().sslProvider(SslProvider.JDK);
        if (!verify) {
            // What the configuration asked for: verify none.
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null);
        } else {
            builder.endpointIdentificationAlgorithm("HTTPS");
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException(
                    "The JDK's TLS cannot be set up for health checks: " + e.getMessage(), e);
        }
    }
}

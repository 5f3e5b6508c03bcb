package io.evenkeel.lb.netty;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Servers over TLS, and certificates for them. */
final class TestTls {
    private static final String TRUST_STORE = "javax.net.ssl.trustStore";

    private TestTls() {}

    private static CertificateBuilder valid(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .notBefore(Instant.now().minus(Duration.ofDays(2)))
                .notAfter(Instant.now().plus(Duration.ofDays(1)));
    }

    /** Of localhost, by an authority that nobody knows. */
    static X509Bundle selfSigned() throws Exception {
        return valid("localhost")
                .addSanDnsName("localhost")
                .addSanIpAddress("127.0.0.1")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    /** An authority that the JVM trusts until it is closed. */
    static Authority trustedAuthority() throws Exception {
        return new Authority(valid("Test CA").setIsCertificateAuthority(true).buildSelfSigned());
    }

    static final class Authority implements AutoCloseable {
        private final X509Bundle bundle;
        private final Path file = Files.createTempFile("trusted", ".p12");
        private final String before = System.getProperty(TRUST_STORE);

        private Authority(X509Bundle bundle) throws Exception {
            this.bundle = bundle;
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", bundle.getCertificate());
            try (OutputStream out = Files.newOutputStream(file)) {
                store.store(out, "changeit".toCharArray());
            }
            System.setProperty(TRUST_STORE, file.toString());
            System.setProperty(TRUST_STORE + "Password", "changeit");
        }

        /** Of that name, and valid until so many days from now. */
        X509Bundle certificate(String name, int days) throws Exception {
            return valid(name)
                    .addSanDnsName(name)
                    .notAfter(Instant.now().plus(Duration.ofDays(days)))
                    .buildIssuedBy(bundle);
        }

        @Override
        public void close() throws IOException {
            System.clearProperty(TRUST_STORE + "Password");
            if (before == null) {
                System.clearProperty(TRUST_STORE);
            } else {
                System.setProperty(TRUST_STORE, before);
            }
            Files.delete(file);
        }
    }

    /** The same conversation, over TLS. */
    static TcpServer.Conversation serving(X509Bundle certificate, TcpServer.Conversation inner)
            throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(certificate.toKeyManagerFactory().getKeyManagers(), null, null);
        return over(context, inner);
    }

    static TcpServer.Conversation over(SSLContext context, TcpServer.Conversation inner) {
        return connection -> {
            try (SSLSocket socket =
                    (SSLSocket)
                            context.getSocketFactory()
                                    .createSocket(
                                            connection,
                                            InetAddress.getLoopbackAddress().getHostName(),
                                            connection.getPort(),
                                            true)) {
                socket.setUseClientMode(false);
                inner.run(socket);
            }
        };
    }
}

package io.evenkeel.lb.netty;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** An authority of a test's own, with the files that proxies read and the sockets that trust it. */
final class TestCertificates {
    private final Path directory;
    private final X509Bundle authority;

    TestCertificates(Path directory) throws Exception {
        this.directory = directory;
        authority = valid("Test CA").setIsCertificateAuthority(true).buildSelfSigned();
        Files.writeString(directory.resolve("ca.pem"), authority.getCertificatePEM());
    }

    private static CertificateBuilder valid(String name) {
        return new CertificateBuilder()
                .subject("CN=" + name)
                .notBefore(Instant.now().minus(Duration.ofDays(2)))
                .notAfter(Instant.now().plus(Duration.ofDays(1)));
    }

    /** The PEM file of the authority. */
    String authorityFile() {
        return directory.resolve("ca.pem").toString();
    }

    X509Bundle issue(String... names) throws Exception {
        CertificateBuilder builder = valid(names[0]);
        for (String name : names) {
            // The builder takes no wildcard there; then the common name alone is one.
            if (!name.startsWith("*")) {
                builder.addSanDnsName(name);
            }
        }
        return builder.buildIssuedBy(authority);
    }

    X509Bundle issueExpired(String name) throws Exception {
        return valid(name)
                .notAfter(Instant.now().minus(Duration.ofDays(1)))
                .addSanDnsName(name)
                .buildIssuedBy(authority);
    }

    /** A PEM bundle with a certificate of these names. */
    String file(String name, String... names) throws Exception {
        return write(name, issue(names));
    }

    /** A PEM bundle as HAProxy takes it: certificate, then key. */
    String write(String name, X509Bundle bundle) throws IOException {
        Path file = directory.resolve(name);
        Path next = directory.resolve(name + ".new.key");
        Files.writeString(next, bundle.getCertificatePEM() + bundle.getPrivateKeyPEM());
        // As those do who renew certificates: at once.
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        return file.toString();
    }

    /** Trusts the authority, and shows {@code own} if it is asked to. */
    SSLContext context(@Nullable X509Bundle own) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority.getCertificate());
        TrustManagerFactory trust =
                TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManager[] keys = own == null ? null : own.toKeyManagerFactory().getKeyManagers();
        context.init(keys, trust.getTrustManagers(), null);
        return context;
    }

    /** A client that asks for that name and speaks that version; the handshake is still to be done. */
    static SSLSocket connect(
            SSLContext context, InetSocketAddress address, @Nullable String name, String version)
            throws IOException {
        Socket plain = new Socket();
        plain.connect(address, 10_000);
        plain.setSoTimeout(10_000);
        SSLSocket socket =
                (SSLSocket)
                        context.getSocketFactory()
                                .createSocket(
                                        plain,
                                        InetAddress.getLoopbackAddress().getHostAddress(),
                                        address.getPort(),
                                        true);
        socket.setEnabledProtocols(new String[] {version});
        SSLParameters parameters = socket.getSSLParameters();
        if (name != null) {
            parameters.setServerNames(List.of(new SNIHostName(name)));
        }
        socket.setSSLParameters(parameters);
        return socket;
    }
}
